package javelin.kernels.fft;

/// Roots of unity and orders for Pease's passes over the columns of a matrix of vectors. Immutable.
///
/// A matrix `[n, q]` of vectors is transformed along `n = r0·r1·…`. A pass of radix `r` over `V =
/// n·q` vectors takes `x[v + j·V/r]` to `y[r·v + k]` for all `v < V/r`: always the same distances,
/// and one loop. In the index the digits of the row leave at the top and those of the frequency
/// come in below, so that the result is `[q, n]`, with frequency `k0 + r0·k1 + r0·r1·k2 + …` at
/// place `(k0·r1 + k1)·r2 + k2 …`.
///
/// @see "Pease, An adaptation of the fast Fourier transform for parallel processing, 1968"
final class PeaseTables {
    private final int n;
    private final int q;
    private final int[] radices;
    private final float[][] turns;

    /// Tables for columns of a length with small prime factors, at least 2.
    ///
    /// @param q vectors in a row of the matrix
    /// @param radices the factors, in the order of the passes
    PeaseTables(int n, int q, int[] radices) {
        this.n = n;
        this.q = q;
        this.radices = radices;
        turns = new float[radices.length][];
        int before = 1;
        for (int t = 0; t < radices.length; t++) {
            turns[t] = turns(radices[t], n / before, q * before, n * q / radices[t]);
            before *= radices[t];
        }
    }

    /// Real part and imaginary part of `e^(−2πi·pk/n)` for `k = 1 … r−1`, for each of `count`
    /// butterflies, `same` of which have the same `p`; entries begin at multiples of [#entry].
    private static float[] turns(int r, int n, int same, int count) {
        int size = entry(r);
        float[] tw = new float[size * count];
        for (int v = 0; v < count; v++) {
            if (v % same > 0) {
                System.arraycopy(tw, (v - 1) * size, tw, v * size, size);
                continue;
            }
            long p = v / same;
            for (int k = 1; k < r; k++) {
                int at = v * size + 2 * (k - 1);
                tw[at] = (float) Roots.cos(p * k, n);
                tw[at + 1] = (float) -Roots.sin(p * k, n);
            }
        }
        return tw;
    }

    /// Elements of the roots of one butterfly: a power of two, so that their index is a shift.
    static int entry(int r) {
        return r == 2 ? 2 : Integer.highestOneBit(2 * r - 3) * 2;
    }

    /// Vectors of the matrix.
    int vectors() {
        return n * q;
    }

    int passes() {
        return radices.length;
    }

    int radix(int pass) {
        return radices[pass];
    }

    int last() {
        return radices[radices.length - 1];
    }

    /// Roots of a pass; see [PeaseSimd].
    float[] turns(int pass) {
        return turns[pass];
    }

    /// Roots of the first pass with one entry per row.
    float[] rowTurns() {
        return turns(radices[0], n, 1, n / radices[0]);
    }

    /// Frequency of each place of the result.
    int[] frequencies() {
        return frequencies(radices.length);
    }

    /// Frequencies before the last pass, as far as the digits are known.
    int[] frequenciesBeforeLast() {
        return frequencies(radices.length - 1);
    }

    private int[] frequencies(int passes) {
        int[] of = {0};
        int weight = 1;
        for (int t = 0; t < passes; t++) {
            int r = radices[t];
            int[] next = new int[of.length * r];
            for (int i = 0; i < next.length; i++) {
                next[i] = of[i / r] + i % r * weight;
            }
            of = next;
            weight *= r;
        }
        return of;
    }
}
