package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Target;

import java.util.List;

/// Convolution and its adjoint in the image: 3×3 ones by [Winograd] where it pays, all others as
/// correlations.
final class ConvSimd {
    private ConvSimd() {}

    static void run(Conv2d f, List<View> in, View y, Workers workers) {
        Geometry g = f.geometry();
        Shape ws = in.get(1).shape();
        Shape ys = y.shape();
        Target target = Target.of(f.epilogue(), in, 2, y);
        if (Winograd.fits(g, g.padTop(), g.padLeft(), ws, ys, SpeciesSimd.LANES)) {
            WinogradSimd.run(
                    in.get(0), in.get(1), y, g.padTop(), g.padLeft(), false, target, workers);
            return;
        }
        CorrelateSimd.run(
                Axis.forward(ws.dim(0), g.dilationH(), g.strideH(), g.padTop(), ys.dim(1)),
                Axis.forward(ws.dim(1), g.dilationW(), g.strideW(), g.padLeft(), ys.dim(2)),
                g.groups(),
                false,
                in.get(0),
                in.get(1),
                y,
                target,
                workers);
    }

    /// One correlation per phase of the stride.
    static void run(Conv2dInput f, List<View> in, View dx, Workers workers) {
        Geometry g = f.geometry();
        Shape ws = in.get(1).shape();
        Shape xs = dx.shape();
        Target target = Target.of(f.epilogue(), in, 2, dx);
        int top = 2 - g.padTop();
        int left = 2 - g.padLeft();
        if (Winograd.fits(g, top, left, ws, xs, SpeciesSimd.LANES)) {
            WinogradSimd.run(in.get(0), in.get(1), dx, top, left, true, target, workers);
            return;
        }
        for (int i = 0; i < g.strideH(); i++) {
            for (int j = 0; j < g.strideW(); j++) {
                CorrelateSimd.run(
                        Axis.adjoint(
                                ws.dim(0), g.dilationH(), g.strideH(), g.padTop(), xs.dim(1), i),
                        Axis.adjoint(
                                ws.dim(1), g.dilationW(), g.strideW(), g.padLeft(), xs.dim(2), j),
                        g.groups(),
                        true,
                        in.get(0),
                        in.get(1),
                        dx,
                        target,
                        workers);
            }
        }
    }
}
