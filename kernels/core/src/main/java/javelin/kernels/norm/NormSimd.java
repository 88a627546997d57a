package javelin.kernels.norm;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of batch normalisation in vectors.
///
/// An array is walked in periods: a multiple of the number of channels and of [#BLOCK], so that a
/// lane always meets the same channel. Sums keep one block of columns of the period in registers
/// and run down the rows; a rest shorter than a period is added one element at a time.
final class NormSimd {
    private static final VectorSpecies<Float> S = SpeciesSimd.FLOATS;
    private static final int L = S.length();

    /// Elements whose sums are held in registers: four vectors.
    static final int BLOCK = 4 * L;

    private NormSimd() {}

    /// `sums[j] = Σ x[at + i]` over the `i` in `0 … n−1` with `i mod period = j`.
    static void sum(float[] x, int at, int n, int period, float[] sums) {
        int end = at + n - n % period;
        for (int j = 0; j < period; j += BLOCK) {
            FloatVector a = FloatVector.zero(S);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int i = at + j; i < end; i += period) {
                a = a.add(FloatVector.fromArray(S, x, i));
                b = b.add(FloatVector.fromArray(S, x, i + L));
                c = c.add(FloatVector.fromArray(S, x, i + 2 * L));
                d = d.add(FloatVector.fromArray(S, x, i + 3 * L));
            }
            a.intoArray(sums, j);
            b.intoArray(sums, j + L);
            c.intoArray(sums, j + 2 * L);
            d.intoArray(sums, j + 3 * L);
        }
        for (int j = 0; j < n % period; j++) {
            sums[j] += x[end + j];
        }
    }

    /// `sums[j] = Σ (x[at + i] − centre[j])²`, as [#sum].
    static void squares(float[] x, int at, int n, int period, float[] centre, float[] sums) {
        int end = at + n - n % period;
        for (int j = 0; j < period; j += BLOCK) {
            FloatVector ma = FloatVector.fromArray(S, centre, j);
            FloatVector mb = FloatVector.fromArray(S, centre, j + L);
            FloatVector mc = FloatVector.fromArray(S, centre, j + 2 * L);
            FloatVector md = FloatVector.fromArray(S, centre, j + 3 * L);
            FloatVector a = FloatVector.zero(S);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int i = at + j; i < end; i += period) {
                FloatVector p = FloatVector.fromArray(S, x, i).sub(ma);
                FloatVector q = FloatVector.fromArray(S, x, i + L).sub(mb);
                FloatVector r = FloatVector.fromArray(S, x, i + 2 * L).sub(mc);
                FloatVector s = FloatVector.fromArray(S, x, i + 3 * L).sub(md);
                a = p.fma(p, a);
                b = q.fma(q, b);
                c = r.fma(r, c);
                d = s.fma(s, d);
            }
            a.intoArray(sums, j);
            b.intoArray(sums, j + L);
            c.intoArray(sums, j + 2 * L);
            d.intoArray(sums, j + 3 * L);
        }
        for (int j = 0; j < n % period; j++) {
            float d = x[end + j] - centre[j];
            sums[j] += d * d;
        }
    }

    /// `products[j] = Σ dy[dyAt + i] · (x[xAt + i] − mean[j])` and `sums[j] = Σ dy[dyAt + i]`, as
    /// [#sum]; two vectors of columns at a time.
    static void products(
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int n,
            float[] mean,
            float[] products,
            float[] sums) {
        int period = mean.length;
        int whole = n - n % period;
        for (int j = 0; j < period; j += 2 * L) {
            FloatVector ma = FloatVector.fromArray(S, mean, j);
            FloatVector mb = FloatVector.fromArray(S, mean, j + L);
            FloatVector pa = FloatVector.zero(S);
            FloatVector pb = pa;
            FloatVector sa = pa;
            FloatVector sb = pa;
            for (int i = j; i < whole; i += period) {
                FloatVector da = FloatVector.fromArray(S, dy, dyAt + i);
                FloatVector db = FloatVector.fromArray(S, dy, dyAt + i + L);
                pa = da.fma(FloatVector.fromArray(S, x, xAt + i).sub(ma), pa);
                pb = db.fma(FloatVector.fromArray(S, x, xAt + i + L).sub(mb), pb);
                sa = sa.add(da);
                sb = sb.add(db);
            }
            pa.intoArray(products, j);
            pb.intoArray(products, j + L);
            sa.intoArray(sums, j);
            sb.intoArray(sums, j + L);
        }
        for (int j = 0; j < n % period; j++) {
            float d = dy[dyAt + whole + j];
            products[j] += d * (x[xAt + whole + j] - mean[j]);
            sums[j] += d;
        }
    }

    /// `y[yAt + j] = (x[xAt + j] − mean[j]) · scale[j] + shift[j]` for `j` in `0 … n−1`.
    static void normalize(
            float[] x,
            int xAt,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] y,
            int yAt,
            int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            FloatVector.fromArray(S, x, xAt + j)
                    .sub(FloatVector.fromArray(S, mean, j))
                    .mul(FloatVector.fromArray(S, scale, j))
                    .add(FloatVector.fromArray(S, shift, j))
                    .intoArray(y, yAt + j);
        }
        for (; j < n; j++) {
            y[yAt + j] = (x[xAt + j] - mean[j]) * scale[j] + shift[j];
        }
    }

    /// `dx[dxAt + j] = a[j]·dy[dyAt + j] + b[j]·(x[xAt + j] − mean[j]) + d[j]`.
    static void combine(
            float[] dy,
            int dyAt,
            float[] a,
            float[] x,
            int xAt,
            float[] b,
            float[] mean,
            float[] d,
            float[] dx,
            int dxAt,
            int n) {
        int j = 0;
        for (; j <= n - L; j += L) {
            FloatVector.fromArray(S, dy, dyAt + j)
                    .mul(FloatVector.fromArray(S, a, j))
                    .add(
                            FloatVector.fromArray(S, x, xAt + j)
                                    .sub(FloatVector.fromArray(S, mean, j))
                                    .mul(FloatVector.fromArray(S, b, j)))
                    .add(FloatVector.fromArray(S, d, j))
                    .intoArray(dx, dxAt + j);
        }
        for (; j < n; j++) {
            dx[dxAt + j] = a[j] * dy[dyAt + j] + b[j] * (x[xAt + j] - mean[j]) + d[j];
        }
    }
}
