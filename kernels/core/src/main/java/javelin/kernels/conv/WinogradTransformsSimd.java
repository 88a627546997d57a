package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The one-dimensional transformations of Winograd's minimal filtering at the points 0, ±1, ±2, ∞
/// (for tiles of four outputs) and 0, ±1, ∞ (for two), each applied to `n` columns of a few rows
/// that lie `step` apart; `n` is a multiple of the number of lanes. Rows and columns of a tile take
/// one each.
final class WinogradTransformsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private WinogradTransformsSimd() {}

    /// `Bᵀ X B` of a patch `X [6, 6, pixel]`, of its first `channels` channels.
    ///
    /// @param step elements from one row of the patch to the next
    /// @param pixel elements from one column to the next
    /// @param half memory for 36 vectors
    /// @param rows rows of points in a group, a divisor of all
    /// @param stepI from row to row of a group in `y`
    /// @param stepG from group to group
    /// @param stepJ from column to column
    static void patch(
            float[] x,
            int at,
            int step,
            int pixel,
            int channels,
            float[] half,
            float[] y,
            int to,
            int rows,
            int stepI,
            int stepG,
            int stepJ) {
        for (int c = 0; c < channels; c += L) {
            for (int j = 0; j < 6; j++) {
                input(x, at + j * pixel + c, step, half, j * L, 6 * L);
            }
            for (int i = 0; i < 6; i += rows) {
                int group = to + i / rows * stepG + c;
                for (int r = 0; r < rows; r++) {
                    input(half, 6 * (i + r) * L, L, y, group + r * stepI, stepJ);
                }
            }
        }
    }

    /// The same for two outputs: `X [4, 4, pixel]`.
    static void patchOf2(
            float[] x,
            int at,
            int step,
            int pixel,
            int channels,
            float[] half,
            float[] y,
            int to,
            int rows,
            int stepI,
            int stepG,
            int stepJ) {
        for (int c = 0; c < channels; c += L) {
            for (int j = 0; j < 4; j++) {
                inputOf2(x, at + j * pixel + c, step, half, j * L, 4 * L);
            }
            for (int i = 0; i < 4; i += rows) {
                int group = to + i / rows * stepG + c;
                for (int r = 0; r < rows; r++) {
                    inputOf2(half, 4 * (i + r) * L, L, y, group + r * stepI, stepJ);
                }
            }
        }
    }

    /// `Aᵀ X A` of the points `X` of a tile, that lie `plane` apart: 4 rows of 4 pixels.
    ///
    /// @param half memory for 36 vectors
    /// @param stepY elements from one row of pixels to the next
    static void tile(
            float[] x,
            int at,
            int plane,
            int channels,
            float[] half,
            float[] y,
            int to,
            int stepY) {
        for (int c = 0; c < channels; c += L) {
            for (int j = 0; j < 6; j++) {
                output(x, at + j * plane + c, 6 * plane, half, j * L, 6 * L);
            }
            for (int i = 0; i < 4; i++) {
                output(half, 6 * i * L, L, y, to + i * stepY + c, channels);
            }
        }
    }

    /// The same for two outputs: 2 rows of 2 pixels.
    static void tileOf2(
            float[] x,
            int at,
            int plane,
            int channels,
            float[] half,
            float[] y,
            int to,
            int stepY) {
        for (int c = 0; c < channels; c += L) {
            for (int j = 0; j < 4; j++) {
                outputOf2(x, at + j * plane + c, 4 * plane, half, j * L, 4 * L);
            }
            for (int i = 0; i < 2; i++) {
                outputOf2(half, 4 * i * L, L, y, to + i * stepY + c, channels);
            }
        }
    }

    /// `Bᵀ x`: 6 inputs to 6 points.
    private static void input(float[] x, int at, int step, float[] y, int to, int stepY) {
        FloatVector d0 = FloatVector.fromArray(F, x, at);
        FloatVector d1 = FloatVector.fromArray(F, x, at + step);
        FloatVector d2 = FloatVector.fromArray(F, x, at + 2 * step);
        FloatVector d3 = FloatVector.fromArray(F, x, at + 3 * step);
        FloatVector d4 = FloatVector.fromArray(F, x, at + 4 * step);
        FloatVector d5 = FloatVector.fromArray(F, x, at + 5 * step);
        d0.mul(4).sub(d2.mul(5)).add(d4).intoArray(y, to);
        d1.mul(4).sub(d3.mul(5)).add(d5).intoArray(y, to + 5 * stepY);
        FloatVector even = d4.sub(d2.mul(4));
        FloatVector odd = d3.sub(d1.mul(4));
        even.add(odd).intoArray(y, to + stepY);
        even.sub(odd).intoArray(y, to + 2 * stepY);
        even = d4.sub(d2);
        odd = d3.sub(d1).mul(2);
        even.add(odd).intoArray(y, to + 3 * stepY);
        even.sub(odd).intoArray(y, to + 4 * stepY);
    }

    /// `Aᵀ x`: 6 points to 4 outputs.
    private static void output(float[] x, int at, int step, float[] y, int to, int stepY) {
        FloatVector m1 = FloatVector.fromArray(F, x, at + step);
        FloatVector m2 = FloatVector.fromArray(F, x, at + 2 * step);
        FloatVector m3 = FloatVector.fromArray(F, x, at + 3 * step);
        FloatVector m4 = FloatVector.fromArray(F, x, at + 4 * step);
        FloatVector near = m1.add(m2);
        FloatVector far = m3.add(m4);
        FloatVector slope = m1.sub(m2);
        FloatVector steep = m3.sub(m4);
        FloatVector m0 = FloatVector.fromArray(F, x, at);
        FloatVector m5 = FloatVector.fromArray(F, x, at + 5 * step);
        m0.add(near).add(far).intoArray(y, to);
        slope.add(steep.mul(2)).intoArray(y, to + stepY);
        near.add(far.mul(4)).intoArray(y, to + 2 * stepY);
        slope.add(steep.mul(8)).add(m5).intoArray(y, to + 3 * stepY);
    }

    /// `Bᵀ x` for two outputs: 4 inputs to 4 points.
    private static void inputOf2(float[] x, int at, int step, float[] y, int to, int stepY) {
        FloatVector d0 = FloatVector.fromArray(F, x, at);
        FloatVector d1 = FloatVector.fromArray(F, x, at + step);
        FloatVector d2 = FloatVector.fromArray(F, x, at + 2 * step);
        FloatVector d3 = FloatVector.fromArray(F, x, at + 3 * step);
        d0.sub(d2).intoArray(y, to);
        d1.add(d2).intoArray(y, to + stepY);
        d2.sub(d1).intoArray(y, to + 2 * stepY);
        d3.sub(d1).intoArray(y, to + 3 * stepY);
    }

    /// `Aᵀ x` for two outputs: 4 points to 2 outputs.
    private static void outputOf2(float[] x, int at, int step, float[] y, int to, int stepY) {
        FloatVector m0 = FloatVector.fromArray(F, x, at);
        FloatVector m1 = FloatVector.fromArray(F, x, at + step);
        FloatVector m2 = FloatVector.fromArray(F, x, at + 2 * step);
        FloatVector m3 = FloatVector.fromArray(F, x, at + 3 * step);
        m0.add(m1).add(m2).intoArray(y, to);
        m1.sub(m2).add(m3).intoArray(y, to + stepY);
    }

    // ---- filters: n columns of a few rows that lie `step` apart ----

    /// `G x`: 3 taps to 6 points.
    static void filter(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector g0 = FloatVector.fromArray(F, x, at + i);
            FloatVector g1 = FloatVector.fromArray(F, x, at + i + step);
            FloatVector g2 = FloatVector.fromArray(F, x, at + i + 2 * step);
            g0.mul(1 / 4f).intoArray(y, to + i);
            g2.intoArray(y, to + i + 5 * stepY);
            FloatVector even = g0.add(g2).mul(-1 / 6f);
            FloatVector odd = g1.mul(1 / 6f);
            even.sub(odd).intoArray(y, to + i + stepY);
            even.add(odd).intoArray(y, to + i + 2 * stepY);
            even = g2.mul(4).add(g0).mul(1 / 24f);
            odd = g1.mul(1 / 12f);
            even.add(odd).intoArray(y, to + i + 3 * stepY);
            even.sub(odd).intoArray(y, to + i + 4 * stepY);
        }
    }

    /// As [#filter], of 4 taps: in the gradient of the filters a tile of `dy` is the filter.
    static void filter4(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector g0 = FloatVector.fromArray(F, x, at + i);
            FloatVector g1 = FloatVector.fromArray(F, x, at + i + step);
            FloatVector g2 = FloatVector.fromArray(F, x, at + i + 2 * step);
            FloatVector g3 = FloatVector.fromArray(F, x, at + i + 3 * step);
            g0.mul(1 / 4f).intoArray(y, to + i);
            g3.intoArray(y, to + i + 5 * stepY);
            FloatVector even = g0.add(g2).mul(-1 / 6f);
            FloatVector odd = g1.add(g3).mul(1 / 6f);
            even.sub(odd).intoArray(y, to + i + stepY);
            even.add(odd).intoArray(y, to + i + 2 * stepY);
            even = g2.mul(4).add(g0).mul(1 / 24f);
            odd = g3.mul(4).add(g1).mul(1 / 12f);
            even.add(odd).intoArray(y, to + i + 3 * stepY);
            even.sub(odd).intoArray(y, to + i + 4 * stepY);
        }
    }

    /// `Aᵀ x`: 6 points to 3 outputs, the taps of a gradient.
    static void output3(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector m1 = FloatVector.fromArray(F, x, at + i + step);
            FloatVector m2 = FloatVector.fromArray(F, x, at + i + 2 * step);
            FloatVector m3 = FloatVector.fromArray(F, x, at + i + 3 * step);
            FloatVector m4 = FloatVector.fromArray(F, x, at + i + 4 * step);
            FloatVector near = m1.add(m2);
            FloatVector far = m3.add(m4);
            FloatVector m0 = FloatVector.fromArray(F, x, at + i);
            FloatVector m5 = FloatVector.fromArray(F, x, at + i + 5 * step);
            m0.add(near).add(far).intoArray(y, to + i);
            m1.sub(m2).add(m3.sub(m4).mul(2)).intoArray(y, to + i + stepY);
            near.add(far.mul(4)).add(m5).intoArray(y, to + i + 2 * stepY);
        }
    }

    /// `G x` for two outputs: 3 taps to 4 points.
    static void filterOf2(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector g0 = FloatVector.fromArray(F, x, at + i);
            FloatVector g1 = FloatVector.fromArray(F, x, at + i + step);
            FloatVector g2 = FloatVector.fromArray(F, x, at + i + 2 * step);
            FloatVector even = g0.add(g2).mul(1 / 2f);
            FloatVector odd = g1.mul(1 / 2f);
            g0.intoArray(y, to + i);
            even.add(odd).intoArray(y, to + i + stepY);
            even.sub(odd).intoArray(y, to + i + 2 * stepY);
            g2.intoArray(y, to + i + 3 * stepY);
        }
    }
}
