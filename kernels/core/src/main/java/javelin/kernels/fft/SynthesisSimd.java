package javelin.kernels.fft;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Sums in vectors of samples. Cosines are even and sines odd about sample 0, so the sums `e` and
/// `o` of the first half give both halves: `x[j] = e + o`, `x[n−j] = e − o`. Two vectors of two
/// signals are summed at once: eight sums hide the latency of a fused multiply-add. Twelve would
/// need fewer loads, but more registers than a machine of 256-bit vectors has.
///
/// Tiles may reach beyond the middle; what they store there is the same sum again.
final class SynthesisSimd implements SynthesisPlan.Synthesis {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = F.length();
    private static final int TILE = 2 * L;

    /// Signals that share a tile's part of the table while it is in the nearest cache; few enough
    /// that they are there as well.
    private static final int BLOCK = 8;

    private static final VectorShuffle<Float> REVERSE =
            VectorShuffle.fromOp(F, i -> F.length() - 1 - i);

    private final int n;
    private final int k;
    private final int tiles;

    /// Per tile and frequency: `TILE` cosines, `TILE` sines; samples count from 1.
    private final float[] table;

    private final float[] weights;
    private final float[] gains;

    SynthesisSimd(int n, int k, float[] gains) {
        this.gains = gains;
        this.n = n;
        this.k = k;
        tiles = tiles(n);
        table = new float[tiles * k * 2 * TILE];
        weights = new float[k];
        for (int f = 0; f < k; f++) {
            double weight = SynthesisPlan.weight(f, n);
            weights[f] = (float) weight;
            for (int j = 0; j < tiles * TILE; j++) {
                int at = (j / TILE * k + f) * 2 * TILE + j % TILE;
                table[at] = (float) (weight * Roots.cos((long) f * (j + 1), n));
                table[at + TILE] = (float) (-weight * Roots.sin((long) f * (j + 1), n));
            }
        }
    }

    private static int tiles(int n) {
        return (n / 2 + TILE - 1) / TILE;
    }

    /// Whether all tiles lie inside of a signal.
    static boolean suits(int n) {
        return n > 1 && tiles(n) * TILE < n;
    }

    @Override
    public void run(float[] c, int at, int signals, float[] x, int to) {
        for (int s = 0; s < signals; s += BLOCK) {
            block(c, at + 2 * k * s, Math.min(BLOCK, signals - s), x, to + s * n);
        }
    }

    private void block(float[] c, int at, int signals, float[] x, int to) {
        for (int s = 0; s < signals; s++) {
            x[to + s * n] = first(c, at + 2 * k * s);
        }
        for (int tile = 0; tile < tiles; tile++) {
            for (int s = 0; s < signals; s += 2) {
                int t = Math.min(s + 1, signals - 1);
                int a = at + 2 * k * s;
                int b = at + 2 * k * t;
                sum(c, a, b, tile * k * 2 * TILE, x, to + s * n, to + t * n, tile * TILE + 1);
            }
        }
    }

    private float first(float[] c, int at) {
        float sum = 0;
        for (int f = 0; f < k; f++) {
            sum += weights[f] * c[at + 2 * f];
        }
        return sum * gains[0];
    }

    private void sum(float[] c, int a, int b, int at, float[] x, int toA, int toB, int j) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector ea0 = zero;
        FloatVector ea1 = zero;
        FloatVector oa0 = zero;
        FloatVector oa1 = zero;
        FloatVector eb0 = zero;
        FloatVector eb1 = zero;
        FloatVector ob0 = zero;
        FloatVector ob1 = zero;
        for (int f = 0; f < k; f++) {
            int wave = at + f * 2 * TILE;
            FloatVector w0 = FloatVector.fromArray(F, table, wave);
            FloatVector w1 = FloatVector.fromArray(F, table, wave + L);
            FloatVector reA = FloatVector.broadcast(F, c[a + 2 * f]);
            ea0 = w0.fma(reA, ea0);
            ea1 = w1.fma(reA, ea1);
            FloatVector reB = FloatVector.broadcast(F, c[b + 2 * f]);
            eb0 = w0.fma(reB, eb0);
            eb1 = w1.fma(reB, eb1);
            FloatVector v0 = FloatVector.fromArray(F, table, wave + TILE);
            FloatVector v1 = FloatVector.fromArray(F, table, wave + TILE + L);
            FloatVector imA = FloatVector.broadcast(F, c[a + 2 * f + 1]);
            oa0 = v0.fma(imA, oa0);
            oa1 = v1.fma(imA, oa1);
            FloatVector imB = FloatVector.broadcast(F, c[b + 2 * f + 1]);
            ob0 = v0.fma(imB, ob0);
            ob1 = v1.fma(imB, ob1);
        }
        // samples j and those after it, and their mirror images
        int k0 = n - j - L + 1;
        int k1 = k0 - L;
        FloatVector g0 = FloatVector.fromArray(F, gains, j);
        FloatVector g1 = FloatVector.fromArray(F, gains, j + L);
        FloatVector h0 = FloatVector.fromArray(F, gains, k0);
        FloatVector h1 = FloatVector.fromArray(F, gains, k1);
        ea0.sub(oa0).rearrange(REVERSE).mul(h0).intoArray(x, toA + k0);
        ea0.add(oa0).mul(g0).intoArray(x, toA + j);
        ea1.sub(oa1).rearrange(REVERSE).mul(h1).intoArray(x, toA + k1);
        ea1.add(oa1).mul(g1).intoArray(x, toA + j + L);
        eb0.sub(ob0).rearrange(REVERSE).mul(h0).intoArray(x, toB + k0);
        eb0.add(ob0).mul(g0).intoArray(x, toB + j);
        eb1.sub(ob1).rearrange(REVERSE).mul(h1).intoArray(x, toB + k1);
        eb1.add(ob1).mul(g1).intoArray(x, toB + j + L);
    }
}
