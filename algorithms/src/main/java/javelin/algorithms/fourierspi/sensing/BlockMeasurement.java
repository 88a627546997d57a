package javelin.algorithms.fourierspi.sensing;

/// Each line of an image measured with the same matrix: `[lines, columns]` to `[lines, rows]`. So a
/// solver for frames finds all lines of a scan at once.
public final class BlockMeasurement implements Measurement {
    private final Measurement a;
    private final int lines;
    private final float[] x;
    private final float[] y;

    /// Measurement of each of `lines` lines with `a`.
    public BlockMeasurement(Measurement a, int lines) {
        Limits.atLeastOne("measurement", "lines", lines);
        Measurement.checkSizes(Math.multiplyExact(lines, a.rows()), lines * a.columns());
        this.a = a;
        this.lines = lines;
        x = new float[a.columns()];
        y = new float[a.rows()];
    }

    @Override
    public int rows() {
        return lines * a.rows();
    }

    @Override
    public int columns() {
        return lines * a.columns();
    }

    @Override
    public void apply(float[] from, float[] to) {
        for (int l = 0; l < lines; l++) {
            System.arraycopy(from, l * x.length, x, 0, x.length);
            a.apply(x, y);
            System.arraycopy(y, 0, to, l * y.length, y.length);
        }
    }

    @Override
    public void adjoint(float[] from, float[] to) {
        for (int l = 0; l < lines; l++) {
            System.arraycopy(from, l * y.length, y, 0, y.length);
            a.adjoint(y, x);
            System.arraycopy(x, 0, to, l * x.length, x.length);
        }
    }

    /// That of one line.
    @Override
    public double largestEigenvalue(double tolerance) {
        return a.largestEigenvalue(tolerance);
    }
}
