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

    /// Absorbing cells with smooth edges in a light field, some with a nucleus: a field of 40 µm,
    /// cells of 8 or 12 µm.
    static float[] smoothCells(int size, long seed) {
        Rng rng = Rng.seed(seed);
        double[] absorbance = new double[size * size];
        double pixel = 40.0 / size;
        for (int c = 0; c < 6; c++) {
            double x = 6 + 28 * rng.nextDouble();
            double y = 6 + 28 * rng.nextDouble();
            boolean small = rng.nextInt(3) == 0;
            double radius = (small ? 8 + 0.7 * rng.nextGaussian() : 12 + rng.nextGaussian()) / 2;
            double nucleus = small ? 0 : radius * (0.2 + 0.5 * rng.nextDouble());
            double depth = 0.25 + 0.15 * rng.nextDouble();
            double stretch = 0.9 + 0.2 * rng.nextDouble();
            for (int i = 0; i < absorbance.length; i++) {
                int row = i / size;
                double dx = ((i % size + 0.5) * pixel - x) * stretch;
                double dy = (row + 0.5) * pixel - y;
                double r = Math.hypot(dx, dy / stretch);
                double cell = depth * edge(radius - r) + (small ? 0 : 0.28 * edge(nucleus - r));
                absorbance[i] = Math.max(absorbance[i], cell);
            }
        }
        float[] image = new float[absorbance.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) (0.95 - absorbance[i]);
        }
        return image;
    }

    /// Logistic edge, as wide as a blur of 0.4 µm.
    private static double edge(double inside) {
        return 1 / (1 + Math.exp(-inside / 0.22));
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
