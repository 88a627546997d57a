package javelin.algorithms.fourierspi.sensing;

import javelin.tensor.Rng;

/// Pictures and noise for tests.
final class Pictures {
    private Pictures() {}

    /// Bright discs, some with a darker core, on a dark ground: like cells, piecewise constant.
    static float[] cells(int size, long seed) {
        Rng rng = Rng.seed(seed);
        float[] image = new float[size * size];
        java.util.Arrays.fill(image, 0.1f);
        for (int c = 0; c < 7; c++) {
            double x = size * (0.12 + 0.76 * rng.nextDouble());
            double y = size * (0.12 + 0.76 * rng.nextDouble());
            double radius = size * (0.05 + 0.06 * rng.nextDouble());
            float light = (float) (0.45 + 0.5 * rng.nextDouble());
            for (int i = 0; i < image.length; i++) {
                int row = i / size;
                double r = Math.hypot(i % size + 0.5 - x, row + 0.5 - y);
                if (r < radius) {
                    image[i] = r < 0.4 * radius ? light - 0.3f : light;
                }
            }
        }
        return image;
    }

    /// Independent normal numbers.
    static float[] noise(int n, double sigma, Rng rng) {
        float[] noise = new float[n];
        for (int i = 0; i < n; i++) {
            noise[i] = (float) (sigma * rng.nextGaussian());
        }
        return noise;
    }

    static float[] measure(Measurement a, float[] image) {
        float[] b = new float[a.rows()];
        a.apply(image, b);
        return b;
    }
}
