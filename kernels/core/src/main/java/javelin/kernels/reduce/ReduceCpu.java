package javelin.kernels.reduce;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Channels;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Workers;
import javelin.kernels.layout.LayoutCpu;
import javelin.kernels.layout.Permute;

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
    public static void run(Reduce f, List<View> in, View y, Cpu cpu) {
        Block x = block(f, in.getFirst(), cpu);
        if (y.length() == 0) {
            return;
        }
        switch (f.kind()) {
            case SUM -> sum(x, 1, y, cpu);
            case MEAN -> sum(x, 1.0 / x.n, y, cpu);
            case MAX, MIN -> extreme(x, f.kind() == Reduce.Kind.MAX, y, cpu);
            case VARIANCE -> variance(x, y, cpu);
        }
    }

    /// Position of the extreme along one axis.
    public static void run(ArgReduce f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        int size = x.shape().dim(f.axis());
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        cpu.workers()
                .split(
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

    private static Block block(Reduce f, View x, Cpu cpu) {
        Shape shape = x.shape();
        int first = 0;
        while (first < shape.rank() && !f.reduces(first)) {
            first++;
        }
        int end = first;
        while (end < shape.rank() && f.reduces(end)) {
            end++;
        }
        int rest = end;
        while (rest < shape.rank() && !f.reduces(rest)) {
            rest++;
        }
        if (rest == shape.rank()) { // the reduced axes lie side by side
            return new Block(
                    x.floats(),
                    x.offset(),
                    shape.product(0, first),
                    shape.product(first, end),
                    shape.product(end, rest));
        }
        List<Integer> order = new ArrayList<>();
        int outer = 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!f.reduces(axis)) {
                order.add(axis);
                outer *= shape.dim(axis);
            }
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (f.reduces(axis)) {
                order.add(axis);
            }
        }
        Shape moved = Shape.of(order.stream().mapToInt(shape::dim).toArray());
        View copy = View.of(new HostBuffer.Floats(new float[x.length()]), moved);
        LayoutCpu.run(new Permute(order), List.of(x), copy, cpu);
        return new Block(copy.floats(), 0, outer, outer == 0 ? 0 : x.length() / outer, 1);
    }

    // ---- sums ----

    private static void sum(Block x, double factor, View y, Cpu cpu) {
        if (x.inner == 1) {
            sumRows(x, factor, y, cpu);
        } else if (x.inner >= WIDE) {
            sumWide(x, factor, y, cpu);
        } else {
            sumColumns(x, factor, y, cpu);
        }
    }

    private static void sumRows(Block x, double factor, View y, Cpu cpu) {
        int pieces = Math.max(1, (x.n + CHUNK - 1) / CHUNK);
        double[] partial = new double[x.outer * pieces];
        cpu.workers()
                .split(
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
        for (int a = 0; a < x.outer; a++) {
            double sum = 0;
            for (int p = 0; p < pieces; p++) {
                sum += partial[a * pieces + p];
            }
            y.floats()[y.offset() + a] = (float) (sum * factor);
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
    private static void sumColumns(Block x, double factor, View y, Cpu cpu) {
        Channels walk = Channels.of(x.inner, x.n * x.inner);
        int pieces = walk.chunks();
        double[][] partial = new double[x.outer * pieces][x.inner];
        cpu.workers()
                .split(
                        partial.length,
                        Workers.grain(Math.min(walk.chunk(), walk.size())),
                        (from, to) -> {
                            float[] sums = new float[walk.period()];
                            for (int t = from; t < to; t++) {
                                int start = t % pieces * walk.chunk();
                                int end = Math.min(walk.size(), start + walk.chunk());
                                columns(walk, x, x.row(t / pieces), start, end, sums);
                                walk.fold(sums, partial[t], 0);
                            }
                        });
        for (int a = 0; a < x.outer; a++) {
            for (int k = 0; k < x.inner; k++) {
                double sum = 0;
                for (int p = 0; p < pieces; p++) {
                    sum += partial[a * pieces + p][k];
                }
                y.floats()[y.offset() + a * x.inner + k] = (float) (sum * factor);
            }
        }
    }

    private static void columns(
            Channels walk, Block x, int base, int start, int end, float[] sums) {
        Arrays.fill(sums, 0);
        for (int i = start; i < end; i += walk.period()) {
            add(sums, x.values, base + i, Math.min(walk.period(), end - i));
        }
    }

    private static void add(float[] sums, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += x[at + j];
        }
    }

    /// Blocks of columns, each in one task; every 64 rows the 32-bit sums go into 64-bit ones.
    private static void sumWide(Block x, double factor, View y, Cpu cpu) {
        int blocks = (x.inner + WIDE - 1) / WIDE;
        cpu.workers()
                .run(
                        x.outer * blocks,
                        t -> {
                            int a = t / blocks;
                            int k = t % blocks * WIDE;
                            int width = Math.min(WIDE, x.inner - k);
                            double[] total = new double[width];
                            float[] sums = new float[width];
                            for (int r = 0; r < x.n; r++) {
                                add(sums, x.values, x.row(a) + r * x.inner + k, width);
                                if (r % 64 == 63 || r == x.n - 1) {
                                    for (int j = 0; j < width; j++) {
                                        total[j] += sums[j];
                                    }
                                    Arrays.fill(sums, 0);
                                }
                            }
                            for (int j = 0; j < width; j++) {
                                y.floats()[y.offset() + a * x.inner + k + j] =
                                        (float) (total[j] * factor);
                            }
                        });
    }

    // ---- extremes ----

    private static void extreme(Block x, boolean largest, View y, Cpu cpu) {
        float start = largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        cpu.workers()
                .split(
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

    private static void variance(Block x, View y, Cpu cpu) {
        float[] mean = new float[x.outer * x.inner];
        sum(x, 1.0 / x.n, View.of(new HostBuffer.Floats(mean), Shape.of(mean.length)), cpu);
        cpu.workers()
                .split(
                        x.outer,
                        Workers.grain(2L * x.n * x.inner),
                        (from, to) -> {
                            double[] squares = new double[x.inner];
                            double[] slips = new double[x.inner];
                            for (int a = from; a < to; a++) {
                                Arrays.fill(squares, 0);
                                Arrays.fill(slips, 0);
                                for (int r = 0; r < x.n; r++) {
                                    int at = x.row(a) + r * x.inner;
                                    int m = a * x.inner;
                                    for (int k = 0; k < x.inner; k++) {
                                        double d = (double) x.values[at + k] - mean[m + k];
                                        squares[k] += d * d;
                                        slips[k] += d; // the mean was rounded to 32 bits
                                    }
                                }
                                for (int k = 0; k < x.inner; k++) {
                                    double slip = slips[k] / x.n;
                                    y.floats()[y.offset() + a * x.inner + k] =
                                            (float) (squares[k] / x.n - slip * slip);
                                }
                            }
                        });
    }
}
