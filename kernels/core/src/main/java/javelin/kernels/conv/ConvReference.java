package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.matmul.EpilogueReference;

import java.util.Arrays;
import java.util.List;

/// Convolution and its two adjoints in 64 bits.
///
/// The three are sums over the same set of products: each tuple (image `n`, output pixel `p, q`,
/// tap `i, j`, channel `c` of the group, output channel `o`) whose input pixel `r = p·sh + i·dh −
/// top`, `s = q·sw + j·dw − left` lies inside the image.
public final class ConvReference {
    private ConvReference() {}

    /// `y[n,p,q,o] = Σ x[n,r,s,g·C+c] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2d f, List<View> in, View y) {
        double[] x = in.get(0).doubles();
        double[] w = in.get(1).doubles();
        clear(y);
        forEachProduct(
                f.geometry(),
                in.get(0),
                in.get(1),
                y,
                (atX, atW, atY) -> y.doubles()[atY] += x[atX] * w[atW]);
        EpilogueReference.run(f.epilogue(), in, 2, y);
    }

    /// `dx[n,r,s,g·C+c] = Σ dy[n,p,q,o] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2dInput f, List<View> in, View dx) {
        double[] dy = in.get(0).doubles();
        double[] w = in.get(1).doubles();
        clear(dx);
        forEachProduct(
                f.geometry(),
                dx,
                in.get(1),
                in.get(0),
                (atX, atW, atY) -> dx.doubles()[atX] += dy[atY] * w[atW]);
        EpilogueReference.run(f.epilogue(), in, 2, dx);
    }

    /// `dw[i,j,c,o] = Σ x[n,r,s,g·C+c] · dy[n,p,q,o]`.
    public static void run(Conv2dWeight f, List<View> in, View dw) {
        double[] x = in.get(0).doubles();
        double[] dy = in.get(1).doubles();
        clear(dw);
        forEachProduct(
                f.geometry(),
                in.get(0),
                dw,
                in.get(1),
                (atX, atW, atY) -> dw.doubles()[atW] += x[atX] * dy[atY]);
    }

    /// What to do with one product, given the positions of its elements.
    private interface Product {
        void at(int x, int w, int y);
    }

    private static void forEachProduct(Geometry f, View x, View w, View y, Product product) {
        Shape ys = y.shape();
        Shape ws = w.shape();
        int outputs = ws.dim(3);
        int perGroup = outputs / f.groups();
        for (int n = 0; n < ys.dim(0); n++) {
            for (int p = 0; p < ys.dim(1); p++) {
                for (int q = 0; q < ys.dim(2); q++) {
                    for (int i = 0; i < ws.dim(0); i++) {
                        for (int j = 0; j < ws.dim(1); j++) {
                            int r = p * f.strideH() + i * f.dilationH() - f.padTop();
                            int s = q * f.strideW() + j * f.dilationW() - f.padLeft();
                            if (!isInside(r, s, x.shape())) {
                                continue;
                            }
                            for (int c = 0; c < ws.dim(2); c++) {
                                for (int o = 0; o < outputs; o++) {
                                    int g = o / perGroup;
                                    product.at(
                                            at(x, n, r, s, g * ws.dim(2) + c),
                                            at(w, i, j, c, o),
                                            at(y, n, p, q, o));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static boolean isInside(int r, int s, Shape image) {
        return r >= 0 && r < image.dim(1) && s >= 0 && s < image.dim(2);
    }

    private static int at(View v, int i, int j, int k, int l) {
        Shape s = v.shape();
        return v.offset() + ((i * s.dim(1) + j) * s.dim(2) + k) * s.dim(3) + l;
    }

    private static void clear(View v) {
        Arrays.fill(v.doubles(), v.offset(), v.offset() + v.length(), 0);
    }
}
