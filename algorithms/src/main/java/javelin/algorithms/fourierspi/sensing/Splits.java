package javelin.algorithms.fourierspi.sensing;

/// Loops that both forms of ADMM share.
final class Splits {
    private Splits() {}

    /// `z = shrink(d + u, t)`, then `u += d − z`.
    static void update(float[] d, float[] z, float[] u, float t) {
        for (int i = 0; i < d.length; i++) {
            float sum = d[i] + u[i];
            float rest = Math.max(-t, Math.min(t, sum));
            z[i] = sum - rest;
            u[i] = rest;
        }
    }

    /// Each of the rows of `spectrum`, as long as `factors`, times them.
    static void multiply(float[] spectrum, float[] factors) {
        for (int at = 0; at < spectrum.length; at += factors.length) {
            for (int i = 0; i < factors.length; i++) {
                spectrum[at + i] *= factors[i];
            }
        }
    }
}
