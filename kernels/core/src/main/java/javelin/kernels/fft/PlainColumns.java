package javelin.kernels.fft;

import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

/// Batches of transforms in 64 bits with plain loops: some columns at a time are read into a
/// matrix, transformed and written back. Input and output may be the same memory.
final class PlainColumns {
    /// Columns per matrix, where neighbours are in different columns.
    private static final int WIDTH = 8;

    private PlainColumns() {}

    /// Forward transforms of `x [outer, n, inner]`, times `scale`.
    static Work complex(PlainFft fft, Complexes x, Complexes y, Batch batch, double scale) {
        int n = fft.length();
        return blocks(
                fft,
                batch,
                (a, b, o, c, w) -> {
                    int at = o * n * batch.inner() + c;
                    for (int j = 0; j < n; j++, at += batch.inner()) {
                        for (int q = 0; q < w; q++) {
                            a[j * w + q] = x.re(at + q);
                            a[(n + j) * w + q] = x.im(at + q);
                        }
                    }
                    double[] z = fft.run(a, b, w);
                    at = o * n * batch.inner() + c;
                    for (int k = 0; k < n; k++, at += batch.inner()) {
                        for (int q = 0; q < w; q++) {
                            y.setRe(at + q, scale * z[k * w + q]);
                            y.setIm(at + q, scale * z[(n + k) * w + q]);
                        }
                    }
                });
    }

    /// `y [outer, n/2+1, inner]` from real `x [outer, n, inner]`, as [Rfft] has it.
    ///
    /// @param fft transform of length `n/2` for even `n`, else of length `n`
    static Work forwardReal(
            PlainFft fft, int n, Complexes x, Complexes y, Batch batch, double scale, double in) {
        int h = fft.length();
        int inner = batch.inner();
        return blocks(
                fft,
                batch,
                (a, b, o, c, w) -> {
                    int at = o * n * inner + c;
                    int step = n / h;
                    for (int j = 0; j < h; j++, at += step * inner) {
                        for (int q = 0; q < w; q++) {
                            a[j * w + q] = x.re(at + q);
                            a[(h + j) * w + q] = step == 2 ? x.re(at + inner + q) : 0;
                        }
                    }
                    double[] z = fft.run(a, b, w);
                    int to = o * (n / 2 + 1) * inner + c;
                    for (int k = 0; k <= n / 2; k++, to += inner) {
                        double factor = scale * (k == 0 || 2 * k == n ? 1 : in);
                        int one = k == h ? 0 : k;
                        int other = k == 0 ? 0 : h - k;
                        double cos = Roots.cos(k, n);
                        double sin = -Roots.sin(k, n);
                        for (int q = 0; q < w; q++) {
                            double re = z[one * w + q];
                            double im = z[(h + one) * w + q];
                            if (step == 2) { // even numbers were real parts, odd ones imaginary
                                double er = (re + z[other * w + q]) / 2;
                                double ei = (im - z[(h + other) * w + q]) / 2;
                                double or = (im + z[(h + other) * w + q]) / 2;
                                double oi = (z[other * w + q] - re) / 2;
                                re = er + or * cos - oi * sin;
                                im = ei + or * sin + oi * cos;
                            }
                            y.setRe(to + q, factor * re);
                            y.setIm(to + q, factor * im);
                        }
                    }
                });
    }

    /// Real `x [outer, n, inner]` from `y [outer, n/2+1, inner]`, as [Irfft] has it.
    ///
    /// @param fft transform of length `n/2` for even `n`, else of length `n`
    static Work inverseReal(
            PlainFft fft, int n, Complexes y, Complexes x, Batch batch, double scale, double in) {
        int h = fft.length();
        int inner = batch.inner();
        return blocks(
                fft,
                batch,
                (a, b, o, c, w) -> {
                    int half = n / 2;
                    int at = o * (half + 1) * inner + c;
                    for (int q = 0; q < w; q++, at++) {
                        for (int k = 0; k < h; k++) { // the parts go in exchanged
                            int i = at + k * inner;
                            if (n == h) {
                                int mirror = at + (n - k) * inner;
                                boolean first = k <= half;
                                double weight = k == 0 ? 1 : in / 2;
                                a[(h + k) * w + q] = weight * y.re(first ? i : mirror);
                                double im = first ? y.im(i) : -y.im(mirror);
                                a[k * w + q] = k == 0 ? 0 : weight * im;
                                continue;
                            }
                            int m = at + (h - k) * inner;
                            double weight = k == 0 ? 1 : in / 2;
                            double er = weight * (y.re(i) + y.re(m));
                            double ei = k == 0 ? 0 : weight * (y.im(i) - y.im(m));
                            double dr = weight * (y.re(i) - y.re(m));
                            double di = k == 0 ? 0 : weight * (y.im(i) + y.im(m));
                            double cos = Roots.cos(k, n);
                            double sin = Roots.sin(k, n);
                            double or = dr * cos - di * sin;
                            double oi = dr * sin + di * cos;
                            a[(h + k) * w + q] = er - oi;
                            a[k * w + q] = ei + or;
                        }
                    }
                    double[] z = fft.run(a, b, w);
                    int to = o * n * inner + c;
                    int step = n / h;
                    for (int j = 0; j < h; j++, to += step * inner) {
                        for (int q = 0; q < w; q++) {
                            x.setRe(to + q, scale * z[(h + j) * w + q]);
                            if (step == 2) {
                                x.setRe(to + inner + q, scale * z[j * w + q]);
                            }
                        }
                    }
                });
    }

    private static Work blocks(PlainFft fft, Batch batch, Block block) {
        int width = Math.min(WIDTH, batch.inner());
        int blocks = (batch.inner() + width - 1) / width;
        int size = 2 * fft.length() * width;
        return Work.split(
                batch.outer() * blocks,
                Workers.grain(40L * size),
                (from, to) -> {
                    double[] a = Scratch.borrowDoubles(size);
                    double[] b = Scratch.borrowDoubles(size);
                    for (int t = from; t < to; t++) {
                        int c = t % blocks * width;
                        block.run(a, b, t / blocks, c, Math.min(width, batch.inner() - c));
                    }
                    Scratch.giveBack(b);
                    Scratch.giveBack(a);
                });
    }

    /// Transforms columns `c … c+w−1` of matrix `o`.
    @FunctionalInterface
    private interface Block {
        void run(double[] a, double[] b, int o, int c, int w);
    }
}
