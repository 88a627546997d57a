package javelin.kernels.norm;

import javelin.kernels.View;
import javelin.kernels.cpu.Channels;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;

import java.util.Arrays;
import java.util.List;

/// Moments and batch normalisation in 32 bits. Memory bound: each kernel reads its operands once.
public final class NormCpu {
    private NormCpu() {}

    /// Mean and variance per channel: two passes over each chunk while it is in the cache, then the
    /// chunks are merged in order.
    ///
    /// @see "Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing
    ///   sample variances, 1979, Eq. (2.1)"
    public static Work work(Moments f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        int c = x.shape().dim(-1);
        Channels walk = sums(c, x.length(), cpu);
        boolean vectors = inVectors(walk, cpu);
        double[] mean = new double[walk.chunks() * c];
        double[] squares = new double[walk.chunks() * c];
        return walk.forEachChunk((i, from, to) ->
                        chunkMoments(x, walk, vectors, from, to, mean, squares, i * c))
                .then(_ -> mergeMoments(walk, mean, squares, y.floats(), y.offset()));
    }

    private static void mergeMoments(
            Channels walk, double[] mean, double[] squares, float[] out, int at) {
        int c = walk.c();
        for (int k = 0; k < c; k++) {
            double m = 0;
            double s = 0;
            double n = 0;
            for (int i = 0; i < walk.chunks(); i++) {
                double more = Math.min(walk.chunk(), walk.size() - (double) i * walk.chunk()) / c;
                double d = mean[i * c + k] - m;
                m += d * more / (n + more);
                s += squares[i * c + k] + d * d * n * more / (n + more);
                n += more;
            }
            out[at + k] = (float) (n == 0 ? Double.NaN : m);
            out[at + c + k] = (float) (s / n);
        }
    }

    /// The walk for sums per channel: with SIMD in the blocks that [NormSimd] keeps in registers.
    private static Channels sums(int c, int size, Cpu cpu) {
        return cpu.simd() ? Channels.inBlocks(c, size, NormSimd.BLOCK) : Channels.of(c, size);
    }

    private static boolean inVectors(Channels walk, Cpu cpu) {
        return cpu.simd() && walk.fits(NormSimd.BLOCK);
    }

    private static void chunkMoments(
            View x,
            Channels walk,
            boolean vectors,
            int from,
            int to,
            double[] mean,
            double[] squares,
            int into) {
        float[] a = x.floats();
        int o = x.offset();
        int period = walk.period();
        double n = (double) (to - from) / walk.c();
        float[] sum = Scratch.borrow(period);
        float[] centre = Scratch.borrow(period);
        if (vectors) {
            NormSimd.sum(a, o + from, to - from, period, sum);
        } else {
            Arrays.fill(sum, 0, period, 0);
            for (int i = from; i < to; i += period) {
                addTo(sum, a, o + i, Math.min(period, to - i));
            }
        }
        walk.fold(sum, mean, into);
        for (int k = 0; k < walk.c(); k++) {
            mean[into + k] /= n;
            centre[k] = (float) mean[into + k];
        }
        walk.repeat(centre);
        if (vectors) {
            NormSimd.squares(a, o + from, to - from, period, centre, sum);
        } else {
            Arrays.fill(sum, 0, period, 0);
            for (int i = from; i < to; i += period) {
                addSquaresTo(sum, a, o + i, centre, Math.min(period, to - i));
            }
        }
        walk.fold(sum, squares, into);
        for (int k = 0; k < walk.c(); k++) {
            double slip = mean[into + k] - centre[k]; // the centre was rounded to 32 bits
            squares[into + k] -= n * slip * slip;
        }
        Scratch.giveBack(centre);
        Scratch.giveBack(sum);
    }

    private static void addTo(float[] sum, float[] x, int at, int n) {
        for (int j = 0; j < n; j++) {
            sum[j] += x[at + j];
        }
    }

    private static void addSquaresTo(float[] sum, float[] x, int at, float[] centre, int n) {
        for (int j = 0; j < n; j++) {
            float d = x[at + j] - centre[j];
            sum[j] += d * d;
        }
    }

    /// `y = (x − mean) · (gamma / √(variance + ε)) + beta`.
    public static Work work(BatchNorm f, List<View> in, View y, Cpu cpu) {
        View x = in.get(0);
        View moments = in.get(1);
        View gamma = in.get(2);
        View beta = in.get(3);
        int c = x.shape().dim(-1);
        Channels walk = Channels.of(c, x.length());
        int period = walk.period();
        float[] mean = new float[period];
        float[] scale = new float[period];
        float[] shift = new float[period];
        Work channels =
                _ -> {
                    for (int k = 0; k < c; k++) {
                        mean[k] = at(moments, k);
                        scale[k] = at(gamma, k) * (float) rstd(moments, c, k, f.epsilon());
                        shift[k] = at(beta, k);
                    }
                    walk.repeat(mean);
                    walk.repeat(scale);
                    walk.repeat(shift);
                };
        return channels.then(
                walk.forEachChunk((_, from, to) -> {
                    for (int i = from; i < to; i += period) {
                        int n = Math.min(period, to - i);
                        int xAt = x.offset() + i;
                        int yAt = y.offset() + i;
                        if (cpu.simd()) {
                            NormSimd.normalize(
                                    x.floats(), xAt, mean, scale, shift, y.floats(), yAt, n);
                        } else {
                            normalize(x.floats(), xAt, mean, scale, shift, y.floats(), yAt, n);
                        }
                    }
                }));
    }

    private static void normalize(
            float[] x,
            int xAt,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] y,
            int yAt,
            int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = (x[xAt + j] - mean[j]) * scale[j] + shift[j];
        }
    }

    /// `sums[0,k] = Σ dy · x̂`, `sums[1,k] = Σ dy`.
    public static Work work(BatchNormSums f, List<View> in, View sums, Cpu cpu) {
        View x = in.get(0);
        View dy = in.get(1);
        View moments = in.get(2);
        int c = x.shape().dim(-1);
        Channels walk = sums(c, x.length(), cpu);
        boolean vectors = inVectors(walk, cpu);
        float[] mean = new float[walk.period()];
        double[] partial = new double[walk.chunks() * 2 * c];
        Work centre =
                _ -> {
                    System.arraycopy(moments.floats(), moments.offset(), mean, 0, c);
                    walk.repeat(mean);
                };
        return centre.then(
                        walk.forEachChunk((i, from, to) ->
                                chunkProducts(
                                        x, dy, walk, vectors, from, to, mean, partial, i * 2 * c)))
                .then(_ -> mergeProducts(f, walk, partial, moments, sums.floats(), sums.offset()));
    }

    private static void chunkProducts(
            View x,
            View dy,
            Channels walk,
            boolean vectors,
            int from,
            int to,
            float[] mean,
            double[] partial,
            int into) {
        int period = walk.period();
        float[] product = Scratch.borrow(period);
        float[] sum = Scratch.borrow(period);
        int xAt = x.offset() + from;
        int dyAt = dy.offset() + from;
        int n = to - from;
        if (vectors) {
            NormSimd.products(x.floats(), xAt, dy.floats(), dyAt, n, mean, product, sum);
        } else {
            Arrays.fill(product, 0, period, 0);
            Arrays.fill(sum, 0, period, 0);
            for (int i = 0; i < n; i += period) {
                int width = Math.min(period, n - i);
                addProducts(product, sum, x.floats(), xAt + i, mean, dy.floats(), dyAt + i, width);
            }
        }
        walk.fold(product, partial, into);
        walk.fold(sum, partial, into + walk.c());
        Scratch.giveBack(sum);
        Scratch.giveBack(product);
    }

    private static void mergeProducts(
            BatchNormSums f, Channels walk, double[] partial, View moments, float[] out, int at) {
        int c = walk.c();
        for (int k = 0; k < c; k++) {
            double product = 0;
            double sum = 0;
            for (int i = 0; i < walk.chunks(); i++) {
                product += partial[i * 2 * c + k];
                sum += partial[i * 2 * c + c + k];
            }
            out[at + k] = (float) (product * rstd(moments, c, k, f.epsilon()));
            out[at + c + k] = (float) sum;
        }
    }

    private static void addProducts(
            float[] product,
            float[] sum,
            float[] x,
            int xAt,
            float[] mean,
            float[] dy,
            int dyAt,
            int n) {
        for (int j = 0; j < n; j++) {
            float d = dy[dyAt + j];
            product[j] += d * (x[xAt + j] - mean[j]);
            sum[j] += d;
        }
    }

    /// `dx = a·dy + b·(x − mean) + d` with one `a`, `b`, `d` per channel.
    public static Work work(BatchNormInput f, List<View> in, View dx, Cpu cpu) {
        View x = in.get(0);
        View dy = in.get(1);
        int c = x.shape().dim(-1);
        Channels walk = Channels.of(c, x.length());
        int period = walk.period();
        float[] mean = new float[period];
        float[] a = new float[period];
        float[] b = new float[period];
        float[] d = new float[period];
        Work factors = _ -> factors(f, walk, in, mean, a, b, d);
        return factors.then(
                walk.forEachChunk((_, from, to) -> {
                    for (int i = from; i < to; i += period) {
                        combine(
                                cpu.simd(),
                                dy.floats(),
                                dy.offset() + i,
                                a,
                                x.floats(),
                                x.offset() + i,
                                b,
                                mean,
                                d,
                                dx.floats(),
                                dx.offset() + i,
                                Math.min(period, to - i));
                    }
                }));
    }

    private static void factors(
            BatchNormInput f,
            Channels walk,
            List<View> in,
            float[] mean,
            float[] a,
            float[] b,
            float[] d) {
        View moments = in.get(2);
        View sums = in.get(3);
        View gamma = in.get(4);
        int c = walk.c();
        double n = walk.rows();
        for (int k = 0; k < c; k++) {
            double r = rstd(moments, c, k, f.epsilon());
            mean[k] = at(moments, k);
            a[k] = (float) (at(gamma, k) * r);
            b[k] = (float) (-at(gamma, k) * r * r * at(sums, k) / n);
            d[k] = -a[k] * (float) (at(sums, c + k) / n);
        }
        walk.repeat(mean);
        walk.repeat(a);
        walk.repeat(b);
        walk.repeat(d);
    }

    private static void combine(
            boolean simd,
            float[] dy,
            int dyAt,
            float[] a,
            float[] x,
            int xAt,
            float[] b,
            float[] mean,
            float[] d,
            float[] dx,
            int dxAt,
            int n) {
        if (simd) {
            NormSimd.combine(dy, dyAt, a, x, xAt, b, mean, d, dx, dxAt, n);
            return;
        }
        for (int j = 0; j < n; j++) {
            dx[dxAt + j] = a[j] * dy[dyAt + j] + b[j] * (x[xAt + j] - mean[j]) + d[j];
        }
    }

    private static double rstd(View moments, int c, int k, double epsilon) {
        return 1 / Math.sqrt(at(moments, c + k) + epsilon);
    }

    private static float at(View x, int i) {
        return x.floats()[x.offset() + i];
    }
}
