package javelin.kernels.pool;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.Arrays;
import java.util.List;

/// Pooling in 64 bits.
public final class PoolReference {
    private PoolReference() {}

    /// `y[n,p,q,c] = max x[n,r,s,c]` over the window's pixels inside the image.
    public static void run(MaxPool2d f, List<View> in, View y) {
        View x = in.getFirst();
        forEachOutput(
                f.windows(),
                x.shape(),
                y.shape(),
                (at, n, c, box) ->
                        y.doubles()[y.offset() + at] =
                                x.doubles()[x.offset() + largest(x, n, c, box)]);
    }

    /// The position of that pixel.
    public static void run(ArgMaxPool2d f, List<View> in, View y) {
        View x = in.getFirst();
        forEachOutput(
                f.windows(),
                x.shape(),
                y.shape(),
                (at, n, c, box) -> y.ints()[y.offset() + at] = largest(x, n, c, box));
    }

    /// `y[n,p,q,c] = 1/size · Σ x[n,r,s,c]`.
    public static void run(AveragePool2d f, List<View> in, View y) {
        View x = in.getFirst();
        forEachOutput(
                f.windows(),
                x.shape(),
                y.shape(),
                (at, n, c, box) -> {
                    double sum = 0;
                    for (int r = box.inTop(); r < box.inBottom(); r++) {
                        for (int s = box.inLeft(); s < box.inRight(); s++) {
                            sum += x.doubles()[x.offset() + box.position(n, r, s, c)];
                        }
                    }
                    y.doubles()[y.offset() + at] = sum / box.pixels(f.countPadding());
                });
    }

    /// `dx[n,r,s,c] = Σ 1/size · dy[n,p,q,c]` over the windows that see the pixel.
    public static void run(AveragePool2dInput f, List<View> in, View dx) {
        View dy = in.getFirst();
        Arrays.fill(dx.doubles(), dx.offset(), dx.offset() + dx.length(), 0);
        forEachOutput(
                f.windows(),
                dx.shape(),
                dy.shape(),
                (at, n, c, box) -> {
                    double share = dy.doubles()[dy.offset() + at] / box.pixels(f.countPadding());
                    for (int r = box.inTop(); r < box.inBottom(); r++) {
                        for (int s = box.inLeft(); s < box.inRight(); s++) {
                            dx.doubles()[dx.offset() + box.position(n, r, s, c)] += share;
                        }
                    }
                });
    }

    /// One window on images of a given shape.
    private record Box(int top, int bottom, int left, int right, Shape image) {
        int inTop() {
            return Math.max(top, 0);
        }

        int inBottom() {
            return Math.min(bottom, image.dim(1));
        }

        int inLeft() {
            return Math.max(left, 0);
        }

        int inRight() {
            return Math.min(right, image.dim(2));
        }

        int pixels(boolean countPadding) {
            return countPadding
                    ? (bottom - top) * (right - left)
                    : (inBottom() - inTop()) * (inRight() - inLeft());
        }

        int position(int n, int r, int s, int c) {
            return ((n * image.dim(1) + r) * image.dim(2) + s) * image.dim(3) + c;
        }
    }

    /// What to do for the output at flat position `at`, in image `n` and channel `c`.
    private interface Output {
        void at(int at, int n, int c, Box box);
    }

    private static void forEachOutput(Windows f, Shape x, Shape y, Output output) {
        int at = 0;
        for (int n = 0; n < y.dim(0); n++) {
            for (int p = 0; p < y.dim(1); p++) {
                for (int q = 0; q < y.dim(2); q++) {
                    var box =
                            new Box(
                                    f.top(p, x.dim(1)),
                                    f.bottom(p, x.dim(1)),
                                    f.left(q, x.dim(2)),
                                    f.right(q, x.dim(2)),
                                    x);
                    for (int c = 0; c < y.dim(3); c++) {
                        output.at(at++, n, c, box);
                    }
                }
            }
        }
    }

    /// First position of the largest pixel; NaN counts as larger than all.
    private static int largest(View x, int n, int c, Box box) {
        int best = -1;
        double max = 0;
        for (int r = box.inTop(); r < box.inBottom(); r++) {
            for (int s = box.inLeft(); s < box.inRight(); s++) {
                int position = box.position(n, r, s, c);
                double value = x.doubles()[x.offset() + position];
                if (best < 0 || value > max || (Double.isNaN(value) && !Double.isNaN(max))) {
                    best = position;
                    max = value;
                }
            }
        }
        return best;
    }
}
