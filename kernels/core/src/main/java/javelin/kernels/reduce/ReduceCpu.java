package javelin.kernels.reduce;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Channels;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.layout.LayoutCpu;
import javelin.kernels.layout.Permute;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reductions in 32 bits. Every case is brought to the form `x[outer, n, inner] → y[outer, inner]`;
/// short sums run in 32 bits, in lanes or columns side by side, and are added up in 64.
public final class ReduceCpu {
    private static final int CHUNK = 1 << 14; // elements of a row summed by one task
    private static final int WIDE = 4096; // columns from which a task takes a block of columns

    private ReduceCpu() {}

    /// Reduction over the axes of `f`.
    public static Work work(Reduce f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        View x = in.getFirst();
        Block block = block(f, x);
        if (block != null) {
            return reduce(f.kind(), block, y, cpu);
        }
        List<Integer> order = reducedLast(f, x.shape().rank());
        Shape moved = Shape.of(order.stream().mapToInt(x.shape()::dim).toArray());
        View copy = View.of(new HostBuffer.Floats(new float[x.length()]), moved);
        int n = x.length() / y.length();
        return LayoutCpu.work(new Permute(order), in, copy, cpu)
                .then(reduce(f.kind(), new Block(copy.floats(), 0, y.length(), n, 1), y, cpu));
    }

    private static Work reduce(Reduce.Kind kind, Block x, View y, Cpu cpu) {
        return switch (kind) {
            case SUM -> sum(x, 1, y, cpu);
            case MEAN -> sum(x, 1.0 / x.n, y, cpu);
            case MAX, MIN -> extreme(x, kind == Reduce.Kind.MAX, y);
            case VARIANCE -> variance(x, y, cpu);
        };
    }

    /// Position of the extreme along one axis.
    public static Work work(ArgReduce f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        int size = x.shape().dim(f.axis());
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        return Work.split(
                y.length(),
                Workers.grain(size),
                (from, to) -> {
                    for (int j = from; j < to; j++) {
                        int first = x.offset() + j / inner * size * inner + j % inner;
                        y.ints()[y.offset() + j] =
                                extreme(x.floats(), first, inner, size, f.largest());
                    }
                });
    }

    private static int extreme(float[] x, int first, int step, int size, boolean largest) {
        int best = 0;
        float found = x[first];
        for (int k = 1; k < size && !Float.isNaN(found); k++) {
            float xk = x[first + k * step];
            if (Float.isNaN(xk) || (largest ? xk > found : xk < found)) {
                best = k;
                found = xk;
            }
        }
        return best;
    }

    /// An array as `[outer, n, inner]`, of which `n` is reduced.
    private record Block(float[] values, int offset, int outer, int n, int inner) {
        int row(int a) {
            return offset + a * n * inner;
        }
    }

    /// The array in that form, or null if the reduced axes do not lie side by side.
    private static @Nullable Block block(Reduce f, View x) {
        Shape shape = x.shape();
        int first = 0;
        while (first < shape.rank() && !f.reduces(first)) {
            first++;
        }
        int end = first;
        while (end < shape.rank() && f.reduces(end)) {
            end++;
        }
        for (int axis = end; axis < shape.rank(); axis++) {
            if (f.reduces(axis)) {
                return null;
            }
        }
        return new Block(
                x.floats(),
                x.offset(),
                shape.product(0, first),
                shape.product(first, end),
                shape.product(end, shape.rank()));
    }

    /// The axes in their order, but the reduced ones last.
    private static List<Integer> reducedLast(Reduce f, int rank) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            if (!f.reduces(axis)) {
                order.add(axis);
            }
        }
        for (int axis = 0; axis < rank; axis++) {
            if (f.reduces(axis)) {
                order.add(axis);
            }
        }
        return order;
    }

    // ---- sums ----

    private static Work sum(Block x, double factor, View y, Cpu cpu) {
        if (x.inner == 1) {
            return sumRows(x, factor, y, cpu);
        }
        return x.inner >= WIDE ? sumWide(x, factor, y) : sumColumns(x, factor, y);
    }

    private static Work sumRows(Block x, double factor, View y, Cpu cpu) {
        int pieces = Math.max(1, (x.n + CHUNK - 1) / CHUNK);
        double[] partial = new double[x.outer * pieces];
        Work sums =
                Work.split(
                        partial.length,
                        Workers.grain(Math.min(x.n, CHUNK)),
                        (from, to) -> {
                            for (int t = from; t < to; t++) {
                                int start = t % pieces * CHUNK;
                                int n = Math.min(CHUNK, x.n - start);
                                int at = x.row(t / pieces) + start;
                                partial[t] =
                                        cpu.simd()
                                                ? ReduceSimd.sum(x.values, at, n)
                                                : sum(x.values, at, n);
                            }
                        });
        return sums.then(_ -> mergeSums(partial, pieces, 1, factor, y));
    }

    /// `y[a, k] = factor · Σ_p partial[a, p, k]`.
    private static void mergeSums(double[] partial, int pieces, int inner, double factor, View y) {
        float[] out = y.floats();
        for (int i = 0; i < y.length(); i++) {
            int at = i / inner * pieces * inner + i % inner;
            double sum = 0;
            for (int p = 0; p < pieces; p++) {
                sum += partial[at + p * inner];
            }
            out[y.offset() + i] = (float) (sum * factor);
        }
    }

    /// Sum of `n` neighbours; four sums hide the delay of an addition.
    private static double sum(float[] x, int at, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += x[at + i];
            b += x[at + i + 1];
            c += x[at + i + 2];
            d += x[at + i + 3];
        }
        for (; i < n; i++) {
            a += x[at + i];
        }
        return (a + b) + (c + d);
    }

    /// Columns side by side, a few hundred elements at a time; see [Channels].
    private static Work sumColumns(Block x, double factor, View y) {
        Channels walk = Channels.of(x.inner, x.n * x.inner);
        int pieces = walk.chunks();
        double[] partial = new double[x.outer * pieces * x.inner];
        Work sums =
                Work.split(
                        x.outer * pieces,
                        Workers.grain(Math.min(walk.chunk(), walk.size())),
                        (from, to) -> {
                            float[] period = Scratch.borrow(walk.period());
                            for (int t = from; t < to; t++) {
                                int start = t % pieces * walk.chunk();
                                int end = Math.min(walk.size(), start + walk.chunk());
                                columns(walk, x, x.row(t / pieces), start, end, period);
                                walk.fold(period, partial, t * x.inner);
                            }
                            Scratch.giveBack(period);
                        });
        return sums.then(_ -> mergeSums(partial, pieces, x.inner, factor, y));
    }

    private static void columns(
            Channels walk, Block x, int base, int start, int end, float[] sums) {
        Arrays.fill(sums, 0, walk.period(), 0);
        for (int i = start; i < end; i += walk.period()) {
            add(sums, x.values, base + i, Math.min(walk.period(), end - i));
        }
    }

    private static void add(float[] sums, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += x[at + j];
        }
    }

    /// Blocks of columns, each in one task.
    private static Work sumWide(Block x, double factor, View y) {
        int blocks = (x.inner + WIDE - 1) / WIDE;
        return Work.of(
                x.outer * blocks,
                t -> {
                    int a = t / blocks;
                    int k = t % blocks * WIDE;
                    int width = Math.min(WIDE, x.inner - k);
                    int to = y.offset() + a * x.inner + k;
                    sumBlock(x, x.row(a) + k, width, factor, y.floats(), to);
                });
    }

    /// Every 64 rows the 32-bit sums go into 64-bit ones.
    private static void sumBlock(Block x, int from, int width, double factor, float[] y, int to) {
        double[] total = Scratch.borrowDoubles(width);
        float[] sums = Scratch.borrow(width);
        Arrays.fill(total, 0, width, 0);
        Arrays.fill(sums, 0, width, 0);
        for (int r = 0; r < x.n; r++) {
            add(sums, x.values, from + r * x.inner, width);
            if (r % 64 == 63 || r == x.n - 1) {
                for (int j = 0; j < width; j++) {
                    total[j] += sums[j];
                }
                Arrays.fill(sums, 0, width, 0);
            }
        }
        for (int j = 0; j < width; j++) {
            y[to + j] = (float) (total[j] * factor);
        }
        Scratch.giveBack(sums);
        Scratch.giveBack(total);
    }

    // ---- extremes ----

    private static Work extreme(Block x, boolean largest, View y) {
        float start = largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        return Work.split(
                x.outer,
                Workers.grain((long) x.n * x.inner),
                (from, to) -> {
                    int o = y.offset();
                    Arrays.fill(y.floats(), o + from * x.inner, o + to * x.inner, start);
                    for (int a = from; a < to; a++) {
                        for (int r = 0; r < x.n; r++) {
                            int at = x.row(a) + r * x.inner;
                            int into = o + a * x.inner;
                            if (largest) {
                                larger(y.floats(), into, x.values, at, x.inner);
                            } else {
                                smaller(y.floats(), into, x.values, at, x.inner);
                            }
                        }
                    }
                });
    }

    private static void larger(float[] y, int into, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            y[into + j] = Math.max(y[into + j], x[at + j]);
        }
    }

    private static void smaller(float[] y, int into, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            y[into + j] = Math.min(y[into + j], x[at + j]);
        }
    }

    // ---- variance ----

    private static Work variance(Block x, View y, Cpu cpu) {
        float[] mean = new float[x.outer * x.inner];
        View means = View.of(new HostBuffer.Floats(mean), Shape.of(mean.length));
        return sum(x, 1.0 / x.n, means, cpu)
                .then(
                        Work.split(
                                x.outer,
                                Workers.grain(2L * x.n * x.inner),
                                (from, to) -> {
                                    for (int a = from; a < to; a++) {
                                        variance(x, a, mean, y);
                                    }
                                }));
    }

    private static void variance(Block x, int a, float[] mean, View y) {
        double[] squares = Scratch.borrowDoubles(x.inner);
        double[] slips = Scratch.borrowDoubles(x.inner);
        Arrays.fill(squares, 0, x.inner, 0);
        Arrays.fill(slips, 0, x.inner, 0);
        int m = a * x.inner;
        for (int r = 0; r < x.n; r++) {
            int at = x.row(a) + r * x.inner;
            for (int k = 0; k < x.inner; k++) {
                double d = (double) x.values[at + k] - mean[m + k];
                squares[k] += d * d;
                slips[k] += d; // the mean was rounded to 32 bits
            }
        }
        for (int k = 0; k < x.inner; k++) {
            double slip = slips[k] / x.n;
            y.floats()[y.offset() + m + k] = (float) (squares[k] / x.n - slip * slip);
        }
        Scratch.giveBack(slips);
        Scratch.giveBack(squares);
    }
}
