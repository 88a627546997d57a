package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;
import java.util.List;

/// Pictures of known cells, without an instrument.
final class ImagesOfCells {
    static final double FIELD = 40e-6;
    static final double EDGE = 0.2e-6;

    private ImagesOfCells() {}

    static Cell disc(double x, double y, double diameter) {
        return new Cell(Cell.Kind.A, x, y, diameter, 0, 1, 0, 0.3, 0);
    }

    /// `[rows, n]` transmission at heights `0, pitch, 2·pitch …`.
    static float[] lines(List<Cell> cells, int rows, int n, double pitch) {
        var stream = new CellStream(cells, EDGE, FIELD);
        float[] lines = new float[rows * n];
        double[] row = new double[n];
        for (int r = 0; r < rows; r++) {
            stream.row(r * pitch, row);
            for (int c = 0; c < n; c++) {
                lines[r * n + c] = (float) row[c];
            }
        }
        return lines;
    }

    static float[] blank(int n) {
        float[] one = new float[n];
        Arrays.fill(one, 1);
        return one;
    }
}
