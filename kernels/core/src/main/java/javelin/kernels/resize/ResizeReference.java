package javelin.kernels.resize;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.Arrays;
import java.util.List;

/// Resizing in 64 bits.
public final class ResizeReference {
    private ResizeReference() {}

    /// `y[n,p,q,c] = Σ_s v[q,s] Σ_r u[p,r] · x[n,r,s,c]` with the weights `u` of the rows and `v`
    /// of the columns.
    public static void run(Resize2d f, List<View> in, View y) {
        View x = in.getFirst();
        Shape xs = x.shape();
        Shape ys = y.shape();
        Taps rows = Taps.of(f.interpolation(), xs.dim(1), ys.dim(1));
        Taps columns = Taps.of(f.interpolation(), xs.dim(2), ys.dim(2));
        int at = y.offset();
        for (int n = 0; n < ys.dim(0); n++) {
            for (int p = 0; p < ys.dim(1); p++) {
                for (int q = 0; q < ys.dim(2); q++) {
                    for (int c = 0; c < ys.dim(3); c++) {
                        double sum = 0;
                        for (int j = 0; j < columns.weight()[q].length; j++) {
                            double column = 0;
                            for (int i = 0; i < rows.weight()[p].length; i++) {
                                int r = rows.first()[p] + i;
                                int s = columns.first()[q] + j;
                                column += rows.weight()[p][i] * x.doubles()[at(x, n, r, s, c)];
                            }
                            sum += columns.weight()[q][j] * column;
                        }
                        y.doubles()[at++] = sum;
                    }
                }
            }
        }
    }

    /// `dx[n,r,s,c] = Σ_{p,q} u[p,r] · v[q,s] · dy[n,p,q,c]`.
    public static void run(Resize2dInput f, List<View> in, View dx) {
        View dy = in.getFirst();
        Shape xs = dx.shape();
        Shape ys = dy.shape();
        Taps rows = Taps.of(f.interpolation(), xs.dim(1), ys.dim(1));
        Taps columns = Taps.of(f.interpolation(), xs.dim(2), ys.dim(2));
        Arrays.fill(dx.doubles(), dx.offset(), dx.offset() + dx.length(), 0);
        int at = dy.offset();
        for (int n = 0; n < ys.dim(0); n++) {
            for (int p = 0; p < ys.dim(1); p++) {
                for (int q = 0; q < ys.dim(2); q++) {
                    for (int c = 0; c < ys.dim(3); c++) {
                        double d = dy.doubles()[at++];
                        for (int i = 0; i < rows.weight()[p].length; i++) {
                            for (int j = 0; j < columns.weight()[q].length; j++) {
                                int r = rows.first()[p] + i;
                                int s = columns.first()[q] + j;
                                dx.doubles()[at(dx, n, r, s, c)] +=
                                        rows.weight()[p][i] * columns.weight()[q][j] * d;
                            }
                        }
                    }
                }
            }
        }
    }

    private static int at(View x, int n, int r, int s, int c) {
        Shape shape = x.shape();
        return x.offset() + ((n * shape.dim(1) + r) * shape.dim(2) + s) * shape.dim(3) + c;
    }
}
