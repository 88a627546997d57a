package javelin.kernels.matmul;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The micro-kernels of matrix product and convolution: tiles of 6 rows and 2 vectors.
///
/// A tile's 12 sums live in registers (named locals; 12 of 16 on AVX2) and hide the latency of the
/// multiply-add: two per cycle with a latency of 4 need 8. They are written to a buffer of 6 rows
/// of [#WIDTH] and from there, with the epilogue, to the output; that costs a few per cent and
/// makes borders, blocks of the inner dimension and the epilogue one piece of code.
public final class TilesSimd {
    /// Rows of a tile.
    public static final int ROWS = 6;

    /// Rows of a tile of [#outer].
    public static final int OUTER = 5;

    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    /// Columns of a tile and of a packed panel.
    public static final int WIDTH = 2 * L;

    private TilesSimd() {}

    /// Elements of a tile's buffer.
    public static int tileSize() {
        return ROWS * WIDTH;
    }

    /// `y[rowY[i] + j] = Σ_p a[rowA[i] + p] · b[p, j]` for all `i < rows` and the columns of panels
    /// `from` to `to`, with the epilogue; `p` runs over the pieces of `depth`.
    ///
    /// @param n columns of `b` in all
    /// @param b packed panels, from `bAt` on
    /// @param column position of column 0 within an output row, added to `rowY`
    public static void multiply(
            float[] a,
            int[] rowA,
            int[] rowY,
            int rows,
            Segments depth,
            float[] b,
            int bAt,
            int from,
            int to,
            int n,
            int column,
            Target target,
            float[] tile) {
        int pair = 0;
        int start = 0;
        for (int block = 0; block < depth.blocks(); block++) {
            int end = depth.ends()[block];
            boolean first = block == 0;
            boolean last = block == depth.blocks() - 1;
            for (int panel = from; panel < to; panel++) {
                int at = bAt + (panel * depth.k() + start) * WIDTH;
                int columns = Math.min(WIDTH, n - panel * WIDTH);
                for (int i = 0; i < rows; i += ROWS) {
                    int height = Math.min(ROWS, rows - i);
                    tile(a, rowA, i, height, depth.pairs(), pair, end, b, at, columns, tile);
                    store(
                            target,
                            tile,
                            height,
                            rowY,
                            i,
                            column + panel * WIDTH,
                            columns,
                            first,
                            last);
                }
            }
            pair = end;
            start = depth.depths()[block];
        }
    }

    private static void tile(
            float[] a,
            int[] rowA,
            int i,
            int height,
            int[] pairs,
            int pair,
            int end,
            float[] b,
            int at,
            int columns,
            float[] tile) {
        int last = i + height - 1; // missing rows repeat the last one
        int r0 = rowA[i];
        int r1 = rowA[Math.min(i + 1, last)];
        int r2 = rowA[Math.min(i + 2, last)];
        int r3 = rowA[Math.min(i + 3, last)];
        int r4 = rowA[Math.min(i + 4, last)];
        int r5 = rowA[last];
        clear(tile);
        int k = at;
        for (int s = pair; s < end; s += 2) {
            int x = pairs[s];
            int length = pairs[s + 1];
            if (columns > L) {
                tile2(a, r0 + x, r1 + x, r2 + x, r3 + x, r4 + x, r5 + x, length, b, k, tile);
            } else {
                tile1(a, r0 + x, r1 + x, r2 + x, r3 + x, r4 + x, r5 + x, length, b, k, tile);
            }
            k += length * WIDTH;
        }
    }

    private static void clear(float[] tile) {
        FloatVector zero = FloatVector.zero(F);
        for (int i = 0; i < ROWS * WIDTH; i += L) {
            zero.intoArray(tile, i);
        }
    }

    /// `tile[i, j] += Σ_p a[x_i + p] · b[at + p·width + j]` for `p < length`.
    ///
    /// One loop only: around a second one the JIT keeps the sums on the stack, at a quarter of the
    /// speed. Two steps at a time: of a single one the JIT unrolls as many as it likes, and where
    /// the collector needs no safepoint in loops (serial, parallel) it spilled sums, at 38 against
    /// 79 GFLOP/s.
    private static void tile2(
            float[] a,
            int x0,
            int x1,
            int x2,
            int x3,
            int x4,
            int x5,
            int length,
            float[] b,
            int at,
            float[] tile) {
        FloatVector c00 = FloatVector.fromArray(F, tile, 0);
        FloatVector c01 = FloatVector.fromArray(F, tile, L);
        FloatVector c10 = FloatVector.fromArray(F, tile, 2 * L);
        FloatVector c11 = FloatVector.fromArray(F, tile, 3 * L);
        FloatVector c20 = FloatVector.fromArray(F, tile, 4 * L);
        FloatVector c21 = FloatVector.fromArray(F, tile, 5 * L);
        FloatVector c30 = FloatVector.fromArray(F, tile, 6 * L);
        FloatVector c31 = FloatVector.fromArray(F, tile, 7 * L);
        FloatVector c40 = FloatVector.fromArray(F, tile, 8 * L);
        FloatVector c41 = FloatVector.fromArray(F, tile, 9 * L);
        FloatVector c50 = FloatVector.fromArray(F, tile, 10 * L);
        FloatVector c51 = FloatVector.fromArray(F, tile, 11 * L);
        int p = 0;
        for (; p + 1 < length; p += 2) {
            FloatVector b0 = FloatVector.fromArray(F, b, at + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(F, b, at + p * WIDTH + L);
            FloatVector v = FloatVector.broadcast(F, a[x0 + p]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(F, a[x1 + p]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(F, a[x2 + p]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = FloatVector.broadcast(F, a[x3 + p]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(F, a[x4 + p]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            v = FloatVector.broadcast(F, a[x5 + p]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
            b0 = FloatVector.fromArray(F, b, at + p * WIDTH + WIDTH);
            b1 = FloatVector.fromArray(F, b, at + p * WIDTH + WIDTH + L);
            v = FloatVector.broadcast(F, a[x0 + p + 1]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(F, a[x1 + p + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(F, a[x2 + p + 1]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = FloatVector.broadcast(F, a[x3 + p + 1]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(F, a[x4 + p + 1]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            v = FloatVector.broadcast(F, a[x5 + p + 1]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
        }
        if (p < length) {
            FloatVector b0 = FloatVector.fromArray(F, b, at + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(F, b, at + p * WIDTH + L);
            FloatVector v = FloatVector.broadcast(F, a[x0 + p]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(F, a[x1 + p]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(F, a[x2 + p]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = FloatVector.broadcast(F, a[x3 + p]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(F, a[x4 + p]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            v = FloatVector.broadcast(F, a[x5 + p]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
        }
        c00.intoArray(tile, 0);
        c01.intoArray(tile, L);
        c10.intoArray(tile, 2 * L);
        c11.intoArray(tile, 3 * L);
        c20.intoArray(tile, 4 * L);
        c21.intoArray(tile, 5 * L);
        c30.intoArray(tile, 6 * L);
        c31.intoArray(tile, 7 * L);
        c40.intoArray(tile, 8 * L);
        c41.intoArray(tile, 9 * L);
        c50.intoArray(tile, 10 * L);
        c51.intoArray(tile, 11 * L);
    }

    /// The same with one vector per row, for panels of no more columns.
    private static void tile1(
            float[] a,
            int x0,
            int x1,
            int x2,
            int x3,
            int x4,
            int x5,
            int length,
            float[] b,
            int at,
            float[] tile) {
        FloatVector c0 = FloatVector.fromArray(F, tile, 0);
        FloatVector c1 = FloatVector.fromArray(F, tile, 2 * L);
        FloatVector c2 = FloatVector.fromArray(F, tile, 4 * L);
        FloatVector c3 = FloatVector.fromArray(F, tile, 6 * L);
        FloatVector c4 = FloatVector.fromArray(F, tile, 8 * L);
        FloatVector c5 = FloatVector.fromArray(F, tile, 10 * L);
        for (int p = 0; p < length; p++) {
            FloatVector b0 = FloatVector.fromArray(F, b, at + p * WIDTH);
            c0 = FloatVector.broadcast(F, a[x0 + p]).fma(b0, c0);
            c1 = FloatVector.broadcast(F, a[x1 + p]).fma(b0, c1);
            c2 = FloatVector.broadcast(F, a[x2 + p]).fma(b0, c2);
            c3 = FloatVector.broadcast(F, a[x3 + p]).fma(b0, c3);
            c4 = FloatVector.broadcast(F, a[x4 + p]).fma(b0, c4);
            c5 = FloatVector.broadcast(F, a[x5 + p]).fma(b0, c5);
        }
        c0.intoArray(tile, 0);
        c1.intoArray(tile, 2 * L);
        c2.intoArray(tile, 4 * L);
        c3.intoArray(tile, 6 * L);
        c4.intoArray(tile, 8 * L);
        c5.intoArray(tile, 10 * L);
    }

    /// Adds a tile to the output, or begins it there (`first`), and applies the epilogue (`last`).
    public static void store(
            Target t,
            float[] tile,
            int height,
            int[] rowY,
            int i,
            int column,
            int columns,
            boolean first,
            boolean last) {
        boolean plain = t.isPlain() || !last;
        for (int r = 0; r < height; r++) {
            int at = rowY[i + r] + column;
            if (plain) {
                sum(tile, r * WIDTH, t.y(), at, columns, first);
            } else {
                finish(t, tile, r * WIDTH, at, column, columns, first);
            }
        }
    }

    /// Stores `columns` finished sums from `sums[from]` on as part of a row that begins `column` to
    /// the left of `y[at]`, with the epilogue.
    public static void row(Target t, float[] sums, int from, int at, int column, int columns) {
        if (t.isPlain()) {
            sum(sums, from, t.y(), at, columns, true);
        } else {
            finish(t, sums, from, at, column, columns, true);
        }
    }

    /// `y (+)= tile` on one row.
    static void sum(float[] tile, int from, float[] y, int at, int columns, boolean first) {
        int j = 0;
        for (; j + L <= columns; j += L) {
            FloatVector v = FloatVector.fromArray(F, tile, from + j);
            if (!first) {
                v = v.add(FloatVector.fromArray(F, y, at + j));
            }
            v.intoArray(y, at + j);
        }
        for (; j < columns; j++) {
            y[at + j] = first ? tile[from + j] : y[at + j] + tile[from + j];
        }
    }

    /// `y = activation((y +) tile · scale + bias + residual)` on one row.
    private static void finish(
            Target t, float[] tile, int from, int at, int column, int columns, boolean first) {
        Epilogue e = t.epilogue();
        boolean scale = e.scale();
        boolean bias = e.bias();
        boolean residual = e.residual();
        boolean relu = t.isRelu();
        int scaleAt = t.scaleAt() + column;
        int biasAt = t.biasAt() + column;
        int residualAt = t.residualAt() - t.offset() + at;
        float[] y = t.y();
        int j = 0;
        for (; j + L <= columns; j += L) {
            FloatVector v = FloatVector.fromArray(F, tile, from + j);
            if (!first) {
                v = v.add(FloatVector.fromArray(F, y, at + j));
            }
            if (scale) {
                v = v.mul(FloatVector.fromArray(F, t.scale(), scaleAt + j));
            }
            if (bias) {
                v = v.add(FloatVector.fromArray(F, t.bias(), biasAt + j));
            }
            if (residual) {
                v = v.add(FloatVector.fromArray(F, t.residual(), residualAt + j));
            }
            if (relu) {
                v = v.max(0);
            }
            v.intoArray(y, at + j);
        }
        for (; j < columns; j++) {
            float v = first ? tile[from + j] : y[at + j] + tile[from + j];
            v = scale ? v * t.scale()[scaleAt + j] : v;
            v = bias ? v + t.bias()[biasAt + j] : v;
            v = residual ? v + t.residual()[residualAt + j] : v;
            y[at + j] = relu ? Math.max(v, 0) : v;
        }
        t.activate(at, at + columns);
    }

    /// Tile of [#OUTER] rows of a product whose left matrix is transposed: `tile[i, j] = Σ_p a[atA
    /// + p·stepA + i] · b[atB + p·stepB + j]` for `p < length`. Both are read along their rows.
    ///
    /// Steps that are no constants cost range checks, and with them the JIT runs out of registers
    /// for six rows: it kept one sum on the stack, at a third of the speed.
    public static void outer(
            float[] a,
            int atA,
            int stepA,
            float[] b,
            int atB,
            int stepB,
            int length,
            float[] tile) {
        FloatVector c00 = FloatVector.zero(F);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        int x = atA;
        int k = atB;
        for (int p = 0; p < length; p++) {
            FloatVector b0 = FloatVector.fromArray(F, b, k);
            FloatVector b1 = FloatVector.fromArray(F, b, k + L);
            FloatVector v = FloatVector.broadcast(F, a[x]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(F, a[x + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(F, a[x + 2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            v = FloatVector.broadcast(F, a[x + 3]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(F, a[x + 4]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            x += stepA;
            k += stepB;
        }
        c00.intoArray(tile, 0);
        c01.intoArray(tile, L);
        c10.intoArray(tile, 2 * L);
        c11.intoArray(tile, 3 * L);
        c20.intoArray(tile, 4 * L);
        c21.intoArray(tile, 5 * L);
        c30.intoArray(tile, 6 * L);
        c31.intoArray(tile, 7 * L);
        c40.intoArray(tile, 8 * L);
        c41.intoArray(tile, 9 * L);
    }
}
