package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.tensor.Rng;

/// Measurement with a full matrix; each product reads the matrix once.
public final class DenseMeasurement implements Measurement {
    private final int rows;
    private final int columns;
    private final float[] a;
    private final float[] x;
    private final float[] y;
    private final Runnable apply;
    private final Runnable adjoint;

    /// Measurement with the matrix `a`, row by row; it is shared and must not change.
    ///
    /// @throws IllegalArgumentException if sizes do not suit, or a number is not finite
    public DenseMeasurement(Backend on, int rows, int columns, float[] a) {
        Measurement.checkSizes(rows, columns);
        Vectors.check("measurement matrix", a, Math.multiplyExact(rows, columns));
        this.rows = rows;
        this.columns = columns;
        this.a = a;
        x = new float[columns];
        y = new float[rows];
        apply = Products.rightTransposed(on, x, a, y, 1, columns, rows);
        adjoint = Products.right(on, y, a, x, 1, rows, columns);
    }

    /// Independent entries, +1 and −1 with equal probability.
    public static DenseMeasurement bernoulli(Backend on, int rows, int columns, Rng rng) {
        Measurement.checkSizes(rows, columns);
        float[] a = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < a.length; i++) {
            a[i] = 2 * rng.nextInt(2) - 1;
        }
        return new DenseMeasurement(on, rows, columns, a);
    }

    /// Rows are consecutive windows of a pseudo-random binary sequence; chip 1 becomes +1, chip 0
    /// becomes −1.
    public static DenseMeasurement prbs(Backend on, int rows, int columns, Prbs sequence) {
        Measurement.checkSizes(rows, columns);
        float[] a = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < a.length; i++) {
            a[i] = 2 * sequence.next() - 1;
        }
        return new DenseMeasurement(on, rows, columns, a);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void apply(float[] from, float[] to) {
        System.arraycopy(from, 0, x, 0, columns);
        apply.run();
        System.arraycopy(y, 0, to, 0, rows);
    }

    @Override
    public void adjoint(float[] from, float[] to) {
        System.arraycopy(from, 0, y, 0, rows);
        adjoint.run();
        System.arraycopy(x, 0, to, 0, columns);
    }

    @Override
    public float[] matrix() {
        return a.clone();
    }
}
