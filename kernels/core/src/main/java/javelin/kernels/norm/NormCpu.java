package javelin.kernels.norm;

import javelin.kernels.View;
import javelin.kernels.cpu.Channels;
import javelin.kernels.cpu.Cpu;

import java.util.List;

/// Moments and batch normalisation in 32 bits. Memory bound: each kernel reads its operands once.
public final class NormCpu {
    private NormCpu() {}

    /// Mean and variance per channel: two passes over each chunk while it is in the cache, then the
    /// chunks are merged in order.
    ///
    /// @see "Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing
    ///   sample variances, 1979, Eq. (2.1)"
    public static void run(Moments f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        int c = x.shape().dim(-1);
        Channels walk = sums(c, x.length(), cpu);
        boolean vectors = inVectors(walk, cpu);
        double[][] mean = new double[walk.chunks()][c];
        double[][] squares = new double[walk.chunks()][c];
        walk.forEachChunk(
                cpu.workers(),
                (i, from, to) -> chunkMoments(x, walk, vectors, from, to, mean[i], squares[i]));
        double[] m = new double[c];
        double[] s = new double[c];
        double n = 0;
        for (int i = 0; i < walk.chunks(); i++) {
            double more = Math.min(walk.chunk(), walk.size() - (double) i * walk.chunk()) / c;
            for (int k = 0; k < c; k++) {
                double d = mean[i][k] - m[k];
                m[k] += d * more / (n + more);
                s[k] += squares[i][k] + d * d * n * more / (n + more);
            }
            n += more;
        }
        float[] out = y.floats();
        for (int k = 0; k < c; k++) {
            out[y.offset() + k] = (float) (n == 0 ? Double.NaN : m[k]);
            out[y.offset() + c + k] = (float) (s[k] / n);
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
            double[] squares) {
        float[] a = x.floats();
        int o = x.offset();
        int period = walk.period();
        double n = (double) (to - from) / walk.c();
        float[] sum = new float[period];
        if (vectors) {
            NormSimd.sum(a, o + from, to - from, period, sum);
        } else {
            for (int i = from; i < to; i += period) {
                addTo(sum, a, o + i, Math.min(period, to - i));
            }
        }
        walk.fold(sum, mean, 0);
        for (int k = 0; k < walk.c(); k++) {
            mean[k] /= n;
        }
        float[] centre = walk.repeat(k -> (float) mean[k]);
        float[] sum2 = new float[period];
        if (vectors) {
            NormSimd.squares(a, o + from, to - from, centre, sum2);
        } else {
            for (int i = from; i < to; i += period) {
                addSquaresTo(sum2, a, o + i, centre, Math.min(period, to - i));
            }
        }
        walk.fold(sum2, squares, 0);
        for (int k = 0; k < walk.c(); k++) {
            double slip = mean[k] - centre[k]; // the centre was rounded to 32 bits
            squares[k] -= n * slip * slip;
        }
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
    public static void run(BatchNorm f, List<View> in, View y, Cpu cpu) {
        View x = in.get(0);
        View moments = in.get(1);
        int c = x.shape().dim(-1);
        Channels walk = Channels.of(c, x.length());
        float[] mean = walk.repeat(k -> at(moments, k));
        float[] scale =
                walk.repeat(k -> at(in.get(2), k) * (float) rstd(moments, c, k, f.epsilon()));
        float[] shift = walk.repeat(k -> at(in.get(3), k));
        int period = walk.period();
        walk.forEachChunk(
                cpu.workers(),
                (_, from, to) -> {
                    for (int i = from; i < to; i += period) {
                        int n = Math.min(period, to - i);
                        if (cpu.simd()) {
                            NormSimd.normalize(
                                    x.floats(),
                                    x.offset() + i,
                                    mean,
                                    scale,
                                    shift,
                                    y.floats(),
                                    y.offset() + i,
                                    n);
                        } else {
                            normalize(
                                    x.floats(),
                                    x.offset() + i,
                                    mean,
                                    scale,
                                    shift,
                                    y.floats(),
                                    y.offset() + i,
                                    n);
                        }
                    }
                });
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
    public static void run(BatchNormSums f, List<View> in, View sums, Cpu cpu) {
        View x = in.get(0);
        View dy = in.get(1);
        View moments = in.get(2);
        int c = x.shape().dim(-1);
        Channels walk = sums(c, x.length(), cpu);
        boolean vectors = inVectors(walk, cpu);
        float[] mean = walk.repeat(k -> at(moments, k));
        double[][] partial = new double[walk.chunks()][2 * c];
        int period = walk.period();
        walk.forEachChunk(
                cpu.workers(),
                (number, from, to) -> {
                    float[] product = new float[period];
                    float[] sum = new float[period];
                    if (vectors) {
                        NormSimd.products(
                                x.floats(),
                                x.offset() + from,
                                dy.floats(),
                                dy.offset() + from,
                                to - from,
                                mean,
                                product,
                                sum);
                    } else {
                        for (int i = from; i < to; i += period) {
                            addProducts(
                                    product,
                                    sum,
                                    x.floats(),
                                    x.offset() + i,
                                    mean,
                                    dy.floats(),
                                    dy.offset() + i,
                                    Math.min(period, to - i));
                        }
                    }
                    walk.fold(product, partial[number], 0);
                    walk.fold(sum, partial[number], c);
                });
        float[] out = sums.floats();
        for (int k = 0; k < c; k++) {
            double product = 0;
            double sum = 0;
            for (double[] p : partial) {
                product += p[k];
                sum += p[c + k];
            }
            out[sums.offset() + k] = (float) (product * rstd(moments, c, k, f.epsilon()));
            out[sums.offset() + c + k] = (float) sum;
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
    public static void run(BatchNormInput f, List<View> in, View dx, Cpu cpu) {
        View x = in.get(0);
        View dy = in.get(1);
        View moments = in.get(2);
        View sums = in.get(3);
        View gamma = in.get(4);
        int c = x.shape().dim(-1);
        Channels walk = Channels.of(c, x.length());
        double n = walk.rows();
        float[] mean = walk.repeat(k -> at(moments, k));
        float[] a = walk.repeat(k -> (float) (at(gamma, k) * rstd(moments, c, k, f.epsilon())));
        float[] b =
                walk.repeat(k -> {
                    double r = rstd(moments, c, k, f.epsilon());
                    return (float) (-at(gamma, k) * r * r * at(sums, k) / n);
                });
        float[] d = walk.repeat(k -> -a[k] * (float) (at(sums, c + k) / n));
        int period = walk.period();
        walk.forEachChunk(
                cpu.workers(),
                (_, from, to) -> {
                    for (int i = from; i < to; i += period) {
                        int width = Math.min(period, to - i);
                        if (cpu.simd()) {
                            NormSimd.combine(
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
                                    width);
                        } else {
                            combine(
                                    new Operand(dy.floats(), dy.offset() + i, a),
                                    new Operand(x.floats(), x.offset() + i, b),
                                    mean,
                                    d,
                                    dx.floats(),
                                    dx.offset() + i,
                                    width);
                        }
                    }
                });
    }

    /// An array from one position on, and its factor per element of a period.
    private record Operand(float[] values, int at, float[] factor) {}

    private static void combine(
            Operand dy, Operand x, float[] mean, float[] d, float[] dx, int dxAt, int n) {
        float[] p = dy.values();
        float[] q = x.values();
        float[] a = dy.factor();
        float[] b = x.factor();
        int pAt = dy.at();
        int qAt = x.at();
        for (int j = 0; j < n; j++) {
            dx[dxAt + j] = a[j] * p[pAt + j] + b[j] * (q[qAt + j] - mean[j]) + d[j];
        }
    }

    private static double rstd(View moments, int c, int k, double epsilon) {
        return 1 / Math.sqrt(at(moments, c + k) + epsilon);
    }

    private static float at(View x, int i) {
        return x.floats()[x.offset() + i];
    }
}
