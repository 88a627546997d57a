package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// Absorbance on square pixels from lines; see [Resampling]. The weights of rows are worked out
/// once and kept. Not thread-safe.
final class Resampler {
    private final Resampling method;
    private double step = Double.NaN;
    private int taps; // of a row, a multiple of four
    private int known; // rows whose weights are known
    private int[] firsts = new int[0]; // first line of each row
    private float[] weights = new float[0]; // [rows, taps], of sum 1

    Resampler(Resampling method) {
        this.method = method;
    }

    /// `image[r, c] = background[c] − Σ_l w(r·step − l)·lines[l, c]`, weights of a row of sum 1.
    /// Rows closer than the lines' pitch interpolate, rows farther apart average. Before the first
    /// and after the last line that line counts.
    ///
    /// @param lines `[rows, n]`
    /// @param step pixel over pitch of the lines: lines from row to row
    /// @param image result, row `r` from `(r + 1)·(n + 2) + 1`
    void absorbance(
            float[] lines, int rows, int n, double step, float[] background, float[] image) {
        int to = Resampling.rows(rows, step);
        learn(to, step);
        for (int r = 0; r < to; r++) {
            int out = (r + 1) * (n + 2) + 1;
            System.arraycopy(background, 0, image, out, n);
            for (int t = 0; t < taps; t += 4) {
                int l = firsts[r] + t;
                int w = r * taps + t;
                subtract(
                        lines,
                        Math.clamp(l, 0, rows - 1) * n,
                        Math.clamp(l + 1, 0, rows - 1) * n,
                        Math.clamp(l + 2, 0, rows - 1) * n,
                        Math.clamp(l + 3, 0, rows - 1) * n,
                        w,
                        image,
                        out,
                        n);
            }
        }
    }

    /// Four lines at once: a loop over the pixels costs more to begin than to run.
    private void subtract(float[] x, int a, int b, int c, int d, int w, float[] y, int to, int n) {
        float wa = weights[w];
        float wb = weights[w + 1];
        float wc = weights[w + 2];
        float wd = weights[w + 3];
        for (int i = 0; i < n; i++) {
            y[to + i] -= wa * x[a + i] + wb * x[b + i] + (wc * x[c + i] + wd * x[d + i]);
        }
    }

    private void learn(int rows, double lineStep) {
        if (lineStep != step) {
            step = lineStep;
            known = 0;
            double reach = 2 * method.radius() * Math.max(1, step);
            taps = ((int) Math.ceil(reach) + 3) / 4 * 4;
        }
        if (known >= rows) {
            return;
        }
        firsts = Arrays.copyOf(firsts, Math.max(rows, firsts.length));
        weights = Arrays.copyOf(weights, Math.max(rows * taps, weights.length));
        double stretch = Math.max(1, step);
        for (int r = known; r < rows; r++) {
            double at = r * step;
            int first = (int) Math.floor(at - method.radius() * stretch) + 1;
            double sum = 0;
            for (int t = 0; t < taps; t++) {
                sum += method.weight((first + t - at) / stretch);
            }
            for (int t = 0; t < taps; t++) {
                weights[r * taps + t] = (float) (method.weight((first + t - at) / stretch) / sum);
            }
            firsts[r] = first;
        }
        known = rows;
    }
}
