package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Target;

import java.util.List;

/// Convolution and its adjoint in the image as correlations.
final class ConvSimd {
    private ConvSimd() {}

    static void run(Conv2d f, List<View> in, View y, Workers workers) {
        Geometry g = f.geometry();
        Shape ws = in.get(1).shape();
        Shape ys = y.shape();
        CorrelateSimd.run(
                Axis.forward(ws.dim(0), g.dilationH(), g.strideH(), g.padTop(), ys.dim(1)),
                Axis.forward(ws.dim(1), g.dilationW(), g.strideW(), g.padLeft(), ys.dim(2)),
                g.groups(),
                false,
                in.get(0),
                in.get(1),
                y,
                Target.of(f.epilogue(), in, 2, y),
                workers);
    }

    /// One correlation per phase of the stride.
    static void run(Conv2dInput f, List<View> in, View dx, Workers workers) {
        Geometry g = f.geometry();
        Shape ws = in.get(1).shape();
        Shape xs = dx.shape();
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
                        Target.of(f.epilogue(), in, 2, dx),
                        workers);
            }
        }
    }
}
