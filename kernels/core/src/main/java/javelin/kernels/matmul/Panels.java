package javelin.kernels.matmul;

import javelin.kernels.cpu.TransposeSimd;

/// Right-hand matrices `[k, n]` packed as panels `[⌈n/width⌉][k][width]`, as wide as the tiles of
/// the [micro-kernel][MicroKernelSimd]; missing columns are 0.
public final class Panels {
    /// Rows that are packed at a time: as many streams as the prefetcher follows at ease.
    private static final int FEW_ROWS = 8;

    private Panels() {}

    /// Number of panels.
    public static int count(int n, int width) {
        return (n + width - 1) / width;
    }

    /// Number of elements of the packed matrix.
    public static int size(int k, int n, int width) {
        return Math.multiplyExact(Math.multiplyExact(count(n, width), k), width);
    }

    /// Packs rows `from` (inclusive) to `to` (exclusive) of `b[p, j]`, found at `at + (p −
    /// from)·rowStep + j·columnStep`, into a packed matrix that starts at `target`. The vector
    /// module must be there.
    public static void pack(
            float[] b,
            int at,
            int rowStep,
            int columnStep,
            int from,
            int to,
            int k,
            int n,
            float[] packed,
            int target) {
        int width = MicroKernelSimd.WIDTH;
        if (columnStep == 1) {
            for (int p = from; p < to; p += FEW_ROWS) {
                int rows = Math.min(FEW_ROWS, to - p);
                int x = at + (p - from) * rowStep;
                PanelsSimd.rows(b, x, rowStep, rows, n, packed, target + p * width, k * width);
            }
            return;
        }
        for (int j = 0; j < n; j += width) {
            int x = at + j * columnStep;
            int y = target + j * k + from * width;
            if (rowStep == 1 && n - j >= width && TransposeSimd.fits(width, to - from)) {
                TransposeSimd.run(b, x, columnStep, width, to - from, packed, y, width);
            } else {
                int columns = Math.min(width, n - j);
                transposed(b, x, rowStep, columnStep, to - from, columns, packed, y, width);
            }
        }
    }

    /// Four columns at a time: as many streams as the prefetcher follows at ease.
    private static void transposed(
            float[] b,
            int at,
            int rowStep,
            int columnStep,
            int rows,
            int columns,
            float[] packed,
            int target,
            int width) {
        int j = 0;
        for (; j + 4 <= columns; j += 4) {
            int b0 = at + j * columnStep;
            int b1 = b0 + columnStep;
            int b2 = b1 + columnStep;
            int b3 = b2 + columnStep;
            for (int p = 0; p < rows; p++) {
                int to = target + p * width + j;
                packed[to] = b[b0 + p * rowStep];
                packed[to + 1] = b[b1 + p * rowStep];
                packed[to + 2] = b[b2 + p * rowStep];
                packed[to + 3] = b[b3 + p * rowStep];
            }
        }
        for (; j < width; j++) {
            for (int p = 0; p < rows; p++) {
                packed[target + p * width + j] =
                        j < columns ? b[at + j * columnStep + p * rowStep] : 0;
            }
        }
    }
}
