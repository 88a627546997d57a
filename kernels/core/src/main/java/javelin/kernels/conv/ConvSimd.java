package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.matmul.PackedProduct;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Convolution and its adjoint in the image: 3×3 ones by [Winograd] and large windows by [Fourier]
/// where it pays, all others as correlations.
final class ConvSimd {
    private static final int LANES = SpeciesSimd.LANES;

    private ConvSimd() {}

    /// The way that [Fourier#best] or [Winograd#best] chooses.
    static PackedProduct product(Conv2d f, Shape x, Shape w, Shape y, boolean prepared) {
        Geometry g = f.geometry();
        int side = prepared ? Fourier.best(g, w, y) : 0;
        if (side > 0) {
            return new FourierProduct(side, g, x, w, y);
        }
        var tile = Winograd.best(g, Winograd.Border.of(g), w, y, LANES, prepared);
        return product(tile, g, x, w, y);
    }

    /// All ways, by name.
    static Map<String, PackedProduct> ways(Conv2d f, Shape x, Shape w, Shape y) {
        Geometry g = f.geometry();
        Map<String, PackedProduct> all = new LinkedHashMap<>();
        add(all, product(null, g, x, w, y));
        if (Winograd.isPossible(g, Winograd.Border.of(g), w, LANES)) {
            for (WinogradTile tile : WinogradTile.values()) {
                add(all, product(tile, g, x, w, y));
            }
        }
        if (Fourier.isPossible(g, w, y)) {
            for (int side : Fourier.SIDES) {
                if (Fourier.fits(side, w)) {
                    add(all, new FourierProduct(side, g, x, w, y));
                }
            }
        }
        return all;
    }

    private static void add(Map<String, PackedProduct> all, PackedProduct way) {
        all.put(way.method(), way);
    }

    private static PackedProduct product(
            @Nullable WinogradTile tile, Geometry g, Shape x, Shape w, Shape y) {
        if (tile != null) {
            return new WinogradSimd(tile, x, y, g.padTop(), g.padLeft(), false);
        }
        Axis rows = Axis.forward(w.dim(0), g.dilationH(), g.strideH(), g.padTop(), y.dim(1));
        Axis columns = Axis.forward(w.dim(1), g.dilationW(), g.strideW(), g.padLeft(), y.dim(2));
        return correlation(rows, columns, g.groups(), false, x, w, y);
    }

    private static PackedProduct correlation(
            Axis rows, Axis columns, int groups, boolean adjoint, Shape x, Shape w, Shape y) {
        return TapsProduct.pays(rows, columns, groups, x, y)
                ? new TapsProduct(rows, columns, adjoint, x, w, y)
                : new CorrelateSimd(rows, columns, groups, adjoint, x, w, y);
    }

    /// One correlation per phase of the stride.
    static PackedProduct product(Conv2dInput f, Shape dy, Shape w, Shape dx, boolean prepared) {
        Geometry g = f.geometry();
        var pad = Winograd.Border.backward(g);
        var tile = Winograd.best(g, pad, w, dx, LANES, prepared);
        if (tile != null) {
            return new WinogradSimd(tile, dy, dx, pad.top(), pad.left(), true);
        }
        var phases = new PackedProduct[g.strideH() * g.strideW()];
        for (int i = 0; i < phases.length; i++) {
            int v = i / g.strideW();
            int u = i % g.strideW();
            Axis rows =
                    Axis.adjoint(w.dim(0), g.dilationH(), g.strideH(), g.padTop(), dx.dim(1), v);
            Axis columns =
                    Axis.adjoint(w.dim(1), g.dilationW(), g.strideW(), g.padLeft(), dx.dim(2), u);
            phases[i] = correlation(rows, columns, g.groups(), true, dy, w, dx);
        }
        return phases.length == 1 ? phases[0] : new Phases(phases);
    }
}
