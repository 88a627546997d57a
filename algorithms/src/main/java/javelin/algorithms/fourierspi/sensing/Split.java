package javelin.algorithms.fourierspi.sensing;

/// The differences of a block of lines in one direction, as ADMM splits them off: `d = D·x`, their
/// sparse copy `z`, and the scaled multiplier `u` of `d = z`.
final class Split {
    final float[] d;
    private final float[] z;
    private final float[] u;

    Split(int size) {
        d = new float[size];
        z = new float[size];
        u = new float[size];
    }

    /// `d = z − u`, what the next `x` should have for differences.
    void aim() {
        Vectors.subtract(z, u, d);
    }

    /// `z = shrink(d + u, t)`, then `u += d − z`.
    void update(float t) {
        for (int i = 0; i < d.length; i++) {
            float sum = d[i] + u[i];
            float rest = Math.max(-t, Math.min(t, sum));
            z[i] = sum - rest;
            u[i] = rest;
        }
    }
}
