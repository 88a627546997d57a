package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.matmul.PackedProduct;

/// Convolution and its adjoint in the image: 3×3 ones by [Winograd] where it pays, all others as
/// correlations.
final class ConvSimd {
    private ConvSimd() {}

    static PackedProduct product(Conv2d f, Shape x, Shape w, Shape y, boolean prepared) {
        Geometry g = f.geometry();
        int lanes = SpeciesSimd.LANES;
        var tile = Winograd.best(g, g.padTop(), g.padLeft(), w, y, lanes, prepared);
        if (tile != null) {
            return new WinogradSimd(tile, x, y, g.padTop(), g.padLeft(), false);
        }
        return new CorrelateSimd(
                Axis.forward(w.dim(0), g.dilationH(), g.strideH(), g.padTop(), y.dim(1)),
                Axis.forward(w.dim(1), g.dilationW(), g.strideW(), g.padLeft(), y.dim(2)),
                g.groups(),
                false,
                x,
                w,
                y);
    }

    /// One correlation per phase of the stride.
    static PackedProduct product(Conv2dInput f, Shape dy, Shape w, Shape dx, boolean prepared) {
        Geometry g = f.geometry();
        int top = 2 - g.padTop();
        int left = 2 - g.padLeft();
        var tile = Winograd.best(g, top, left, w, dx, SpeciesSimd.LANES, prepared);
        if (tile != null) {
            return new WinogradSimd(tile, dy, dx, top, left, true);
        }
        var phases = new CorrelateSimd[g.strideH() * g.strideW()];
        for (int i = 0; i < phases.length; i++) {
            int v = i / g.strideW();
            int u = i % g.strideW();
            phases[i] =
                    new CorrelateSimd(
                            Axis.adjoint(
                                    w.dim(0), g.dilationH(), g.strideH(), g.padTop(), dx.dim(1), v),
                            Axis.adjoint(
                                    w.dim(1),
                                    g.dilationW(),
                                    g.strideW(),
                                    g.padLeft(),
                                    dx.dim(2),
                                    u),
                            g.groups(),
                            true,
                            dy,
                            w,
                            dx);
        }
        return phases.length == 1 ? phases[0] : new Phases(phases);
    }
}
