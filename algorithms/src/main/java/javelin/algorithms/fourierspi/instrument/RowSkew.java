package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.Schedule;

/// Takes back that the pulses of a line see different rows of a moving object. Pulse `m` of line
/// `r` happens at row time `r + m/M`; every series over the lines is resampled to the common time
/// `r + (M−1)/2M`.
public enum RowSkew {
    /// Everything stays as it is.
    NONE {
        @Override
        double at(double[] x, int first, int stride, int n, double place) {
            return x[first + (int) Math.rint(place) * stride]; // shifts are under half a line
        }
    },
    /// Straight lines between neighbours.
    LINEAR {
        @Override
        double at(double[] x, int first, int stride, int n, double place) {
            int i = Math.clamp((int) Math.floor(place), 0, Math.max(0, n - 2));
            if (n == 1) {
                return x[first];
            }
            double t = place - i;
            return x[first + i * stride] * (1 - t) + x[first + (i + 1) * stride] * t;
        }
    },
    /// Cubic polynomials through four neighbours.
    CUBIC {
        @Override
        double at(double[] x, int first, int stride, int n, double place) {
            if (n < 4) {
                return LINEAR.at(x, first, stride, n, place);
            }
            int i = Math.clamp((int) Math.floor(place) - 1, 0, n - 4);
            double t = place - i;
            double sum = 0;
            for (int j = 0; j < 4; j++) {
                double weight = 1;
                for (int l = 0; l < 4; l++) {
                    weight *= l == j ? 1 : (t - l) / (j - l);
                }
                sum += weight * x[first + (i + j) * stride];
            }
            return sum;
        }
    };

    /// Value of a series between its samples; the ends are continued.
    abstract double at(double[] x, int first, int stride, int n, double place);

    /// Resamples the series of each pulse.
    ///
    /// @param schedule of a line
    public Recording pulses(Recording skewed, Schedule schedule) {
        int[] pulseOf = schedule.samples().stream().mapToInt(Schedule.Sample::pulse).toArray();
        return pulses(skewed, pulseOf, schedule.pulses());
    }

    /// Resamples the series of each pulse.
    ///
    /// @param pulseOf pulse within the line of each sample
    /// @param pulses pulses per line, `M`
    public Recording pulses(Recording skewed, int[] pulseOf, int pulses) {
        int samples = skewed.samples();
        if (pulseOf.length != samples) {
            throw new IllegalArgumentException(
                    "row skew: %d pulses for %d samples".formatted(pulseOf.length, samples));
        }
        double[] y = new double[skewed.values().length];
        for (int s = 0; s < samples; s++) {
            double shift = ((pulses - 1) / 2.0 - pulseOf[s]) / pulses;
            for (int r = 0; r < skewed.lines(); r++) {
                y[r * samples + s] = at(skewed.values(), s, samples, skewed.lines(), r + shift);
            }
        }
        return skewed.withValues(y);
    }

    /// Resamples coefficients instead, each taken for the middle of its own pulses.
    ///
    /// @param f coefficients by line
    /// @param middle mean pulse of each coefficient
    /// @param pulses pulses per line, `M`
    public Complex[][] coefficients(Complex[][] f, double[] middle, int pulses) {
        int lines = f.length;
        Complex[][] y = new Complex[lines][middle.length];
        double[] re = new double[lines];
        double[] im = new double[lines];
        for (int k = 0; k < middle.length; k++) {
            for (int r = 0; r < lines; r++) {
                re[r] = f[r][k].re();
                im[r] = f[r][k].im();
            }
            double shift = ((pulses - 1) / 2.0 - middle[k]) / pulses;
            for (int r = 0; r < lines; r++) {
                y[r][k] =
                        new Complex(at(re, 0, 1, lines, r + shift), at(im, 0, 1, lines, r + shift));
            }
        }
        return y;
    }
}
