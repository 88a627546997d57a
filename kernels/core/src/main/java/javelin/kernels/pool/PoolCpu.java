package javelin.kernels.pool;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Pooling in 32 bits. The innermost loops run along the channels, where the JIT vectorises them.
public final class PoolCpu {
    private PoolCpu() {}

    /// Largest pixel of each window.
    public static void run(MaxPool2d f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        Shape xs = x.shape();
        forEachRow(
                y.shape(),
                xs,
                cpu,
                (n, p) -> {
                    var box = new Box(f.windows(), xs, n, p);
                    int c = xs.dim(3);
                    for (int q = 0; q < y.shape().dim(2); q++) {
                        int atY =
                                y.offset()
                                        + ((n * y.shape().dim(1) + p) * y.shape().dim(2) + q) * c;
                        box.column(q);
                        System.arraycopy(
                                x.floats(),
                                x.offset() + box.position(box.top, box.left),
                                y.floats(),
                                atY,
                                c);
                        for (int r = box.top; r < box.bottom; r++) {
                            for (int s = box.left; s < box.right; s++) {
                                largest(
                                        x.floats(),
                                        x.offset() + box.position(r, s),
                                        y.floats(),
                                        atY,
                                        c);
                            }
                        }
                    }
                });
    }

    /// The position of that pixel.
    public static void run(ArgMaxPool2d f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        Shape xs = x.shape();
        forEachRow(
                y.shape(),
                xs,
                cpu,
                (n, p) -> {
                    var box = new Box(f.windows(), xs, n, p);
                    int c = xs.dim(3);
                    for (int q = 0; q < y.shape().dim(2); q++) {
                        int atY =
                                y.offset()
                                        + ((n * y.shape().dim(1) + p) * y.shape().dim(2) + q) * c;
                        box.column(q);
                        int first = box.position(box.top, box.left);
                        for (int t = 0; t < c; t++) {
                            y.ints()[atY + t] = first + t;
                        }
                        for (int r = box.top; r < box.bottom; r++) {
                            for (int s = box.left; s < box.right; s++) {
                                whereLargest(
                                        x.floats(),
                                        x.offset(),
                                        box.position(r, s),
                                        y.ints(),
                                        atY,
                                        c);
                            }
                        }
                    }
                });
    }

    /// Mean of each window.
    public static void run(AveragePool2d f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        Shape xs = x.shape();
        forEachRow(
                y.shape(),
                xs,
                cpu,
                (n, p) -> {
                    var box = new Box(f.windows(), xs, n, p);
                    int c = xs.dim(3);
                    for (int q = 0; q < y.shape().dim(2); q++) {
                        int atY =
                                y.offset()
                                        + ((n * y.shape().dim(1) + p) * y.shape().dim(2) + q) * c;
                        box.column(q);
                        Arrays.fill(y.floats(), atY, atY + c, 0);
                        for (int r = box.top; r < box.bottom; r++) {
                            for (int s = box.left; s < box.right; s++) {
                                add(
                                        x.floats(),
                                        x.offset() + box.position(r, s),
                                        y.floats(),
                                        atY,
                                        c);
                            }
                        }
                        scale(y.floats(), atY, c, 1f / box.pixels(f.countPadding()));
                    }
                });
    }

    /// Adjoint of the mean. Images are independent of each other, windows may overlap: one image is
    /// one piece of work.
    public static void run(AveragePool2dInput f, List<View> in, View dx, Cpu cpu) {
        View dy = in.getFirst();
        Shape xs = dx.shape();
        Shape ys = dy.shape();
        int c = xs.dim(3);
        int image = xs.product(1, 4);
        cpu.workers()
                .split(
                        xs.dim(0),
                        Workers.grain(image),
                        (from, to) -> {
                            Arrays.fill(
                                    dx.floats(),
                                    dx.offset() + from * image,
                                    dx.offset() + to * image,
                                    0);
                            for (int row = from * ys.dim(1); row < to * ys.dim(1); row++) {
                                var box =
                                        new Box(f.windows(), xs, row / ys.dim(1), row % ys.dim(1));
                                for (int q = 0; q < ys.dim(2); q++) {
                                    box.column(q);
                                    int atY = dy.offset() + (row * ys.dim(2) + q) * c;
                                    float share = 1f / box.pixels(f.countPadding());
                                    for (int r = box.top; r < box.bottom; r++) {
                                        for (int s = box.left; s < box.right; s++) {
                                            addScaled(
                                                    share,
                                                    dy.floats(),
                                                    atY,
                                                    dx.floats(),
                                                    dx.offset() + box.position(r, s),
                                                    c);
                                        }
                                    }
                                }
                            }
                        });
    }

    /// Work on row `p` of the output of image `n`.
    private interface Row {
        void run(int n, int p);
    }

    private static void forEachRow(Shape ys, Shape xs, Cpu cpu, Row body) {
        if (ys.size() == 0) {
            return;
        }
        long work = xs.size() / ys.dim(0) / ys.dim(1) + ys.size() / ys.dim(0) / ys.dim(1);
        cpu.workers()
                .split(
                        ys.dim(0) * ys.dim(1),
                        Workers.grain(work),
                        (from, to) -> {
                            for (int row = from; row < to; row++) {
                                body.run(row / ys.dim(1), row % ys.dim(1));
                            }
                        });
    }

    /// The part of a window inside the image, moved along one row of windows.
    private static final class Box {
        private final Windows windows;
        private final Shape image;
        private final int n;
        private final int p;
        private final int top;
        private final int bottom;
        private int q;
        private int left;
        private int right;

        Box(Windows windows, Shape image, int n, int p) {
            this.windows = windows;
            this.image = image;
            this.n = n;
            this.p = p;
            top = Math.max(windows.top(p, image.dim(1)), 0);
            bottom = Math.min(windows.bottom(p, image.dim(1)), image.dim(1));
        }

        void column(int column) {
            q = column;
            left = Math.max(windows.left(q, image.dim(2)), 0);
            right = Math.min(windows.right(q, image.dim(2)), image.dim(2));
        }

        int position(int r, int s) {
            return ((n * image.dim(1) + r) * image.dim(2) + s) * image.dim(3);
        }

        int pixels(boolean countPadding) {
            if (!countPadding) {
                return (bottom - top) * (right - left);
            }
            return (windows.bottom(p, image.dim(1)) - windows.top(p, image.dim(1)))
                    * (windows.right(q, image.dim(2)) - windows.left(q, image.dim(2)));
        }
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
