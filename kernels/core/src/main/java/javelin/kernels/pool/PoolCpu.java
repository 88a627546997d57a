package javelin.kernels.pool;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Pooling in 32 bits. The innermost loops run along the channels, where the JIT vectorises them;
/// [PoolSimd] takes the channels that fill vectors.
public final class PoolCpu {
    private PoolCpu() {}

    /// Largest pixel of each window.
    public static Work work(MaxPool2d f, List<View> in, View out, Cpu cpu) {
        Grid grid = Grid.of(f.windows(), in.getFirst().shape(), out.shape());
        float[] x = in.getFirst().floats();
        int o = in.getFirst().offset();
        float[] y = out.floats();
        int c = grid.c;
        int row = grid.w * c;
        return grid.rows(
                out,
                (n, p, at) -> {
                    for (int q = 0; q < grid.ow; q++) {
                        int to = at + q * c;
                        int first = grid.position(n, grid.top(p), grid.left(q));
                        int rows = grid.bottom(p) - grid.top(p);
                        int columns = grid.right(q) - grid.left(q);
                        int done =
                                cpu.simd()
                                        ? PoolSimd.max(
                                                x, o + first, row, rows, c, columns, y, to, c)
                                        : 0;
                        if (done < c) {
                            max(x, o + first + done, row, rows, c, columns, y, to + done, c - done);
                        }
                    }
                });
    }

    /// The position of that pixel.
    public static Work work(ArgMaxPool2d f, List<View> in, View out, Cpu cpu) {
        Grid grid = Grid.of(f.windows(), in.getFirst().shape(), out.shape());
        float[] x = in.getFirst().floats();
        int o = in.getFirst().offset();
        int[] y = out.ints();
        int c = grid.c;
        return grid.rows(
                out,
                (n, p, at) -> {
                    for (int q = 0; q < grid.ow; q++) {
                        int to = at + q * c;
                        int first = grid.position(n, grid.top(p), grid.left(q));
                        for (int t = 0; t < c; t++) {
                            y[to + t] = first + t;
                        }
                        for (int r = grid.top(p); r < grid.bottom(p); r++) {
                            for (int s = grid.left(q); s < grid.right(q); s++) {
                                whereLargest(x, o, grid.position(n, r, s), y, to, c);
                            }
                        }
                    }
                });
    }

    /// Mean of each window.
    public static Work work(AveragePool2d f, List<View> in, View out, Cpu cpu) {
        Grid grid = Grid.of(f.windows(), in.getFirst().shape(), out.shape());
        float[] x = in.getFirst().floats();
        int o = in.getFirst().offset();
        float[] y = out.floats();
        int c = grid.c;
        int row = grid.w * c;
        return grid.rows(
                out,
                (n, p, at) -> {
                    for (int q = 0; q < grid.ow; q++) {
                        int to = at + q * c;
                        int first = o + grid.position(n, grid.top(p), grid.left(q));
                        int rows = grid.bottom(p) - grid.top(p);
                        int columns = grid.right(q) - grid.left(q);
                        float share = 1f / grid.pixels(p, q, f.countPadding());
                        int done =
                                cpu.simd()
                                        ? PoolSimd.mean(
                                                x, first, row, rows, c, columns, share, y, to, c)
                                        : 0;
                        if (done < c) {
                            int rest = first + done;
                            mean(x, rest, row, rows, c, columns, share, y, to + done, c - done);
                        }
                    }
                });
    }

    /// Adjoint of the mean. Images are independent of each other, windows may overlap: one image is
    /// one piece of work.
    public static Work work(AveragePool2dInput f, List<View> in, View out, Cpu cpu) {
        View dy = in.getFirst();
        Grid grid = Grid.of(f.windows(), out.shape(), dy.shape());
        float[] dx = out.floats();
        int image = out.shape().product(1, 4);
        return Work.split(
                out.shape().dim(0),
                Workers.grain(image),
                (from, to) -> {
                    int o = out.offset();
                    Arrays.fill(dx, o + from * image, o + to * image, 0);
                    for (int row = from * grid.oh; row < to * grid.oh; row++) {
                        spread(f, grid, row / grid.oh, row % grid.oh, dy, dx, o);
                    }
                });
    }

    private static void spread(
            AveragePool2dInput f, Grid grid, int n, int p, View dy, float[] dx, int o) {
        for (int q = 0; q < grid.ow; q++) {
            int from = dy.offset() + ((n * grid.oh + p) * grid.ow + q) * grid.c;
            float share = 1f / grid.pixels(p, q, f.countPadding());
            for (int r = grid.top(p); r < grid.bottom(p); r++) {
                for (int s = grid.left(q); s < grid.right(q); s++) {
                    addScaled(share, dy.floats(), from, dx, o + grid.position(n, r, s), grid.c);
                }
            }
        }
    }

    /// Work on row `p` of the output of image `n`, whose first element is at position `at`.
    private interface Row {
        void run(int n, int p, int at);
    }

    /// Windows on images of `h × w` pixels with `c` channels.
    private record Grid(Windows windows, int h, int w, int c, int oh, int ow) {
        static Grid of(Windows windows, Shape x, Shape y) {
            return new Grid(windows, x.dim(1), x.dim(2), x.dim(3), y.dim(1), y.dim(2));
        }

        /// `body` on each row of the output.
        Work rows(View y, Row body) {
            if (y.length() == 0) {
                return Work.NONE;
            }
            long work = (long) h * w * c / oh + (long) ow * c;
            return Work.split(
                    y.shape().dim(0) * oh,
                    Workers.grain(work),
                    (from, to) -> {
                        for (int row = from; row < to; row++) {
                            body.run(row / oh, row % oh, y.offset() + row * ow * c);
                        }
                    });
        }

        /// First row inside the image that windows in row `p` see.
        int top(int p) {
            return Math.max(windows.top(p, h), 0);
        }

        int bottom(int p) {
            return Math.min(windows.bottom(p, h), h);
        }

        int left(int q) {
            return Math.max(windows.left(q, w), 0);
        }

        int right(int q) {
            return Math.min(windows.right(q, w), w);
        }

        /// Pixels of a window, with or without those in the padding.
        int pixels(int p, int q, boolean padding) {
            return padding
                    ? (windows.bottom(p, h) - windows.top(p, h))
                            * (windows.right(q, w) - windows.left(q, w))
                    : (bottom(p) - top(p)) * (right(q) - left(q));
        }

        /// Position of the first channel of pixel `r, s` of image `n`.
        int position(int n, int r, int s) {
            return ((n * h + r) * w + s) * c;
        }
    }

    /// What [PoolSimd#max] does, for the channels that are left.
    private static void max(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float[] y,
            int to,
            int channels) {
        System.arraycopy(x, at, y, to, channels);
        for (int r = 0; r < rows; r++) {
            for (int s = 0; s < columns; s++) {
                largest(x, at + r * row + s * pixel, y, to, channels);
            }
        }
    }

    /// What [PoolSimd#mean] does, for the channels that are left.
    private static void mean(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float factor,
            float[] y,
            int to,
            int channels) {
        Arrays.fill(y, to, to + channels, 0);
        for (int r = 0; r < rows; r++) {
            for (int s = 0; s < columns; s++) {
                add(x, at + r * row + s * pixel, y, to, channels);
            }
        }
        scale(y, to, channels, factor);
    }

    private static void largest(float[] x, int atX, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] = Math.max(y[atY + t], x[atX + t]);
        }
    }

    private static void whereLargest(float[] x, int offset, int pixel, int[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            float best = x[offset + y[atY + t]];
            float value = x[offset + pixel + t];
            if (value > best || (Float.isNaN(value) && !Float.isNaN(best))) {
                y[atY + t] = pixel + t;
            }
        }
    }

    private static void add(float[] x, int atX, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] += x[atX + t];
        }
    }

    private static void addScaled(float factor, float[] x, int atX, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] += factor * x[atX + t];
        }
    }

    private static void scale(float[] y, int atY, int n, float factor) {
        for (int t = 0; t < n; t++) {
            y[atY + t] *= factor;
        }
    }
}
