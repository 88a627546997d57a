package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;

/// As [LineAdmm], but all lines of a block form one image whose differences between lines count as
/// well: what one line leaves open, its neighbours tell, and noise is averaged over them.
///
/// After a Fourier transform across the lines the update of `x` falls apart into one problem of the
/// old form for each frequency across, with its own `ε`, recursion and `G`: the update is still
/// exact.
public final class JointAdmm extends BlockAdmm {
    private final int frequencies;
    private final float weight;
    private final float[] r;
    private final float[] half;
    private final float[] across;
    private final float[] pairs;
    private final float[] solved;
    private final Smoother[] smoothers;
    private final Runnable imageToFrequencies;
    private final Runnable frequenciesToImage;
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
        super(on, a, lines, config);
        Limits.positive("joint admm", "the weight between lines", weight);
        this.weight = (float) weight;
        frequencies = lines / 2 + 1;
        float[] g = new float[Math.multiplyExact(frequencies * rows, rows)];
        smoothers = new Smoother[frequencies];
        for (int k = 0; k < frequencies; k++) {
            double sine = weight * Math.sin(Math.PI * k / lines);
            smoothers[k] = smoother(4 * sine * sine);
            double[] gram = Grams.outer(on, smoothed(smoothers[k]), matrix, rows, columns);
            System.arraycopy(woodbury(gram), 0, g, k * rows * rows, rows * rows);
        }
        r = new float[x.length];
        half = new float[frequencies * columns * 2];
        across = new float[frequencies * rows * 2];
        pairs = new float[across.length];
        solved = new float[across.length];
        var partly = Products.view(half, frequencies, columns, 2);
        Rfft down = new Rfft(0, 1, 1);
        Irfft up = new Irfft(0, 1.0 / lines, 2);
        imageToFrequencies = Products.unary(on, down, Products.view(r, lines, columns), partly);
        frequenciesToImage = Products.unary(on, up, partly, Products.view(p, lines, columns));
        var spectra = Products.view(across, frequencies, rows, 2);
        var values = Products.view(e, lines, rows);
        toFrequencies = Products.unary(on, down, values, spectra);
        solve = Products.batch(on, pairs, g, solved, frequencies, 2, rows, rows);
        toLines = Products.unary(on, up, spectra, values);
        back = Products.right(on, e, matrix, more, lines, rows, columns);
    }

    @Override
    float acrossWeight() {
        return weight;
    }

    @Override
    double updateX(float[] y, float[] s, float[] along, float[] down) {
        rightSide(along, down, r);
        smooth();
        misfit(y, s);
        toFrequencies.run();
        toPairs();
        solve.run();
        fromPairs();
        toLines.run();
        back.run();
        Vectors.add(1, more, r); // r + Aᵀ·G·e
        smooth();
        Vectors.subtract(p, x, more);
        System.arraycopy(p, 0, x, 0, x.length);
        if (config.equality()) {
            measure();
            for (int i = 0; i < s.length; i++) {
                s[i] += t[i] - y[i];
            }
        }
        return Vectors.norm(more);
    }

    /// `p = Λ⁻¹·r`: by a transform across the lines, by recursion along them.
    private void smooth() {
        imageToFrequencies.run();
        for (int k = 0; k < frequencies; k++) {
            smoothers[k].runPairs(half, 2 * columns * k);
        }
        frequenciesToImage.run();
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
