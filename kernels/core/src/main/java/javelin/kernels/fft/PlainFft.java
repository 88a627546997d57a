package javelin.kernels.fft;

import javelin.kernels.cpu.Scratch;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Forward transforms of the columns of a matrix `[n, w]` in 64 bits, with plain loops: Stockham's
/// passes for small prime factors, Bluestein's convolution for lengths with a larger one.
/// Immutable.
///
/// A complex matrix is one array, real parts first, imaginary parts from `n·w` on.
///
/// @see "Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, sections 1.7,
///   4.2"
final class PlainFft {
    private final int n;
    private final int[] radices;
    private final double[][] twiddles;
    private final @Nullable Chirp chirp;

    /// Transform of length `n`, at least 1.
    PlainFft(int n) {
        this.n = n;
        boolean smooth = Factors.isSmooth(n);
        radices = smooth ? Factors.of(n) : new int[0];
        twiddles = new double[radices.length][];
        int rest = n;
        for (int i = 0; i < radices.length; i++) {
            int r = radices[i];
            twiddles[i] = new double[2 * rest + 2 * r];
            fill(twiddles[i], r, rest);
            rest /= r;
        }
        chirp = smooth ? null : new Chirp(n);
    }

    /// `e^(−2πi·pk/n)` at `2·(p·r + k)`, and behind them the roots of order `r`.
    private static void fill(double[] to, int r, int n) {
        for (int p = 0; p < n / r; p++) {
            for (int k = 0; k < r; k++) {
                to[2 * (p * r + k)] = Roots.cos((long) p * k, n);
                to[2 * (p * r + k) + 1] = -Roots.sin((long) p * k, n);
            }
        }
        for (int k = 0; k < r; k++) {
            to[2 * (n + k)] = Roots.cos(k, r);
            to[2 * (n + k) + 1] = -Roots.sin(k, r);
        }
    }

    int length() {
        return n;
    }

    /// Transforms `w` columns that lie in `a`; `b` has the same size, `2·n·w`, and any content.
    ///
    /// @return `a` or `b`, whichever holds the result
    double[] run(double[] a, double[] b, int w) {
        if (chirp != null) {
            chirp.run(a, w);
            return a;
        }
        double[] x = a;
        double[] y = b;
        int s = w;
        for (int i = 0; i < radices.length; i++) {
            pass(radices[i], x, y, n * w, n * w / s / radices[i], s, twiddles[i]);
            s *= radices[i];
            double[] t = x;
            x = y;
            y = t;
        }
        return x;
    }

    /// Whether [#run] returns its first array.
    private boolean endsInPlace() {
        return radices.length % 2 == 0;
    }

    /// One pass: `y[p, k, q] = w^(pk) · Σ_j x[j, p, q] · e^(−2πi·jk/r)` for `p < l`, `q < s`.
    private static void pass(int r, double[] x, double[] y, int im, int l, int s, double[] tw) {
        switch (r) {
            case 2 -> pass2(x, y, im, l, s, tw);
            case 3 -> pass3(x, y, im, l, s, tw);
            case 4 -> pass4(x, y, im, l, s, tw);
            default -> passOdd(r, x, y, im, l, s, tw);
        }
    }

    private static void pass2(double[] x, double[] y, int im, int l, int s, double[] tw) {
        for (int p = 0; p < l; p++) {
            double wr = tw[4 * p + 2];
            double wi = tw[4 * p + 3];
            for (int q = 0; q < s; q++) {
                int a = p * s + q;
                int b = a + l * s;
                int to = 2 * p * s + q;
                double dr = x[a] - x[b];
                double di = x[im + a] - x[im + b];
                y[to] = x[a] + x[b];
                y[im + to] = x[im + a] + x[im + b];
                y[to + s] = dr * wr - di * wi;
                y[im + to + s] = dr * wi + di * wr;
            }
        }
    }

    private static void pass3(double[] x, double[] y, int im, int l, int s, double[] tw) {
        double half = Math.sqrt(0.75);
        for (int p = 0; p < l; p++) {
            for (int q = 0; q < s; q++) {
                int a = p * s + q;
                int b = a + l * s;
                int c = b + l * s;
                int to = 3 * p * s + q;
                double sr = x[b] + x[c];
                double si = x[im + b] + x[im + c];
                double tr = x[a] - 0.5 * sr;
                double ti = x[im + a] - 0.5 * si;
                double dr = half * (x[im + b] - x[im + c]);
                double di = half * (x[c] - x[b]);
                y[to] = x[a] + sr;
                y[im + to] = x[im + a] + si;
                store(y, im, to + s, tr + dr, ti + di, tw, 6 * p + 2);
                store(y, im, to + 2 * s, tr - dr, ti - di, tw, 6 * p + 4);
            }
        }
    }

    private static void pass4(double[] x, double[] y, int im, int l, int s, double[] tw) {
        for (int p = 0; p < l; p++) {
            for (int q = 0; q < s; q++) {
                int a = p * s + q;
                int b = a + l * s;
                int c = b + l * s;
                int d = c + l * s;
                int to = 4 * p * s + q;
                double acr = x[a] + x[c];
                double aci = x[im + a] + x[im + c];
                double bdr = x[b] + x[d];
                double bdi = x[im + b] + x[im + d];
                double er = x[a] - x[c];
                double ei = x[im + a] - x[im + c];
                double fr = x[im + b] - x[im + d]; // −i · (b − d)
                double fi = x[d] - x[b];
                y[to] = acr + bdr;
                y[im + to] = aci + bdi;
                store(y, im, to + s, er + fr, ei + fi, tw, 8 * p + 2);
                store(y, im, to + 2 * s, acr - bdr, aci - bdi, tw, 8 * p + 4);
                store(y, im, to + 3 * s, er - fr, ei - fi, tw, 8 * p + 6);
            }
        }
    }

    /// Odd radix: inputs `j` and `r − j` are taken together, and so are outputs `k` and `r − k`.
    private static void passOdd(int r, double[] x, double[] y, int im, int l, int s, double[] tw) {
        int roots = 2 * l * r;
        for (int p = 0; p < l; p++) {
            for (int q = 0; q < s; q++) {
                int at = p * s + q;
                int to = p * r * s + q;
                double sumRe = x[at];
                double sumIm = x[im + at];
                for (int j = 1; j < r; j++) {
                    sumRe += x[at + j * l * s];
                    sumIm += x[im + at + j * l * s];
                }
                y[to] = sumRe;
                y[im + to] = sumIm;
                for (int k = 1; 2 * k < r; k++) {
                    double er = x[at];
                    double ei = x[im + at];
                    double or = 0;
                    double oi = 0;
                    for (int j = 1; 2 * j < r; j++) {
                        int a = at + j * l * s;
                        int b = at + (r - j) * l * s;
                        int angle = j * k % r;
                        double cos = tw[roots + 2 * angle];
                        double sin = tw[roots + 2 * angle + 1];
                        er += cos * (x[a] + x[b]);
                        ei += cos * (x[im + a] + x[im + b]);
                        or -= sin * (x[im + a] - x[im + b]);
                        oi += sin * (x[a] - x[b]);
                    }
                    store(y, im, to + k * s, er + or, ei + oi, tw, 2 * (p * r + k));
                    store(y, im, to + (r - k) * s, er - or, ei - oi, tw, 2 * (p * r + r - k));
                }
            }
        }
    }

    private static void store(
            double[] y, int im, int to, double re, double i, double[] tw, int at) {
        y[to] = re * tw[at] - i * tw[at + 1];
        y[im + to] = re * tw[at + 1] + i * tw[at];
    }

    /// `y[k] = c[k] · Σ_j (x[j]·c[j]) · h[k−j]` with `c[j] = e^(−πi·j²/n)` and `h = 1/c`: a
    /// convolution, done by transforms of a longer, smooth length.
    ///
    /// @see "Bluestein, A linear filtering approach to the computation of discrete Fourier
    ///   transform, 1970"
    private static final class Chirp {
        private final int n;
        private final int m;
        private final double[] c;
        private final double[] h;
        private final PlainFft longer;

        Chirp(int n) {
            this.n = n;
            m = Factors.convolution(n);
            longer = new PlainFft(m);
            c = chirp(n);
            h = longer.filter(c, n);
        }

        void run(double[] x, int w) {
            double[] a = Scratch.borrowDoubles(2 * m * w);
            double[] b = Scratch.borrowDoubles(2 * m * w);
            for (int half = 0; half < 2; half++) {
                Arrays.fill(a, (half * m + n) * w, (half + 1) * m * w, 0);
            }
            times(c, n, x, n * w, a, m * w, w);
            double[] y = longer.run(a, b, w);
            times(h, m, y, m * w, y, m * w, w);
            swap(y, m * w, m * w);
            double[] z = longer.run(y, longer.endsInPlace() ? b : a, w);
            swap(z, m * w, n * w);
            times(c, n, z, m * w, x, n * w, w);
            Scratch.giveBack(b);
            Scratch.giveBack(a);
        }

        /// `y[j, q] = c[j] · x[j, q]`, with the imaginary parts at `imX` and `imY`.
        private static void times(
                double[] c, int n, double[] x, int imX, double[] y, int imY, int w) {
            for (int j = 0; j < n; j++) {
                for (int at = j * w; at < j * w + w; at++) {
                    store(y, imY, at, x[at], x[imX + at], c, 2 * j);
                }
            }
        }

        /// Real for imaginary parts: the forward transform between two swaps is the inverse one.
        private static void swap(double[] x, int im, int n) {
            for (int i = 0; i < n; i++) {
                double t = x[i];
                x[i] = x[im + i];
                x[im + i] = t;
            }
        }
    }

    /// `e^(−πi·j²/n)` for `j < n`, as pairs.
    static double[] chirp(int n) {
        double[] c = new double[2 * n];
        for (int j = 0; j < n; j++) {
            c[2 * j] = Roots.cos((long) j * j, 2L * n);
            c[2 * j + 1] = -Roots.sin((long) j * j, 2L * n);
        }
        return c;
    }

    /// Spectrum, over this length, of the inverse of a chirp on both sides of 0, as pairs; the
    /// factor of the inverse transform is in it.
    double[] filter(double[] c, int chirpLength) {
        int m = n;
        double[] a = new double[2 * m];
        for (int j = 0; j < chirpLength; j++) {
            int mirror = j == 0 ? 0 : m - j;
            a[j] = c[2 * j] / m;
            a[m + j] = -c[2 * j + 1] / m;
            a[mirror] = a[j];
            a[m + mirror] = a[m + j];
        }
        double[] spectrum = run(a, new double[2 * m], 1);
        double[] h = new double[2 * m];
        for (int k = 0; k < m; k++) {
            h[2 * k] = spectrum[k];
            h[2 * k + 1] = spectrum[m + k];
        }
        return h;
    }
}
