package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Scene;
import javelin.algorithms.fourierspi.Schedule;
import javelin.tensor.Rng;

import java.util.Arrays;

/// What an instrument makes of each coefficient, and its light along the line, found as a user
/// finds them: from a blank and from a slit. A blank alone does not do, since its coefficients
/// other than 0 vanish.
///
/// @param amplitude `b` that the estimates are made with
/// @param response found over true coefficient, by coefficient; that of frequency 0 is 1
/// @param light of a blank at the pixels, which includes the scale of the image
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Calibration(double amplitude, Complex[] response, double[] light) {
    /// Calibrates an instrument.
    ///
    /// The slit is in the middle and half a period of the highest frequency wide, since a narrow
    /// one passes little light; what its width takes from high frequencies is known and given back.
    ///
    /// @param lines lines of each object whose mean is taken, 1 without noise
    /// @throws IllegalArgumentException if the schedule does not measure frequency 0
    public static Calibration of(Instrument instrument, int lines, Rng rng) {
        Schedule schedule = instrument.schedule();
        int n = schedule.grid().nx();
        int zero = schedule.frequencies().indexOf(new Frequency(0, 0));
        if (zero < 0) {
            throw new IllegalArgumentException(
                    "calibration: needs frequency 0, which the schedule does not measure");
        }
        double b = instrument.config().modulator().amplitude();
        int highest = schedule.frequencies().stream().mapToInt(Frequency::u).max().orElse(0);
        int wide = Math.max(1, n / (2 * highest + 2));
        int place = (n - wide) / 2;
        Scene slit =
                (_, line) -> {
                    Arrays.fill(line, 0);
                    int part = line.length / n;
                    Arrays.fill(line, place * part, (place + wide) * part, 1);
                };
        Complex[] f = schedule.estimate(mean(instrument, slit, lines, rng), b);
        double whole = f[zero].re();
        Complex[] response = new Complex[f.length];
        int points = wide * instrument.config().subpixels();
        for (int k = 0; k < f.length; k++) {
            int u = schedule.frequencies().get(k).u();
            double half = Math.PI * u * wide / n;
            // Mean of a sinusoid over the sub-pixels of the slit, a Dirichlet kernel.
            double seen = u == 0 ? 1 : Math.sin(half) / (points * Math.sin(half / points));
            double angle = 2 * Math.PI * u * (place + (wide - 1) / 2.0) / n;
            double re = f[k].re() / (whole * seen);
            double im = f[k].im() / (whole * seen);
            response[k] =
                    schedule.grid().isSelfConjugate(schedule.frequencies().get(k))
                            ? new Complex(re * Math.cos(angle), 0)
                            : new Complex(
                                    re * Math.cos(angle) - im * Math.sin(angle),
                                    re * Math.sin(angle) + im * Math.cos(angle));
        }
        Scene blank = (_, line) -> Arrays.fill(line, 1);
        double[] d = mean(instrument, blank, lines, rng);
        float[] light = new LineReconstruction(schedule, b, response, new double[0], n).run(d);
        double[] levels = new double[n];
        Arrays.setAll(levels, i -> light[i]);
        return new Calibration(b, response, levels);
    }

    private static double[] mean(Instrument instrument, Scene scene, int lines, Rng rng) {
        Recording all = instrument.record(scene, lines, 0, rng);
        double[] mean = new double[all.samples()];
        for (int i = 0; i < all.values().length; i++) {
            mean[i % mean.length] += all.values()[i] / lines;
        }
        return mean;
    }

    /// A reconstruction that divides by the response and the light.
    ///
    /// @param pixels of the result
    public LineReconstruction reconstruction(Schedule schedule, int pixels) {
        double[] flat = new double[pixels];
        int n = light.length;
        for (int i = 0; i < pixels; i++) {
            double at = (double) i * n / pixels;
            int left = Math.min((int) at, n - 1);
            double t = at - left;
            flat[i] = light[left] * (1 - t) + light[Math.min(left + 1, n - 1)] * t;
        }
        return new LineReconstruction(schedule, amplitude, response, flat, pixels);
    }
}
