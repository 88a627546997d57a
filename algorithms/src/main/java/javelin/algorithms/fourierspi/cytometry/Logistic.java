package javelin.algorithms.fourierspi.cytometry;

/// `1 / (1 + e⁻ᵗ)`, exact and from a table.
final class Logistic {
    /// Beyond this argument the function is 0 or 1 to 9e-7.
    static final double REACH = 14;

    private static final int PER_UNIT = 128;
    private static final float[] TABLE = new float[(int) (2 * REACH * PER_UNIT) + 2];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = (float) exact((double) i / PER_UNIT - REACH);
        }
    }

    private Logistic() {}

    static double exact(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    /// Linear interpolation in the table: within 2e-6 of the function.
    static double interpolated(double t) {
        if (t <= -REACH) {
            return 0;
        }
        if (t >= REACH) {
            return 1;
        }
        double at = (t + REACH) * PER_UNIT;
        int i = (int) at;
        return TABLE[i] + (at - i) * (TABLE[i + 1] - TABLE[i]);
    }
}
