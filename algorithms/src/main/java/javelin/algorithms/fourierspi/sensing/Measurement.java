package javelin.algorithms.fourierspi.sensing;

/// A linear measurement `y = A·x`. Implementations keep working memory: one thread at a time.
public interface Measurement {
    /// Number of measured values.
    int rows();

    /// Number of pixels.
    int columns();

    /// `y = A·x`.
    void apply(float[] x, float[] y);

    /// `x = Aᵀ·y`.
    void adjoint(float[] y, float[] x);

    /// Largest eigenvalue of `AᵀA`, by power iteration from below; exact to the relative change
    /// `tolerance` of its last step.
    default double largestEigenvalue(double tolerance) {
        float[] y = new float[rows()];
        float[] x = new float[columns()];
        long state = 1;
        for (int i = 0; i < y.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
            y[i] = state < 0 ? -1 : 1;
        }
        double eigenvalue = 0;
        for (int i = 0; i < 200; i++) {
            double norm = Vectors.norm(y);
            Vectors.scale(1 / norm, y);
            adjoint(y, x);
            double before = eigenvalue;
            eigenvalue = Vectors.dot(x, x);
            if (Math.abs(eigenvalue - before) <= tolerance * eigenvalue) {
                break;
            }
            apply(x, y);
        }
        return eigenvalue;
    }

    /// The matrix, row by row.
    default float[] matrix() {
        float[] a = new float[Math.multiplyExact(rows(), columns())];
        float[] unit = new float[rows()];
        float[] row = new float[columns()];
        for (int i = 0; i < rows(); i++) {
            unit[i] = 1;
            adjoint(unit, row);
            unit[i] = 0;
            System.arraycopy(row, 0, a, i * columns(), columns());
        }
        return a;
    }

    /// Checks sizes that every measurement must have.
    ///
    /// @throws IllegalArgumentException if there are no rows, or more rows than columns
    static void checkSizes(int rows, int columns) {
        if (rows < 1 || rows > columns) {
            throw new IllegalArgumentException(
                    "measurement: %d rows do not suit %d pixels; take from 1 to as many as pixels"
                            .formatted(rows, columns));
        }
    }
}
