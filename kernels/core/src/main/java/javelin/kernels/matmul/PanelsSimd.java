package javelin.kernels.matmul;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Packs rows of a matrix into [panels][Panels] as wide as those of the
/// [micro-kernel][MicroKernelSimd].
///
/// A panel's piece of a row is two vectors: a loop over its elements is guarded by one before and
/// one after it, for every piece anew.
final class PanelsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;
    private static final int WIDTH = MicroKernelSimd.WIDTH;

    private PanelsSimd() {}

    /// `packed[to + (j / WIDTH)·step + p·WIDTH + j mod WIDTH] = b[at + p·rowStep + j]` for `p <
    /// rows` and `j < columns`; columns that the last panel lacks are 0.
    static void rows(
            float[] b,
            int at,
            int rowStep,
            int rows,
            int columns,
            float[] packed,
            int to,
            int step) {
        int whole = columns / WIDTH;
        for (int panel = 0; panel < whole; panel++) {
            panel(b, at + panel * WIDTH, rowStep, rows, packed, to + panel * step);
        }
        int rest = columns - whole * WIDTH;
        if (rest > 0) {
            part(b, at + whole * WIDTH, rowStep, rows, rest, packed, to + whole * step);
        }
    }

    /// A panel of fewer columns.
    private static void part(
            float[] b, int at, int rowStep, int rows, int columns, float[] packed, int to) {
        for (int p = 0; p < rows; p++) {
            int from = at + p * rowStep;
            int row = to + p * WIDTH;
            for (int j = 0; j < columns; j++) {
                packed[row + j] = b[from + j];
            }
            for (int j = columns; j < WIDTH; j++) {
                packed[row + j] = 0;
            }
        }
    }

    private static void panel(float[] b, int at, int rowStep, int rows, float[] packed, int to) {
        for (int p = 0; p < rows; p++) {
            int from = at + p * rowStep;
            FloatVector.fromArray(F, b, from).intoArray(packed, to + p * WIDTH);
            FloatVector.fromArray(F, b, from + L).intoArray(packed, to + p * WIDTH + L);
        }
    }
}
