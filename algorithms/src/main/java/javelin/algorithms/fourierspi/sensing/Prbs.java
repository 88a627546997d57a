package javelin.algorithms.fourierspi.sensing;

/// Pseudo-random binary sequence of a linear feedback shift register, as pattern generators have
/// them.
///
/// @see "ITU-T Recommendation O.150, General requirements for instrumentation for performance
///   measurements on digital transmission equipment, 1996"
public final class Prbs {
    private final int length;
    private final int tap;
    private int state;

    private Prbs(int length, int tap, long seed) {
        this.length = length;
        this.tap = tap;
        int mask = (int) ((1L << length) - 1);
        state = (int) (seed ^ seed >>> length) & mask;
        if (state == 0) {
            state = mask; // the register must hold a one
        }
    }

    /// `x¹⁵ + x¹⁴ + 1`, of period 32767.
    public static Prbs prbs15(long seed) {
        return new Prbs(15, 14, seed);
    }

    /// `x³¹ + x²⁸ + 1`, of period 2³¹ − 1.
    public static Prbs prbs31(long seed) {
        return new Prbs(31, 28, seed);
    }

    /// Number of chips after which the sequence repeats.
    public int period() {
        return (int) ((1L << length) - 1);
    }

    /// Next chip, 0 or 1.
    public int next() {
        int chip = (state >>> (length - 1) ^ state >>> (tap - 1)) & 1;
        state = (state << 1 | chip) & period();
        return chip;
    }
}
