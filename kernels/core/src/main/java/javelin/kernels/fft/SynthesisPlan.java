package javelin.kernels.fft;

import javelin.kernels.cpu.Simd;

import java.util.Arrays;
import java.util.Objects;

/// Real signals of length `n` from their lowest `k` Fourier coefficients, all others being 0, by
/// summing cosines and sines: `x[j] = 1/n · Σ_f w_f·(re_f·cos(2πfj/n) − im_f·sin(2πfj/n))`, where
/// `w_f` is 2, but 1 for `f = 0` and `f = n/2`. The same numbers as [RealPlan#inverse], and faster
/// while `k` is small: a signal costs about `2·k·n` operations. Each sample may have a gain of its
/// own.
///
/// Immutable; shared by any number of threads. Running it allocates nothing.
public final class SynthesisPlan {
    private final int n;
    private final int k;
    private final Synthesis way;

    private SynthesisPlan(int n, int k, Synthesis way) {
        this.n = n;
        this.k = k;
        this.way = way;
    }

    /// Sums of a number of signals.
    interface Synthesis {
        /// Signals one after another, from pairs of `k` coefficients one after another.
        void run(float[] c, int at, int signals, float[] x, int to);
    }

    /// Plan for signals of length `n`.
    ///
    /// @param k coefficients, from 1 to `⌊n/2⌋ + 1`
    /// @throws IllegalArgumentException if `k` does not fit, or the table of sines would exceed 2²⁸
    ///   numbers
    public static SynthesisPlan of(int n, int k) {
        return of(n, k, new float[0], Simd.isAvailable());
    }

    /// Plan for signals that are multiplied by `gains`, sample by sample.
    ///
    /// @throws IllegalArgumentException as above, or if there is not one gain for each sample
    public static SynthesisPlan of(int n, int k, float[] gains) {
        return of(n, k, gains, Simd.isAvailable());
    }

    static SynthesisPlan of(int n, int k, float[] gains, boolean simd) {
        if (n < 1 || k < 1 || k > n / 2 + 1 || (long) n * k > 1 << 28) {
            throw new IllegalArgumentException(
                    "synthesis: %d coefficients do not suit signals of length %d; take 1 to %d"
                            .formatted(k, n, Math.max(n, 0) / 2 + 1));
        }
        if (gains.length != 0 && gains.length != n) {
            throw new IllegalArgumentException(
                    "synthesis: %d gains for signals of length %d".formatted(gains.length, n));
        }
        float[] all = gains.clone();
        if (all.length == 0) {
            all = new float[n];
            Arrays.fill(all, 1);
        }
        boolean wide = simd && SynthesisSimd.suits(n);
        return new SynthesisPlan(
                n, k, wide ? new SynthesisSimd(n, k, all) : new PlainSynthesis(n, k, all));
    }

    /// Length of the signals.
    public int length() {
        return n;
    }

    /// Coefficients of each.
    public int coefficients() {
        return k;
    }

    /// Computes signals.
    ///
    /// @param c coefficients `[signals, k]` of real and imaginary parts in turn; the imaginary
    ///   parts of coefficient 0 and of `n/2` are taken for 0
    /// @param at where they begin
    /// @param x result `[signals, n]`
    /// @param to where it begins
    /// @throws IndexOutOfBoundsException if an array is too short
    public void run(float[] c, int at, int signals, float[] x, int to) {
        Objects.checkFromIndexSize(at, Math.multiplyExact(signals, 2 * k), c.length);
        Objects.checkFromIndexSize(to, Math.multiplyExact(signals, n), x.length);
        way.run(c, at, signals, x, to);
    }

    /// `w_f/n`.
    static double weight(int f, int n) {
        return (f == 0 || 2 * f == n ? 1.0 : 2.0) / n;
    }
}
