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

    private final int pixels;
    private final double border;
    private final PhaseCombination phases;
    private final int[] places; // of each coefficient in the spectrum
    private final SynthesisPlan synthesis;
    private final float[] spectra;

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
        if (flat.length != 0 && flat.length != pixels) {
            throw new IllegalArgumentException(
                    "reconstruction: a flat field of %d for %d pixels"
                            .formatted(flat.length, pixels));
        }
        this.pixels = pixels;
        border = 0.5 * pixels / grid.nx();
        phases = new PhaseCombination(schedule, b, response, (double) pixels / grid.nx());
        places = schedule.frequencies().stream().mapToInt(Frequency::u).toArray();
        spectra = new float[BLOCK * 2 * (highest + 1)];
        float[] gains = new float[flat.length];
        double least = 0.05 * Arrays.stream(flat).max().orElse(0);
        for (int i = 0; i < gains.length; i++) {
            gains[i] = (float) (1 / Math.max(flat[i], least));
        }
        synthesis = SynthesisPlan.of(pixels, highest + 1, gains);
    }

    /// Without an instrument's response and flat field.
    public static LineReconstruction ideal(Schedule schedule, double b, int pixels) {
        Complex[] one = new Complex[schedule.frequencies().size()];
        Arrays.fill(one, new Complex(1, 0));
        return new LineReconstruction(schedule, b, one, new double[0], pixels);
    }

    /// Numbers of one line.
    public int samples() {
        return phases.samples();
    }

    /// Pixels of one line.
    public int pixels() {
        return pixels;
    }

    /// Distance of the middle of pixel 0 from the border of the field, in pixels of the result.
    /// Phases count from the middle of the schedule's pixel 0, so this is half of such a pixel: ½
    /// only if the result has as many pixels as the schedule.
    public double border() {
        return border;
    }

    /// Lines from codes of a converter.
    ///
    /// @param codes unsigned, `[lines, samples]`, from `at` on
    /// @param step value of one step
    /// @param x result `[lines, pixels]`, from `to` on
    public void run(short[] codes, int at, double step, int lines, float[] x, int to) {
        int samples = phases.samples();
        int stride = 2 * synthesis.coefficients();
        Objects.checkFromIndexSize(at, Math.multiplyExact(lines, samples), codes.length);
        Objects.checkFromIndexSize(to, Math.multiplyExact(lines, pixels), x.length);
        float unit = (float) step;
        for (int done = 0; done < lines; done += BLOCK) {
            int some = Math.min(BLOCK, lines - done);
            for (int l = 0; l < some; l++) {
                phases.run(codes, at + (done + l) * samples, unit, spectra, l * stride, places);
            }
            synthesis.run(spectra, 0, some, x, to + done * pixels);
        }
    }

    /// Mean of the samples of a line, before anything is reconstructed. All phases of a coefficient
    /// together are uniform light, so this is half the light that the line lets through, and what
    /// light there is besides; noise is that of all samples, not of the few of frequency 0.
    ///
    /// @param codes unsigned
    /// @param at first code of the line
    /// @param step value of one step
    public float light(short[] codes, int at, double step) {
        Objects.checkFromIndexSize(at, phases.samples(), codes.length);
        int sum = 0;
        for (int i = at; i < at + phases.samples(); i++) {
            sum += codes[i] & 0xffff;
        }
        return (float) (sum * step / phases.samples());
    }

    /// Lines from numbers.
    ///
    /// @param d `[lines, samples]`
    /// @param x result `[lines, pixels]`
    public void run(double[] d, int lines, float[] x) {
        int samples = phases.samples();
        int stride = 2 * synthesis.coefficients();
        Objects.checkFromIndexSize(0, Math.multiplyExact(lines, samples), d.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(lines, pixels), x.length);
        for (int done = 0; done < lines; done += BLOCK) {
            int some = Math.min(BLOCK, lines - done);
            for (int l = 0; l < some; l++) {
                phases.run(d, (done + l) * samples, spectra, l * stride, places);
            }
            synthesis.run(spectra, 0, some, x, done * pixels);
        }
    }

    /// All lines of a recording in a new array.
    public float[] run(double[] d) {
        int lines = d.length / phases.samples();
        float[] x = new float[Math.multiplyExact(lines, pixels)];
        run(d, lines, x);
        return x;
    }
}
