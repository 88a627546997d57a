package javelin.kernels.random;

/// Random words as numbers: the one definition of the bits that every backend must give.
///
/// Only operations that IEEE 754 rounds correctly are used (sums, products, fused multiply-add,
/// square root, conversion of integers), in float32 and in the order written here, so that a GPU
/// gives the same bits as the processor.
final class RandomNumbers {
    /// Numbers per call of [#fill] at most; a multiple of 4.
    static final int CHUNK = 4096;

    private static final float TO_UNIT = 0x1p-24f;
    private static final float LN_2_HIGH = 0x1.62e4p-1f; // 16 bits: its multiples are exact
    private static final float LN_2_LOW = 0x1.7f7d1cp-20f;

    private RandomNumbers() {}

    /// Elements `from … from + n − 1` of the kernel's output, at `y[offset …]`; `from` is a
    /// multiple of 4 and `n` at most [#CHUNK]. `words` is space for as many random words.
    static void fill(RandomFill f, int from, int[] words, float[] y, int offset, int n) {
        int blocks = (n + 3) / 4;
        Philox.fill(f.key(), f.counter() + from / 4, words, blocks);
        switch (f.law()) {
            case UNIFORM -> uniform(words, (float) f.first(), (float) f.second(), y, offset, n);
            case NORMAL -> normal(words, (float) f.first(), (float) f.second(), y, offset, n);
            case BERNOULLI -> bernoulli(words, f.first(), y, offset, n);
        }
    }

    /// `low + u · (high − low)` with `u` in `[0, 1)` from the upper 24 bits; rounding up to `high`
    /// gives the number before it.
    private static void uniform(int[] words, float low, float high, float[] y, int offset, int n) {
        float range = high - low;
        float last = last(low, high);
        for (int i = 0; i < n; i++) {
            float u = (words[i] >>> 8) * TO_UNIT;
            y[offset + i] = Math.min(Math.fma(u, range, low), last);
        }
    }

    /// Largest uniform number.
    static float last(float low, float high) {
        return Math.max(low, Math.nextDown(high));
    }

    /// `⌈p · 2²⁴⌉`: how many numbers of 24 bits count as 1.
    static int limit(double p) {
        return (int) Math.ceil(p * 0x1p24);
    }

    /// 1 where the upper 24 bits are below `p · 2²⁴`.
    private static void bernoulli(int[] words, double p, float[] y, int offset, int n) {
        int limit = limit(p);
        for (int i = 0; i < n; i++) {
            y[offset + i] = (words[i] >>> 8) < limit ? 1 : 0;
        }
    }

    /// Each pair of words gives a pair of independent normal numbers.
    ///
    /// `r = √(−2 ln u)`, `u = (word₀ + 1) / 2³²`; `z₀ = r · cos 2πv`, `z₁ = r · sin 2πv`, `v =
    /// word₁ / 2³²`
    ///
    /// @see "Box and Muller, A note on the generation of random normal deviates, 1958"
    private static void normal(int[] words, float mean, float deviation, float[] y, int at, int n) {
        for (int i = 0; i < n; i += 2) {
            float u = ((words[i] & 0xFFFFFFFFL) + 1f) * 0x1p-32f;
            float radius = (float) Math.sqrt(-2 * ln(u));
            // v = quarter / 4 + a with a in [−1/8, 1/8)
            int quarter = (words[i + 1] + 0x2000_0000) >>> 30;
            float a = (words[i + 1] - (quarter << 30)) * 0x1p-32f;
            float square = a * a;
            float sin = a * sinOverTurn(square);
            float cos = cosOfTurn(square);
            boolean odd = (quarter & 1) != 0; // a quarter turn exchanges both
            float x = odd ? sin : cos;
            float z = odd ? cos : sin;
            x = quarter == 1 || quarter == 2 ? -x : x;
            z = quarter >= 2 ? -z : z;
            y[at + i] = Math.fma(radius * x, deviation, mean);
            if (i + 1 < n) {
                y[at + i + 1] = Math.fma(radius * z, deviation, mean);
            }
        }
    }

    /// Natural logarithm of a normal number `u = m · 2ᵉ`, `m` in `[√½, √2)`, relative error about
    /// 1e-7: `ln(1+f) = f − f²/2 + f³ P(f)` with a minimax polynomial (weighted Lawson iteration,
    /// relative error 6e-9), `f = m − 1`.
    private static float ln(float u) {
        int bits = Float.floatToRawIntBits(u);
        int exponent = (bits - 0x3F35_04F3) >> 23; // the bits of √½
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float p = -0x1.38baecp-4f;
        p = Math.fma(p, f, 0x1.05617cp-3f);
        p = Math.fma(p, f, -0x1.0d85e0p-3f);
        p = Math.fma(p, f, 0x1.22d8b2p-3f);
        p = Math.fma(p, f, -0x1.547218p-3f);
        p = Math.fma(p, f, 0x1.99a022p-3f);
        p = Math.fma(p, f, -0x1.000228p-2f);
        p = Math.fma(p, f, 0x1.555554p-2f);
        float square = f * f;
        float tail = Math.fma(p, f, -0.5f) * square;
        tail = Math.fma(exponent, LN_2_LOW, tail);
        return Math.fma(exponent, LN_2_HIGH, f + tail);
    }

    /// `sin(2πa) / a` from `a²`, `|a| ≤ 1/8`; relative error of the polynomial 3e-8.
    private static float sinOverTurn(float square) {
        float p = 0x1.638112p8f;
        p = Math.fma(p, square, -0x1.5b0a50p6f);
        p = Math.fma(p, square, 0x1.46d3acp6f);
        p = Math.fma(p, square, -0x1.4abc7cp5f);
        return Math.fma(p, square, 0x1.921fb6p2f);
    }

    /// `cos(2πa)` from `a²`, `|a| ≤ 1/8`; relative error of the polynomial 4e-10.
    private static float cosOfTurn(float square) {
        float p = 0x1.d4e420p5f;
        p = Math.fma(p, square, -0x1.55b29ap6f);
        p = Math.fma(p, square, 0x1.03c1b0p6f);
        p = Math.fma(p, square, -0x1.3bd3ccp4f);
        return Math.fma(p, square, 1);
    }

    /// Fisher and Yates' shuffle. Step `i` takes word pair `i` of the stream (block `counter +
    /// i/2`) as a 64-bit number `r` and draws `i + ⌊r · (n − i) / 2⁶⁴⌋`; the odds of two places
    /// differ by less than `n · 2⁻⁶⁴`. `words` is space for one block.
    static void shuffle(Permutation f, int[] words, int[] y, int offset, int n) {
        for (int i = 0; i < n; i++) {
            y[offset + i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            if (i % 2 == 0) {
                Philox.fill(f.key(), f.counter() + i / 2, words, 1);
            }
            int pair = i % 2 * 2;
            long r = (words[pair] & 0xFFFFFFFFL) | (long) words[pair + 1] << 32;
            int j = offset + i + (int) Math.unsignedMultiplyHigh(r, n - i);
            int swapped = y[offset + i];
            y[offset + i] = y[j];
            y[j] = swapped;
        }
    }
}
