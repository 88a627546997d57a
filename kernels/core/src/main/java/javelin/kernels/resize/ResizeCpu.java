package javelin.kernels.resize;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Resizing in 32 bits: one pass per axis, with loops along whole rows or channels, where the JIT
/// vectorises them.
public final class ResizeCpu {
    private ResizeCpu() {}

    /// Rows, then columns. One row of the output at a time: its row of the intermediate image stays
    /// in the cache.
    public static Work work(Resize2d f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        View x = in.getFirst();
        Shape xs = x.shape();
        Shape ys = y.shape();
        Taps rows = Taps.of(f.interpolation(), xs.dim(1), ys.dim(1));
        Taps columns = Taps.of(f.interpolation(), xs.dim(2), ys.dim(2));
        int c = xs.dim(3);
        int rowX = xs.dim(2) * c;
        int rowY = ys.dim(2) * c;
        long work = (long) rowX * rows.width() + (long) rowY * columns.width();
        return Work.split(
                ys.dim(0) * ys.dim(1),
                Workers.grain(work),
                (from, to) -> {
                    float[] row = Scratch.borrow(rowX);
                    for (int t = from; t < to; t++) {
                        int p = t % ys.dim(1);
                        int first = t / ys.dim(1) * xs.dim(1) + rows.first()[p];
                        int at = x.offset() + first * rowX;
                        across(rows.weight()[p], x.floats(), at, row, rowX);
                        along(columns, row, y.floats(), y.offset() + t * rowY, c);
                    }
                    Scratch.giveBack(row);
                });
    }

    /// `y = Σ_r v[r] · x[r]` for rows of `n` elements.
    private static void across(double[] weight, float[] x, int at, float[] y, int n) {
        Arrays.fill(y, 0, n, 0);
        for (int i = 0; i < weight.length; i++) {
            addScaled((float) weight[i], x, at + i * n, y, 0, n);
        }
    }

    /// `y[q] = Σ_s v[q,s] · x[s]` for pixels of `c` channels.
    private static void along(Taps columns, float[] x, float[] y, int atY, int c) {
        Arrays.fill(y, atY, atY + columns.first().length * c, 0);
        for (int q = 0; q < columns.first().length; q++) {
            double[] weight = columns.weight()[q];
            for (int j = 0; j < weight.length; j++) {
                int s = columns.first()[q] + j;
                addScaled((float) weight[j], x, s * c, y, atY + q * c, c);
            }
        }
    }

    /// Adjoint: columns, then rows; one image is one piece of work.
    public static Work work(Resize2dInput f, List<View> in, View dx, Cpu cpu) {
        View dy = in.getFirst();
        Shape xs = dx.shape();
        Shape ys = dy.shape();
        Taps rows = Taps.of(f.interpolation(), xs.dim(1), ys.dim(1));
        Taps columns = Taps.of(f.interpolation(), xs.dim(2), ys.dim(2));
        int c = xs.dim(3);
        int rowX = xs.dim(2) * c;
        int rowY = ys.dim(2) * c;
        return Work.of(
                xs.dim(0),
                n -> {
                    int image = dx.offset() + n * xs.dim(1) * rowX;
                    Arrays.fill(dx.floats(), image, image + xs.dim(1) * rowX, 0);
                    float[] row = Scratch.borrow(rowX);
                    for (int p = 0; p < ys.dim(1); p++) {
                        Arrays.fill(row, 0, rowX, 0);
                        int atY = dy.offset() + (n * ys.dim(1) + p) * rowY;
                        alongAdjoint(columns, dy.floats(), atY, row, c);
                        double[] weight = rows.weight()[p];
                        for (int i = 0; i < weight.length; i++) {
                            int into = image + (rows.first()[p] + i) * rowX;
                            addScaled((float) weight[i], row, 0, dx.floats(), into, rowX);
                        }
                    }
                    Scratch.giveBack(row);
                });
    }

    /// `x[s] += Σ_q v[q,s] · y[q]`.
    private static void alongAdjoint(Taps columns, float[] y, int atY, float[] x, int c) {
        for (int q = 0; q < columns.first().length; q++) {
            double[] weight = columns.weight()[q];
            for (int j = 0; j < weight.length; j++) {
                int s = columns.first()[q] + j;
                addScaled((float) weight[j], y, atY + q * c, x, s * c, c);
            }
        }
    }

    private static void addScaled(float factor, float[] x, int atX, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] += factor * x[atX + t];
        }
    }
}
