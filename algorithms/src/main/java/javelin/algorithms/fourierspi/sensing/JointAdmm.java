package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;

import java.util.Arrays;

/// As [LineAdmm], but all lines of a block form one image whose differences between lines count as
/// well: what one line leaves open, its neighbours tell, and noise is averaged over them.
///
/// After a Fourier transform across the lines the update of `x` falls apart into one problem of the
/// old form for each frequency across, with its own `G`: the update is still exact.
public final class JointAdmm implements Solver {
    /// Axis 1, as the transform names it.
    private static final int ALONG = 1 << 1;

    private final int lines;
    private final int rows;
    private final int columns;
    private final int frequencies;
    private final double norm;
    private final double weight;
    private final LineAdmm.Config config;
    private final float[] inverse;
    private final float[] x;
    private final float[] r;
    private final float[] p;
    private final float[] t;
    private final float[] e;
    private final float[] more;
    private final float[] spectrum;
    private final float[] across;
    private final float[] pairs;
    private final float[] solved;
    private final Runnable forward;
    private final Runnable measure;
    private final Runnable toFrequencies;
    private final Runnable solve;
    private final Runnable toLines;
    private final Runnable back;

    /// Solver for images of `lines` lines, each measured with `a`.
    ///
    /// @param weight weight of differences between lines, relative to those along lines: the width
    ///   of a pixel over the distance of lines, so that edges of equal length count equally. A line
    ///   scan with pixels much finer than its lines is spoilt by a weight of 1
    public JointAdmm(Backend on, Measurement a, int lines, double weight, LineAdmm.Config config) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "joint admm: the weight between lines must be 0 or more, not " + weight);
        }
        this.weight = weight;
        this.lines = lines;
        this.config = config;
        rows = a.rows();
        columns = a.columns();
        frequencies = lines / 2 + 1;
        norm = Math.sqrt(a.largestEigenvalue(1e-3));
        float[] matrix = a.matrix();
        Vectors.scale(1 / norm, matrix);
        float[] g = new float[Math.multiplyExact(frequencies * rows, rows)];
        inverse = new float[frequencies * columns * 2];
        for (int k = 0; k < frequencies; k++) {
            double sine = Math.sin(Math.PI * k / lines);
            float[] half = LineAdmm.inverseEigenvalues(config, columns, 4 * sine * sine);
            float[] smooth = LineAdmm.smoothed(on, matrix, rows, columns, half);
            double[] gram = Grams.outer(on, smooth, matrix, rows, columns);
            float[] block = LineAdmm.woodbury(gram, rows, config.kappa());
            System.arraycopy(block, 0, g, k * rows * rows, block.length);
            for (int j = 0; j < columns; j++) {
                int at = (k * columns + j) * 2;
                inverse[at] = half[2 * Math.min(j, columns - j)];
                inverse[at + 1] = inverse[at];
            }
        }
        x = new float[lines * columns];
        r = new float[x.length];
        p = new float[x.length];
        more = new float[x.length];
        t = new float[lines * rows];
        e = new float[t.length];
        float[] half = new float[inverse.length];
        spectrum = new float[inverse.length];
        across = new float[frequencies * rows * 2];
        pairs = new float[across.length];
        solved = new float[across.length];
        forward = smoothing(on, half);
        measure = Products.rightTransposed(on, p, matrix, t, lines, columns, rows);
        var spectra = Products.view(across, frequencies, rows, 2);
        var values = Products.view(e, lines, rows);
        toFrequencies = Products.unary(on, new Rfft(0, 1, 1), values, spectra);
        solve = Products.batch(on, pairs, g, solved, frequencies, 2, rows, rows);
        toLines = Products.unary(on, new Irfft(0, 1.0 / lines, 2), spectra, values);
        back = Products.right(on, e, matrix, more, lines, rows, columns);
    }

    /// `p = Λ⁻¹·r` by transforms along both axes.
    private Runnable smoothing(Backend on, float[] half) {
        var image = Products.view(r, lines, columns);
        var result = Products.view(p, lines, columns);
        var partly = Products.view(half, frequencies, columns, 2);
        var whole = Products.view(spectrum, frequencies, columns, 2);
        Runnable down = Products.unary(on, new Rfft(0, 1, 1), image, partly);
        Runnable along = Products.unary(on, new Fft(ALONG, false, 1), partly, whole);
        Runnable alongBack = Products.unary(on, new Fft(ALONG, true, 1.0 / columns), whole, partly);
        Runnable up = Products.unary(on, new Irfft(0, 1.0 / lines, 2), partly, result);
        return () -> {
            down.run();
            along.run();
            Splits.multiply(spectrum, inverse);
            alongBack.run();
            up.run();
        };
    }

    /// An image `[lines, columns]` from measurements `[lines, rows]`.
    @Override
    public Solution solve(float[] measured, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", measured, t.length);
        float[] y = measured.clone();
        Vectors.scale(1 / norm, y);
        float[] s = new float[y.length];
        float[] z = new float[x.length];
        float[] u = new float[x.length];
        float[] zDown = new float[x.length];
        float[] uDown = new float[x.length];
        float[] d = new float[x.length];
        float[] dDown = new float[x.length];
        float threshold = (float) (config.theta() / config.rho());
        Arrays.fill(x, 0);
        int iteration = 0;
        boolean converged = false;
        while (iteration < config.maxIterations() && !converged) {
            Vectors.subtract(z, u, d);
            Vectors.subtract(zDown, uDown, dDown);
            double moved = updateX(y, s, d, dDown);
            Differences.apply(x, lines, columns, d, dDown);
            Splits.update(d, z, u, threshold);
            Splits.update(dDown, zDown, uDown, (float) (weight * threshold));
            iteration++;
            converged = moved <= config.tolerance() * Vectors.norm(x);
            if (!listener.proceed(iteration, x::clone)) {
                break;
            }
        }
        return new Solution(x.clone(), iteration, converged, System.nanoTime() - start);
    }

    /// The exact minimum in `x` for given differences; then `s`. Returns how far `x` went.
    double updateX(float[] y, float[] s, float[] along, float[] down) {
        Differences.adjoint(along, down, lines, columns, r);
        float rho = (float) config.rho();
        float epsilon = (float) config.epsilon();
        for (int i = 0; i < x.length; i++) {
            r[i] = rho * r[i] + epsilon * x[i];
        }
        forward.run();
        measure.run();
        for (int i = 0; i < e.length; i++) {
            e[i] = y[i] - s[i] - t[i];
        }
        toFrequencies.run();
        toPairs();
        solve.run();
        fromPairs();
        toLines.run();
        back.run();
        Vectors.add(1, more, r); // r + Aᵀ·G·e
        forward.run();
        Vectors.subtract(p, x, more);
        System.arraycopy(p, 0, x, 0, x.length);
        if (config.equality()) {
            measure.run();
            for (int i = 0; i < s.length; i++) {
                s[i] += t[i] - y[i];
            }
        }
        return Vectors.norm(more);
    }

    /// The current image; shared.
    float[] x() {
        return x;
    }

    /// Largest singular value by which `A` was divided.
    double norm() {
        return norm;
    }

    /// Real and imaginary parts as two rows of each problem's left side.
    private void toPairs() {
        for (int k = 0; k < frequencies; k++) {
            int at = k * rows * 2;
            for (int i = 0; i < rows; i++) {
                pairs[at + i] = across[at + 2 * i];
                pairs[at + rows + i] = across[at + 2 * i + 1];
            }
        }
    }

    private void fromPairs() {
        for (int k = 0; k < frequencies; k++) {
            int at = k * rows * 2;
            for (int i = 0; i < rows; i++) {
                across[at + 2 * i] = solved[at + i];
                across[at + 2 * i + 1] = solved[at + rows + i];
            }
        }
    }
}
