package javelin.algorithms.fourierspi.sensing;

/// Forward differences of images with periodic borders, `D`, and their adjoint.
final class Differences {
    private Differences() {}

    /// `along[i,j] = x[i,j+1] − x[i,j]`, `down[i,j] = weight·(x[i+1,j] − x[i,j])`.
    static void apply(float[] x, int height, int width, float weight, float[] along, float[] down) {
        along(x, height, width, along);
        down(x, height, width, weight, down);
    }

    /// Differences along rows.
    static void along(float[] x, int height, int width, float[] d) {
        for (int i = 0; i < height; i++) {
            int row = i * width;
            for (int j = row; j < row + width - 1; j++) {
                d[j] = x[j + 1] - x[j];
            }
            d[row + width - 1] = x[row] - x[row + width - 1];
        }
    }

    /// Differences between rows, times a weight.
    static void down(float[] x, int height, int width, float weight, float[] d) {
        int last = (height - 1) * width;
        for (int j = 0; j < last; j++) {
            d[j] = weight * (x[j + width] - x[j]);
        }
        for (int j = 0; j < width; j++) {
            d[last + j] = weight * (x[j] - x[last + j]);
        }
    }

    /// `g = Dᵀ(along, down)`.
    static void adjoint(
            float[] along, float[] down, int height, int width, float weight, float[] g) {
        alongAdjoint(along, height, width, g);
        addDownAdjoint(down, height, width, weight, g);
    }

    /// Adjoint of [#along].
    static void alongAdjoint(float[] d, int height, int width, float[] g) {
        for (int i = 0; i < height; i++) {
            int row = i * width;
            g[row] = d[row + width - 1] - d[row];
            for (int j = row + 1; j < row + width; j++) {
                g[j] = d[j - 1] - d[j];
            }
        }
    }

    /// Adjoint of [#down], added to `g`.
    static void addDownAdjoint(float[] d, int height, int width, float weight, float[] g) {
        int last = (height - 1) * width;
        for (int j = 0; j < width; j++) {
            g[j] += weight * (d[last + j] - d[j]);
        }
        for (int j = width; j < height * width; j++) {
            g[j] += weight * (d[j - width] - d[j]);
        }
    }
}
