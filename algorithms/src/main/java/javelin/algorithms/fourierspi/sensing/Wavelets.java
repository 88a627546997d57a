package javelin.algorithms.fourierspi.sensing;

import java.util.Arrays;

/// Orthonormal two-dimensional wavelet transform with periodic borders, all bands of a level in one
/// quarter each, the coarse picture in the upper left corner.
///
/// @see "Daubechies, Orthonormal bases of compactly supported wavelets, 1988"
public final class Wavelets implements Transform {
    private static final double[] HAAR = {Math.sqrt(0.5), Math.sqrt(0.5)};
    private static final double[] DAUBECHIES_4 = {
        (1 + Math.sqrt(3)) / Math.sqrt(32),
        (3 + Math.sqrt(3)) / Math.sqrt(32),
        (3 - Math.sqrt(3)) / Math.sqrt(32),
        (1 - Math.sqrt(3)) / Math.sqrt(32)
    };

    private final float[] low;
    private final float[] high;
    private final int height;
    private final int width;
    private final int levels;
    private final float[] scratch;

    private Wavelets(double[] filter, int height, int width, int levels) {
        if (levels < 1
                || height % (1 << levels) != 0
                || width % (1 << levels) != 0
                || Math.min(height, width) >> (levels - 1) < filter.length) {
            throw new IllegalArgumentException(
                    "wavelets: %d levels do not fit %d×%d pixels".formatted(levels, height, width));
        }
        this.height = height;
        this.width = width;
        this.levels = levels;
        int n = filter.length;
        low = new float[n];
        high = new float[n];
        for (int i = 0; i < n; i++) {
            low[i] = (float) filter[i];
            high[i] = (float) ((i % 2 == 0 ? 1 : -1) * filter[n - 1 - i]);
        }
        scratch = new float[height * width];
    }

    /// Levels of four taps that fit a picture, 4 at most; 0 if none does.
    static int levels(int height, int width) {
        int levels = 0;
        while (levels < 4
                && height % (2 << levels) == 0
                && width % (2 << levels) == 0
                && Math.min(height, width) >> levels >= DAUBECHIES_4.length) {
            levels++;
        }
        return levels;
    }

    /// Haar's wavelet, of two taps.
    public static Wavelets haar(int height, int width, int levels) {
        return new Wavelets(HAAR, height, width, levels);
    }

    /// Daubechies' wavelet of four taps and two vanishing moments.
    public static Wavelets daubechies4(int height, int width, int levels) {
        return new Wavelets(DAUBECHIES_4, height, width, levels);
    }

    @Override
    public int size() {
        return scratch.length;
    }

    @Override
    public void analyse(float[] x, float[] z) {
        System.arraycopy(x, 0, z, 0, scratch.length);
        for (int level = 0; level < levels; level++) {
            int h = height >> level;
            int w = width >> level;
            for (int i = 0; i < h; i++) {
                splitRow(z, scratch, i * width, w / 2);
            }
            splitColumns(scratch, z, h / 2, w);
        }
    }

    @Override
    public void synthesise(float[] z, float[] x) {
        System.arraycopy(z, 0, x, 0, scratch.length);
        for (int level = levels - 1; level >= 0; level--) {
            int h = height >> level;
            int w = width >> level;
            mergeColumns(x, scratch, h / 2, w);
            for (int i = 0; i < h; i++) {
                mergeRow(scratch, x, i * width, w / 2);
            }
        }
    }

    @Override
    public boolean isCoarse(int coefficient) {
        return coefficient / width < height >> levels && coefficient % width < width >> levels;
    }

    private void splitRow(float[] x, float[] z, int at, int half) {
        for (int j = 0; j < half; j++) {
            float s = 0;
            float d = 0;
            for (int t = 0; t < low.length; t++) {
                float v = x[at + (2 * j + t) % (2 * half)];
                s += low[t] * v;
                d += high[t] * v;
            }
            z[at + j] = s;
            z[at + half + j] = d;
        }
    }

    private void mergeRow(float[] z, float[] x, int at, int half) {
        Arrays.fill(x, at, at + 2 * half, 0);
        for (int j = 0; j < half; j++) {
            float s = z[at + j];
            float d = z[at + half + j];
            for (int t = 0; t < low.length; t++) {
                x[at + (2 * j + t) % (2 * half)] += low[t] * s + high[t] * d;
            }
        }
    }

    private void splitColumns(float[] x, float[] z, int half, int w) {
        for (int i = 0; i < half; i++) {
            int s = i * width;
            int d = (half + i) * width;
            Arrays.fill(z, s, s + w, 0);
            Arrays.fill(z, d, d + w, 0);
            for (int t = 0; t < low.length; t++) {
                int row = (2 * i + t) % (2 * half) * width;
                addScaled(low[t], x, row, z, s, w);
                addScaled(high[t], x, row, z, d, w);
            }
        }
    }

    private void mergeColumns(float[] z, float[] x, int half, int w) {
        for (int i = 0; i < 2 * half; i++) {
            Arrays.fill(x, i * width, i * width + w, 0);
        }
        for (int i = 0; i < half; i++) {
            for (int t = 0; t < low.length; t++) {
                int row = (2 * i + t) % (2 * half) * width;
                addScaled(low[t], z, i * width, x, row, w);
                addScaled(high[t], z, (half + i) * width, x, row, w);
            }
        }
    }

    private static void addScaled(float f, float[] x, int from, float[] y, int to, int n) {
        for (int j = 0; j < n; j++) {
            y[to + j] += f * x[from + j];
        }
    }
}
