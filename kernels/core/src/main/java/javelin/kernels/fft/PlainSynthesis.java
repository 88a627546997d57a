package javelin.kernels.fft;

import java.util.Arrays;

/// One wave after another, in plain loops.
final class PlainSynthesis implements SynthesisPlan.Synthesis {
    private final int n;
    private final int k;
    private final float[] cos;
    private final float[] minusSin;
    private final float[] gains;

    PlainSynthesis(int n, int k, float[] gains) {
        this.gains = gains;
        this.n = n;
        this.k = k;
        cos = new float[n * k];
        minusSin = new float[n * k];
        for (int f = 0; f < k; f++) {
            for (int j = 0; j < n; j++) {
                cos[f * n + j] = (float) (SynthesisPlan.weight(f, n) * Roots.cos((long) f * j, n));
                minusSin[f * n + j] =
                        (float) (-SynthesisPlan.weight(f, n) * Roots.sin((long) f * j, n));
            }
        }
    }

    @Override
    public void run(float[] c, int at, int signals, float[] x, int to) {
        for (int s = 0; s < signals; s++) {
            int start = to + s * n;
            Arrays.fill(x, start, start + n, 0);
            for (int f = 0; f < k; f++) {
                add(c[at + 2 * (s * k + f)], c[at + 2 * (s * k + f) + 1], f * n, x, start);
            }
            for (int j = 0; j < n; j++) {
                x[start + j] *= gains[j];
            }
        }
    }

    private void add(float re, float im, int wave, float[] x, int start) {
        for (int j = 0; j < n; j++) {
            x[start + j] += re * cos[wave + j] + im * minusSin[wave + j];
        }
    }
}
