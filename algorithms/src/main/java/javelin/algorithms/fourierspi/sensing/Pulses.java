package javelin.algorithms.fourierspi.sensing;

import javelin.tensor.Rng;

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

    /// Signed measurements of lines or of a frame by pulses of light with noise: [#toSigned] of
    /// what a detector sees of [#pattern]. Each line, as a frame, has one pulse that lights
    /// everything, whose noise all its measurements share.
    ///
    /// @param image one or several times as many pixels as `a` measures
    /// @param noise of a pulse
    public static float[] detect(Measurement a, float[] image, Noise noise, Rng rng) {
        int n = a.columns();
        int m = a.rows();
        Vectors.check("image", image, Math.max(1, image.length / n) * n);
        float[] b = new float[image.length / n * m];
        float[] x = new float[n];
        float[] y = new float[m];
        for (int l = 0; l * n < image.length; l++) {
            System.arraycopy(image, l * n, x, 0, n);
            a.apply(x, y);
            double all = 0;
            for (float v : x) {
                all += v;
            }
            for (int i = 0; i < m; i++) {
                y[i] = (float) noise.read((all + y[i]) / 2, n, rng);
            }
            float[] signed = toSigned(y, (float) noise.read(all, n, rng));
            System.arraycopy(signed, 0, b, l * m, m);
        }
        return b;
    }
}
