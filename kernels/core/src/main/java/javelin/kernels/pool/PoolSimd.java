package javelin.kernels.pool;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One window for a block of channels: the result stays in a register while the pixels are walked,
/// where loops along the channels would store and load it once per pixel. A block has one or four
/// vectors, whose chains of operations run side by side.
final class PoolSimd {
    private static final VectorSpecies<Float> S = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private PoolSimd() {}

    /// `y[t] = max of x[at + r·row + s·pixel + t]` for channels `t` in `0 … channels−1`, with `r`
    /// in `0 … rows−1`, `s` in `0 … columns−1`; returns how many channels it did: all or, where
    /// they do not fill one vector, none.
    static int max(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float[] y,
            int to,
            int channels) {
        int t = 0;
        for (; t <= channels - 4 * L; t += 4 * L) {
            max4(x, at + t, row, rows, pixel, columns, y, to + t);
        }
        for (; t <= channels - L; t += L) {
            max1(x, at + t, row, rows, pixel, columns, y, to + t);
        }
        if (t == 0 || t == channels) {
            return t;
        }
        int last = channels - L; // some channels twice, to the same result
        max1(x, at + last, row, rows, pixel, columns, y, to + last);
        return channels;
    }

    private static void max4(
            float[] x, int at, int row, int rows, int pixel, int columns, float[] y, int to) {
        FloatVector a = FloatVector.fromArray(S, x, at);
        FloatVector b = FloatVector.fromArray(S, x, at + L);
        FloatVector c = FloatVector.fromArray(S, x, at + 2 * L);
        FloatVector d = FloatVector.fromArray(S, x, at + 3 * L);
        for (int r = 0; r < rows; r++) {
            int from = at + r * row;
            for (int s = 0; s < columns; s++) {
                a = a.max(FloatVector.fromArray(S, x, from));
                b = b.max(FloatVector.fromArray(S, x, from + L));
                c = c.max(FloatVector.fromArray(S, x, from + 2 * L));
                d = d.max(FloatVector.fromArray(S, x, from + 3 * L));
                from += pixel;
            }
        }
        a.intoArray(y, to);
        b.intoArray(y, to + L);
        c.intoArray(y, to + 2 * L);
        d.intoArray(y, to + 3 * L);
    }

    private static void max1(
            float[] x, int at, int row, int rows, int pixel, int columns, float[] y, int to) {
        FloatVector a = FloatVector.fromArray(S, x, at);
        for (int r = 0; r < rows; r++) {
            int from = at + r * row;
            for (int s = 0; s < columns; s++) {
                a = a.max(FloatVector.fromArray(S, x, from));
                from += pixel;
            }
        }
        a.intoArray(y, to);
    }

    /// The same with `y[t] = factor · Σ x[…]`.
    static int mean(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float factor,
            float[] y,
            int to,
            int channels) {
        int t = 0;
        for (; t <= channels - 4 * L; t += 4 * L) {
            sum4(x, at + t, row, rows, pixel, columns, factor, y, to + t);
        }
        for (; t <= channels - L; t += L) {
            sum1(x, at + t, row, rows, pixel, columns, factor, y, to + t);
        }
        if (t == 0 || t == channels) {
            return t;
        }
        int last = channels - L; // some channels twice, to the same result
        sum1(x, at + last, row, rows, pixel, columns, factor, y, to + last);
        return channels;
    }

    private static void sum4(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float factor,
            float[] y,
            int to) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int r = 0; r < rows; r++) {
            int from = at + r * row;
            for (int s = 0; s < columns; s++) {
                a = a.add(FloatVector.fromArray(S, x, from));
                b = b.add(FloatVector.fromArray(S, x, from + L));
                c = c.add(FloatVector.fromArray(S, x, from + 2 * L));
                d = d.add(FloatVector.fromArray(S, x, from + 3 * L));
                from += pixel;
            }
        }
        a.mul(factor).intoArray(y, to);
        b.mul(factor).intoArray(y, to + L);
        c.mul(factor).intoArray(y, to + 2 * L);
        d.mul(factor).intoArray(y, to + 3 * L);
    }

    private static void sum1(
            float[] x,
            int at,
            int row,
            int rows,
            int pixel,
            int columns,
            float factor,
            float[] y,
            int to) {
        FloatVector a = FloatVector.zero(S);
        for (int r = 0; r < rows; r++) {
            int from = at + r * row;
            for (int s = 0; s < columns; s++) {
                a = a.add(FloatVector.fromArray(S, x, from));
                from += pixel;
            }
        }
        a.mul(factor).intoArray(y, to);
    }
}
