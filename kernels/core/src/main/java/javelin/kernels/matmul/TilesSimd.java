package javelin.kernels.matmul;

import javelin.kernels.cpu.CopySimd;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Blocks of a matrix product out of tiles of the [micro-kernel][MicroKernelSimd], and how a tile
/// is stored: from its buffer, with the epilogue, to the output. The buffer costs a few per cent
/// and makes borders, blocks of the inner dimension and the epilogue one piece of code.
public final class TilesSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;
    private static final int ROWS = MicroKernelSimd.ROWS;
    private static final int STRIDE = MicroKernelSimd.STRIDE;
    private static final int STRIP = ROWS * STRIDE;

    /// Panels that are packed at a time, if they are not packed yet: half a kilobyte of each row.
    private static final int GROUP = 8;

    /// Rows that are copied at a time, at most; see [Blocks#ROWS].
    private static final int CHUNK = Blocks.ROWS;

    /// Columns of a tile and of a packed panel.
    public static final int WIDTH = MicroKernelSimd.WIDTH;

    /// Rows of a tile's buffer.
    private static final int[] TILE = {0, WIDTH, 2 * WIDTH, 3 * WIDTH, 4 * WIDTH, 5 * WIDTH};

    private TilesSimd() {}

    /// Elements of a tile's buffer.
    public static int tileSize() {
        return ROWS * WIDTH;
    }

    /// `y[rowY[i] + j] = Σ_p a[rowA[i] + p] · b[p, j]` for all `i < rows` and the columns of panels
    /// `from` to `to`, with the epilogue; `p` runs over the pieces of `depth`.
    ///
    /// The rows of `a` are first copied into strips, as the micro-kernel reads them: that costs
    /// little, since every panel reads them again.
    ///
    /// @param n columns of `b` in all
    /// @param b packed panels from `bAt` on, or a matrix that is packed a few panels at a time
    /// @param rowStep distance of the rows of such a matrix; 0 for packed panels
    /// @param columnStep distance of its columns
    /// @param column position of column 0 within an output row, added to `rowY`
    /// @param target the epilogue of `y`, or [Target#PLAIN]
    public static void multiply(
            float[] a,
            int[] rowA,
            int[] rowY,
            int rows,
            Segments depth,
            float[] b,
            int bAt,
            int rowStep,
            int columnStep,
            int from,
            int to,
            int n,
            int column,
            float[] y,
            Target target,
            float[] tile) {
        float[] strips = Scratch.borrow(Math.ceilDiv(Math.min(rows, CHUNK), ROWS) * STRIP);
        float[] packed = rowStep == 0 ? b : Scratch.borrow(MicroKernelSimd.DEPTH * WIDTH * GROUP);
        int chunks = Math.ceilDiv(rows, CHUNK);
        int chunk = Math.ceilDiv(Math.ceilDiv(rows, Math.max(1, chunks)), ROWS) * ROWS;
        for (int i = 0; i < rows; i += chunk) {
            int height = Math.min(chunk, rows - i);
            int pair = 0;
            int start = 0;
            for (int block = 0; block < depth.blocks(); block++) {
                int end = depth.ends()[block];
                int length = depth.depths()[block] - start;
                copy(a, rowA, i, height, depth.pairs(), pair, end, strips);
                for (int panel = from; panel < to; panel++) {
                    int at = bAt + (panel * depth.k() + start) * WIDTH;
                    if (rowStep > 0) {
                        int member = (panel - from) % GROUP;
                        if (member == 0) {
                            int x = bAt + start * rowStep + panel * WIDTH * columnStep;
                            int columns = Math.min(GROUP, to - panel) * WIDTH;
                            columns = Math.min(columns, n - panel * WIDTH);
                            Panels.pack(
                                    b,
                                    x,
                                    rowStep,
                                    columnStep,
                                    0,
                                    length,
                                    length,
                                    columns,
                                    packed,
                                    0);
                        }
                        at = member * length * WIDTH;
                    }
                    panel(
                            strips,
                            0,
                            STRIP,
                            rowY,
                            i,
                            height,
                            packed,
                            at,
                            length,
                            column + panel * WIDTH,
                            Math.min(WIDTH, n - panel * WIDTH),
                            y,
                            target,
                            block == 0,
                            block == depth.blocks() - 1,
                            tile);
                }
                pair = end;
                start += length;
            }
        }
        if (rowStep > 0) {
            Scratch.giveBack(packed);
        }
        Scratch.giveBack(strips);
    }

    /// Pieces `pair` to `end` of rows `i` to `i + height` as strips of [#ROWS] rows. Rows that are
    /// missing in the last strip keep any content: their sums are not stored. So does the gap
    /// behind each row, see [MicroKernelSimd#STRIDE].
    private static void copy(
            float[] a,
            int[] rowA,
            int i,
            int height,
            int[] pairs,
            int pair,
            int end,
            float[] strips) {
        int to = 0;
        for (int s = pair; s < end; s += 2) {
            CopySimd.pieces(a, rowA, i, height, pairs[s], pairs[s + 1], strips, to, STRIDE);
            to += pairs[s + 1];
        }
    }

    /// One panel of a product whose left rows lie in strips: `y[rowY[i + r] + column + j] (+)= Σ_p
    /// strips[…, r, p] · b[at + p·WIDTH + j]` for `r < height`, `p < length`, `j < columns`.
    ///
    /// @param from where the first strip begins, the next ones `step` apart
    /// @param first whether this begins the sums and does not add to what `y` holds
    /// @param last whether the sums are complete and the epilogue follows
    public static void panel(
            float[] strips,
            int from,
            int step,
            int[] rowY,
            int i,
            int height,
            float[] b,
            int at,
            int length,
            int column,
            int columns,
            float[] y,
            Target target,
            boolean first,
            boolean last,
            float[] tile) {
        boolean plain = target.isPlain() || !last;
        for (int r = 0; r < height; r += ROWS) {
            int x = from + r / ROWS * step;
            int rows = Math.min(ROWS, height - r);
            if (rows == ROWS && columns == WIDTH) {
                MicroKernelSimd.rows(strips, x, b, at, length, first, y, rowY, i + r, column);
                if (!plain) {
                    finish(target, rowY, i + r, column);
                }
                continue;
            }
            if (rows == ROWS && columns == L && first && plain) {
                MicroKernelSimd.narrowRows(strips, x, b, at, length, y, rowY, i + r, column);
                continue;
            }
            if (columns > L) {
                MicroKernelSimd.rows(strips, x, b, at, length, true, tile, TILE, 0, 0);
            } else {
                MicroKernelSimd.narrowRows(strips, x, b, at, length, tile, TILE, 0, 0);
            }
            store(target, y, tile, rows, rowY, i + r, column, columns, first, last);
        }
    }

    /// The epilogue on a whole tile of the output.
    private static void finish(Target t, int[] rowY, int i, int column) {
        for (int r = i; r < i + ROWS; r++) {
            int at = rowY[r] + column;
            finish(t, t.y(), at, at, column, WIDTH, true);
        }
    }

    /// Adds a tile to the output, or begins it there (`first`), and applies the epilogue (`last`).
    static void store(
            Target t,
            float[] y,
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
                sum(tile, r * WIDTH, y, at, columns, first);
            } else {
                finish(t, tile, r * WIDTH, at, column, columns, first);
            }
        }
    }

    /// Stores `columns` finished sums from `sums[from]` on as part of a row that begins `column` to
    /// the left of `y[at]`, with the epilogue.
    public static void row(
            Target t, float[] y, float[] sums, int from, int at, int column, int columns) {
        if (t.isPlain()) {
            sum(sums, from, y, at, columns, true);
        } else {
            finish(t, sums, from, at, column, columns, true);
        }
    }

    /// `y (+)= tile` on one row.
    public static void sum(float[] tile, int from, float[] y, int at, int columns, boolean first) {
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
}
