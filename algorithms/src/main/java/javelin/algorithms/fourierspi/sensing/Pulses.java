package javelin.algorithms.fourierspi.sensing;

/// Between pulses of light, whose patterns are 0 and 1, and measurements with ±1.
public final class Pulses {
    private Pulses() {}

    /// Light pattern of one row of a measurement: 1 where the entry is positive, else 0.
    public static float[] pattern(Measurement a, int row) {
        float[] unit = new float[a.rows()];
        unit[row] = 1;
        float[] pattern = new float[a.columns()];
        a.adjoint(unit, pattern);
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (1 + pattern[i]) / 2;
        }
        return pattern;
    }

    /// `b = 2·y − y_on`: what patterns `2p − 1` would have measured. Without it the mean of the
    /// pattern, which all rows share, dominates the matrix and every solver converges badly.
    ///
    /// @param y energies of the patterns
    /// @param on energy of the pulse that lights everything; it counts as one measurement more
    public static float[] toSigned(float[] y, float on) {
        Vectors.check("pulses", y, y.length);
        Vectors.check("pulse that lights everything", new float[] {on}, 1);
        float[] b = new float[y.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = 2 * y[i] - on;
        }
        return b;
    }
}
