package javelin.kernels.matmul;

import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.TransposeSimd;

/// Right-hand matrices `[k, n]` packed as panels `[⌈n/width⌉][k][width]`; missing columns are 0.
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
    /// from)·rowStep + j·columnStep`, into a packed matrix that starts at `target`.
    public static void pack(
            float[] b,
            int at,
            int rowStep,
            int columnStep,
            int from,
            int to,
            int k,
            int n,
            int width,
            float[] packed,
            int target) {
        if (columnStep == 1) {
            for (int p = from; p < to; p += FEW_ROWS) {
                int end = Math.min(to, p + FEW_ROWS);
                int x = at + (p - from) * rowStep;
                if (Simd.isAvailable() && width == MicroKernelSimd.WIDTH) {
                    PanelsSimd.rows(
                            b, x, rowStep, end - p, n, packed, target + p * width, k * width);
                } else {
                    rows(b, x, rowStep, p, end, k, n, width, packed, target);
                }
            }
            return;
        }
        for (int j = 0; j < n; j += width) {
            boolean whole = rowStep == 1 && n - j >= width && Simd.isAvailable();
            if (whole && TransposeSimd.fits(width, to - from)) {
                int x = at + j * columnStep;
                int y = target + j * k + from * width;
                TransposeSimd.run(b, x, columnStep, width, to - from, packed, y, width);
                continue;
            }
            transposed(
                    b,
                    at + j * columnStep,
                    rowStep,
                    columnStep,
                    to - from,
                    Math.min(width, n - j),
                    packed,
                    target + j * k + from * width,
                    width);
        }
    }

    /// A few rows, panel by panel: their lines are read whole, and each panel is written in runs.
    private static void rows(
            float[] b,
            int at,
            int rowStep,
            int from,
            int to,
            int k,
            int n,
            int width,
            float[] packed,
            int target) {
        for (int j = 0; j < n; j += width) {
            int columns = Math.min(width, n - j);
            int x = at + j;
            int y = target + j * k + from * width;
            for (int p = from; p < to; p++, x += rowStep, y += width) {
                copy(b, x, packed, y, columns);
                for (int i = columns; i < width; i++) {
                    packed[y + i] = 0;
                }
            }
        }
    }

    /// A loop and no call: runs are short.
    private static void copy(float[] x, int from, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = x[from + i];
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
