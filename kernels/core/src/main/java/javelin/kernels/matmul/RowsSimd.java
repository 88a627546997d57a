package javelin.kernels.matmul;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/// Products of a few rows with a matrix that is read where it lies, once: such a product is as fast
/// as its memory.
final class RowsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private RowsSimd() {}

    /// `y[j] = Σ_p a[atA + p·step] · b[p, j]` for `from ≤ j < to`; four rows of `b` at a time.
    static void sumOfRows(
            float[] a,
            int atA,
            int step,
            int k,
            float[] b,
            int atB,
            int n,
            float[] y,
            int atY,
            int from,
            int to) {
        Arrays.fill(y, atY + from, atY + to, 0);
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int x = atA + p * step;
            addRows(a, x, step, b, atB + p * n + from, n, y, atY + from, to - from);
        }
        for (; p < k; p++) {
            addRow(a[atA + p * step], b, atB + p * n + from, y, atY + from, to - from);
        }
    }

    /// `y += a₀·b₀ + a₁·b₁ + a₂·b₂ + a₃·b₃` for four rows `stepB` apart, in this order; the factors
    /// begin at `a[x]`, `step` apart.
    private static void addRows(
            float[] a, int x, int step, float[] b, int at, int stepB, float[] y, int atY, int n) {
        FloatVector v0 = FloatVector.broadcast(F, a[x]);
        FloatVector v1 = FloatVector.broadcast(F, a[x + step]);
        FloatVector v2 = FloatVector.broadcast(F, a[x + 2 * step]);
        FloatVector v3 = FloatVector.broadcast(F, a[x + 3 * step]);
        int end = n - n % L;
        for (int j = 0; j < end; j += L) {
            FloatVector sum = FloatVector.fromArray(F, y, atY + j);
            sum = v0.fma(FloatVector.fromArray(F, b, at + j), sum);
            sum = v1.fma(FloatVector.fromArray(F, b, at + stepB + j), sum);
            sum = v2.fma(FloatVector.fromArray(F, b, at + 2 * stepB + j), sum);
            sum = v3.fma(FloatVector.fromArray(F, b, at + 3 * stepB + j), sum);
            sum.intoArray(y, atY + j);
        }
        addTail(a, x, step, b, at + end, stepB, y, atY + end, n - end);
    }

    /// Two rows of [#sumOfRows] at once, the second `rowA` and `rowY` further: `b` is read once for
    /// both.
    static void sumOfRowsTwice(
            float[] a,
            int atA,
            int rowA,
            int step,
            int k,
            float[] b,
            int atB,
            int n,
            float[] y,
            int atY,
            int rowY,
            int from,
            int to) {
        Arrays.fill(y, atY + from, atY + to, 0);
        Arrays.fill(y, atY + rowY + from, atY + rowY + to, 0);
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            addRowsTwice(
                    a,
                    atA + p * step,
                    rowA,
                    step,
                    b,
                    atB + p * n + from,
                    n,
                    y,
                    atY + from,
                    rowY,
                    to - from);
        }
        for (; p < k; p++) {
            int x = atA + p * step;
            addRow(a[x], b, atB + p * n + from, y, atY + from, to - from);
            addRow(a[x + rowA], b, atB + p * n + from, y, atY + rowY + from, to - from);
        }
    }

    /// As [#addRows], with the factors at `a[x]`, `step` apart, and for the second row `rowA`
    /// further.
    private static void addRowsTwice(
            float[] a,
            int x,
            int rowA,
            int step,
            float[] b,
            int at,
            int stepB,
            float[] y,
            int atY,
            int rowY,
            int n) {
        FloatVector v0 = FloatVector.broadcast(F, a[x]);
        FloatVector v1 = FloatVector.broadcast(F, a[x + step]);
        FloatVector v2 = FloatVector.broadcast(F, a[x + 2 * step]);
        FloatVector v3 = FloatVector.broadcast(F, a[x + 3 * step]);
        FloatVector w0 = FloatVector.broadcast(F, a[x + rowA]);
        FloatVector w1 = FloatVector.broadcast(F, a[x + rowA + step]);
        FloatVector w2 = FloatVector.broadcast(F, a[x + rowA + 2 * step]);
        FloatVector w3 = FloatVector.broadcast(F, a[x + rowA + 3 * step]);
        int end = n - n % L;
        for (int j = 0; j < end; j += L) {
            FloatVector sum = FloatVector.fromArray(F, y, atY + j);
            FloatVector other = FloatVector.fromArray(F, y, atY + rowY + j);
            FloatVector row = FloatVector.fromArray(F, b, at + j);
            sum = v0.fma(row, sum);
            other = w0.fma(row, other);
            row = FloatVector.fromArray(F, b, at + stepB + j);
            sum = v1.fma(row, sum);
            other = w1.fma(row, other);
            row = FloatVector.fromArray(F, b, at + 2 * stepB + j);
            sum = v2.fma(row, sum);
            other = w2.fma(row, other);
            row = FloatVector.fromArray(F, b, at + 3 * stepB + j);
            v3.fma(row, sum).intoArray(y, atY + j);
            w3.fma(row, other).intoArray(y, atY + rowY + j);
        }
        addTail(a, x, step, b, at + end, stepB, y, atY + end, n - end);
        addTail(a, x + rowA, step, b, at + end, stepB, y, atY + rowY + end, n - end);
    }

    private static void addTail(
            float[] a, int x, int step, float[] b, int at, int stepB, float[] y, int atY, int n) {
        for (int j = 0; j < n; j++) {
            float sum = Math.fma(a[x], b[at + j], y[atY + j]);
            sum = Math.fma(a[x + step], b[at + stepB + j], sum);
            sum = Math.fma(a[x + 2 * step], b[at + 2 * stepB + j], sum);
            y[atY + j] = Math.fma(a[x + 3 * step], b[at + 3 * stepB + j], sum);
        }
    }

    private static void addRow(float f, float[] b, int at, float[] y, int atY, int n) {
        for (int j = 0; j < n; j++) {
            y[atY + j] = Math.fma(f, b[at + j], y[atY + j]);
        }
    }

    /// `y[j] = Σ_p a[p] · b[j, p]` for `from ≤ j < to`: a row times a transposed matrix.
    static void dots(
            float[] a, int atA, int k, float[] b, int atB, float[] y, int atY, int from, int to) {
        int j = from;
        for (; j + 4 <= to; j += 4) {
            dots4(a, atA, k, b, atB + j * k, y, atY + j);
        }
        for (; j < to; j++) {
            y[atY + j] = dot(a, atA, b, atB + j * k, k);
        }
    }

    private static void dots4(float[] a, int atA, int k, float[] b, int atB, float[] y, int at) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int end = k - k % L;
        for (int p = 0; p < end; p += L) {
            FloatVector v = FloatVector.fromArray(F, a, atA + p);
            s0 = v.fma(FloatVector.fromArray(F, b, atB + p), s0);
            s1 = v.fma(FloatVector.fromArray(F, b, atB + k + p), s1);
            s2 = v.fma(FloatVector.fromArray(F, b, atB + 2 * k + p), s2);
            s3 = v.fma(FloatVector.fromArray(F, b, atB + 3 * k + p), s3);
        }
        if (L > 8) {
            s0 = s0.add(s0.rearrange(SpeciesSimd.BY_8));
            s1 = s1.add(s1.rearrange(SpeciesSimd.BY_8));
            s2 = s2.add(s2.rearrange(SpeciesSimd.BY_8));
            s3 = s3.add(s3.rearrange(SpeciesSimd.BY_8));
        }
        if (L > 4) {
            s0 = s0.add(s0.rearrange(SpeciesSimd.BY_4));
            s1 = s1.add(s1.rearrange(SpeciesSimd.BY_4));
            s2 = s2.add(s2.rearrange(SpeciesSimd.BY_4));
            s3 = s3.add(s3.rearrange(SpeciesSimd.BY_4));
        }
        s0 = s0.add(s0.rearrange(SpeciesSimd.BY_2));
        s1 = s1.add(s1.rearrange(SpeciesSimd.BY_2));
        s2 = s2.add(s2.rearrange(SpeciesSimd.BY_2));
        s3 = s3.add(s3.rearrange(SpeciesSimd.BY_2));
        s0 = s0.add(s0.rearrange(SpeciesSimd.BY_1));
        s1 = s1.add(s1.rearrange(SpeciesSimd.BY_1));
        s2 = s2.add(s2.rearrange(SpeciesSimd.BY_1));
        s3 = s3.add(s3.rearrange(SpeciesSimd.BY_1));
        y[at] = s0.lane(0);
        y[at + 1] = s1.lane(0);
        y[at + 2] = s2.lane(0);
        y[at + 3] = s3.lane(0);
        for (int p = end; p < k; p++) {
            float v = a[atA + p];
            y[at] += v * b[atB + p];
            y[at + 1] += v * b[atB + k + p];
            y[at + 2] += v * b[atB + 2 * k + p];
            y[at + 3] += v * b[atB + 3 * k + p];
        }
    }

    private static float dot(float[] a, int atA, float[] b, int atB, int k) {
        FloatVector sum = FloatVector.zero(F);
        int end = k - k % L;
        for (int p = 0; p < end; p += L) {
            sum =
                    FloatVector.fromArray(F, a, atA + p)
                            .fma(FloatVector.fromArray(F, b, atB + p), sum);
        }
        if (L > 8) {
            sum = sum.add(sum.rearrange(SpeciesSimd.BY_8));
        }
        if (L > 4) {
            sum = sum.add(sum.rearrange(SpeciesSimd.BY_4));
        }
        sum = sum.add(sum.rearrange(SpeciesSimd.BY_2));
        sum = sum.add(sum.rearrange(SpeciesSimd.BY_1));
        float s = sum.lane(0);
        for (int p = end; p < k; p++) {
            s += a[atA + p] * b[atB + p];
        }
        return s;
    }
}
