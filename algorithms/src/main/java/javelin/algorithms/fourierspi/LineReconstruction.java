package javelin.algorithms.fourierspi;

import javelin.kernels.fft.SynthesisPlan;

import java.util.Arrays;
import java.util.Objects;

/// Lines from the numbers of the detector, in 32 bits and fast: the phases are combined, divided by
/// the instrument's response, and the coefficients summed to pixels. The pixels may be fewer than
/// those of the schedule, as the line has only `2K − 1` degrees of freedom.
///
/// Keeps working memory: one thread at a time. Running it allocates nothing.
public final class LineReconstruction {
    /// Lines that are combined before they are summed; their coefficients stay in the nearest
    /// cache.
    private static final int BLOCK = 16;

    private final int samples;
    private final int coefficients;
    private final int pixels;
    private final int[] starts; // of each coefficient's terms
    private final int[] terms; // sample in time order
    private final float[] re;
    private final float[] im;
    private final boolean fourTerms; // of every coefficient
    private final int[] places; // of each coefficient in the spectrum
    private final SynthesisPlan synthesis;
    private final float[] spectra;
    private final float[] gains; // 1/flat, by pixel

    /// A reconstruction of lines.
    ///
    /// @param schedule of a line, any frequencies
    /// @param b amplitude of the pattern
    /// @param response what the instrument makes of each coefficient, by which is divided; see
    ///   [#divided]
    /// @param flat light at the pixels, by which the line is divided, but by a twentieth of the
    ///   largest at least; empty for no division
    /// @param pixels of the result; with `flat`, as many
    /// @throws IllegalArgumentException if the schedule is that of a frame, there are fewer pixels
    ///   than the highest frequency needs, or lengths differ
    public LineReconstruction(
            Schedule schedule, double b, Complex[] response, double[] flat, int pixels) {
        Grid grid = schedule.grid();
        coefficients = schedule.frequencies().size();
        int highest = schedule.frequencies().stream().mapToInt(Frequency::u).max().orElse(0);
        if (grid.ny() != 1) {
            throw new IllegalArgumentException(
                    "reconstruction: the schedule shows a frame of %d rows, not a line"
                            .formatted(grid.ny()));
        }
        if (highest > pixels / 2 || (2 * highest == pixels && grid.nx() != pixels)) {
            throw new IllegalArgumentException(
                    "reconstruction: %d pixels cannot hold %d cycles; take more than %d"
                            .formatted(pixels, highest, 2 * highest));
        }
        if (response.length != coefficients || (flat.length != 0 && flat.length != pixels)) {
            throw new IllegalArgumentException(
                    "reconstruction: %d responses for %d coefficients, a flat field of %d for %d pixels"
                            .formatted(response.length, coefficients, flat.length, pixels));
        }
        this.pixels = pixels;
        samples = schedule.samples().size();
        double[][] rows = rows(schedule, b, response, (double) pixels / grid.nx());
        starts = new int[coefficients + 1];
        int[] at = new int[coefficients * samples];
        float[] real = new float[at.length];
        float[] imaginary = new float[at.length];
        int count = 0;
        for (int k = 0; k < coefficients; k++) {
            for (int i = 0; i < samples; i++) {
                Schedule.Sample sample = schedule.samples().get(i);
                if (sample.isBase() || sample.coefficient() == k) {
                    at[count] = i;
                    real[count] = (float) rows[2 * k][i];
                    imaginary[count] = (float) rows[2 * k + 1][i];
                    count++;
                }
            }
            starts[k + 1] = count;
        }
        fourTerms = isEvery(4);
        terms = Arrays.copyOf(at, count);
        re = Arrays.copyOf(real, count);
        im = Arrays.copyOf(imaginary, count);
        places = schedule.frequencies().stream().mapToInt(Frequency::u).toArray();
        synthesis = SynthesisPlan.of(pixels, highest + 1);
        spectra = new float[BLOCK * 2 * (highest + 1)];
        gains = new float[flat.length];
        double least = 0.05 * Arrays.stream(flat).max().orElse(0);
        for (int i = 0; i < gains.length; i++) {
            gains[i] = (float) (1 / Math.max(flat[i], least));
        }
    }

    private boolean isEvery(int terms) {
        for (int k = 0; k < coefficients; k++) {
            if (starts[k + 1] != (k + 1) * terms) {
                return false;
            }
        }
        return true;
    }

    /// Without an instrument's response and flat field.
    public static LineReconstruction ideal(Schedule schedule, double b, int pixels) {
        Complex[] one = new Complex[schedule.frequencies().size()];
        Arrays.fill(one, new Complex(1, 0));
        return new LineReconstruction(schedule, b, one, new double[0], pixels);
    }

    /// The linear map from samples to calibrated coefficients, by measuring unit vectors: real and
    /// imaginary rows in turn.
    private static double[][] rows(Schedule schedule, double b, Complex[] response, double gain) {
        int n = schedule.samples().size();
        double[][] rows = new double[2 * response.length][n];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            unit[i] = 1;
            Complex[] f = schedule.estimate(unit, b);
            unit[i] = 0;
            for (int k = 0; k < f.length; k++) {
                Complex c = divided(f[k], response[k]);
                boolean real = schedule.grid().isSelfConjugate(schedule.frequencies().get(k));
                rows[2 * k][i] = c.re() * gain;
                rows[2 * k + 1][i] = real ? 0 : c.im() * gain;
            }
        }
        return rows;
    }

    /// `f/c`, but `f·c*/(|c|² + ε)` where the response `c` nearly vanishes: `ε` is 10⁻⁶ of a full
    /// response.
    static Complex divided(Complex f, Complex c) {
        double power = c.re() * c.re() + c.im() * c.im();
        double divisor = power > 1e-2 ? power : power + 1e-6;
        return new Complex(
                (f.re() * c.re() + f.im() * c.im()) / divisor,
                (f.im() * c.re() - f.re() * c.im()) / divisor);
    }

    /// Numbers of one line.
    public int samples() {
        return samples;
    }

    /// Pixels of one line.
    public int pixels() {
        return pixels;
    }

    /// Lines from codes of a converter.
    ///
    /// @param codes unsigned, `[lines, samples]`, from `at` on
    /// @param step value of one step
    /// @param x result `[lines, pixels]`, from `to` on
    public void run(short[] codes, int at, double step, int lines, float[] x, int to) {
        Objects.checkFromIndexSize(at, Math.multiplyExact(lines, samples), codes.length);
        Objects.checkFromIndexSize(to, Math.multiplyExact(lines, pixels), x.length);
        float unit = (float) step;
        for (int done = 0; done < lines; done += BLOCK) {
            int some = Math.min(BLOCK, lines - done);
            for (int l = 0; l < some; l++) {
                combine(codes, at + (done + l) * samples, unit, l * 2 * synthesis.coefficients());
            }
            finish(some, x, to + done * pixels);
        }
    }

    /// Lines from numbers.
    ///
    /// @param d `[lines, samples]`
    /// @param x result `[lines, pixels]`
    public void run(double[] d, int lines, float[] x) {
        Objects.checkFromIndexSize(0, Math.multiplyExact(lines, samples), d.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(lines, pixels), x.length);
        for (int done = 0; done < lines; done += BLOCK) {
            int some = Math.min(BLOCK, lines - done);
            for (int l = 0; l < some; l++) {
                combine(d, (done + l) * samples, l * 2 * synthesis.coefficients());
            }
            finish(some, x, done * pixels);
        }
    }

    /// All lines of a recording in a new array.
    public float[] run(double[] d) {
        float[] x = new float[Math.multiplyExact(d.length / samples, pixels)];
        run(d, d.length / samples, x);
        return x;
    }

    private void combine(short[] codes, int at, float unit, int to) {
        if (fourTerms) {
            combineFour(codes, at, unit, to);
            return;
        }
        for (int k = 0; k < coefficients; k++) {
            float x = 0;
            float y = 0;
            for (int t = starts[k]; t < starts[k + 1]; t++) {
                float v = codes[at + terms[t]] & 0xffff;
                x += v * re[t];
                y += v * im[t];
            }
            spectra[to + 2 * places[k]] = x * unit;
            spectra[to + 2 * places[k] + 1] = y * unit;
        }
    }

    /// Four terms written out: loops of four turns cost three times as much.
    private void combineFour(short[] codes, int at, float unit, int to) {
        for (int k = 0; k < coefficients; k++) {
            int t = 4 * k;
            float a = codes[at + terms[t]] & 0xffff;
            float b = codes[at + terms[t + 1]] & 0xffff;
            float c = codes[at + terms[t + 2]] & 0xffff;
            float d = codes[at + terms[t + 3]] & 0xffff;
            float x = a * re[t] + b * re[t + 1] + (c * re[t + 2] + d * re[t + 3]);
            float y = a * im[t] + b * im[t + 1] + (c * im[t + 2] + d * im[t + 3]);
            spectra[to + 2 * places[k]] = x * unit;
            spectra[to + 2 * places[k] + 1] = y * unit;
        }
    }

    private void combine(double[] d, int at, int to) {
        for (int k = 0; k < coefficients; k++) {
            double x = 0;
            double y = 0;
            for (int t = starts[k]; t < starts[k + 1]; t++) {
                double v = d[at + terms[t]];
                x += v * re[t];
                y += v * im[t];
            }
            spectra[to + 2 * places[k]] = (float) x;
            spectra[to + 2 * places[k] + 1] = (float) y;
        }
    }

    private void finish(int lines, float[] x, int to) {
        synthesis.run(spectra, 0, lines, x, to);
        if (gains.length > 0) {
            for (int l = 0; l < lines; l++) {
                int start = to + l * pixels;
                for (int i = 0; i < pixels; i++) {
                    x[start + i] *= gains[i];
                }
            }
        }
    }
}
