package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

/// Orthonormal two-dimensional discrete cosine transform of type II, as two matrix products.
public final class Cosines implements Transform {
    private final int size;
    private final float[] in;
    private final float[] out;
    private final Runnable analyse;
    private final Runnable analyseColumns;
    private final Runnable synthesise;
    private final Runnable synthesiseColumns;

    /// Transform of images of this size.
    public Cosines(Backend on, int height, int width) {
        size = Math.multiplyExact(height, width);
        in = new float[size];
        out = new float[size];
        float[] half = new float[size];
        float[] rows = matrix(width);
        float[] columns = matrix(height);
        float[] back = transposed(columns, height);
        analyse = Products.rightTransposed(on, in, rows, half, height, width, width);
        analyseColumns = Products.left(on, columns, half, out, height, height, width);
        synthesise = Products.right(on, in, rows, half, height, width, width);
        synthesiseColumns = Products.left(on, back, half, out, height, height, width);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void analyse(float[] x, float[] z) {
        System.arraycopy(x, 0, in, 0, size);
        analyse.run();
        analyseColumns.run();
        System.arraycopy(out, 0, z, 0, size);
    }

    @Override
    public void synthesise(float[] z, float[] x) {
        System.arraycopy(z, 0, in, 0, size);
        synthesise.run();
        synthesiseColumns.run();
        System.arraycopy(out, 0, x, 0, size);
    }

    @Override
    public boolean isCoarse(int coefficient) {
        return coefficient == 0;
    }

    /// `C[k, j] = √((k = 0 ? 1 : 2)/n) · cos(π·k·(2j + 1)/2n)`.
    private static float[] matrix(int n) {
        float[] c = new float[Math.multiplyExact(n, n)];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                double angle = Math.PI * k * (2 * j + 1) / (2 * n);
                c[k * n + j] = (float) (Math.sqrt((k == 0 ? 1.0 : 2.0) / n) * Math.cos(angle));
            }
        }
        return c;
    }

    private static float[] transposed(float[] c, int n) {
        float[] t = new float[n * n];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                t[j * n + k] = c[k * n + j];
            }
        }
        return t;
    }
}
