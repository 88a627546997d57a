package javelin.algorithms.fourierspi;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Coefficients from the samples of a schedule as a sparse linear map: the estimates of
/// [Schedule#estimate], divided by the instrument's response, without an object per coefficient.
/// Codes are combined in 32 bits, numbers in 64: weights rounded to 32 bits do not quite cancel
/// constant light, and the rest, the same in all coefficients, would gather in pixel 0. Immutable.
final class PhaseCombination {
    private final int coefficients;
    private final int samples;
    private final int[] starts; // of each coefficient's terms
    private final int[] terms; // sample in time order
    private final float[] re;
    private final float[] im;
    private final double[] exactRe;
    private final double[] exactIm;
    private final boolean fourInOrder; // samples 4k to 4k + 3 are those of coefficient k

    /// @param b amplitude of the pattern
    /// @param response what is divided by, one per coefficient
    /// @param gain factor of all coefficients
    PhaseCombination(Schedule schedule, double b, Complex[] response, double gain) {
        coefficients = schedule.frequencies().size();
        samples = schedule.samples().size();
        if (response.length != coefficients) {
            throw new IllegalArgumentException(
                    "reconstruction: %d responses for %d coefficients"
                            .formatted(response.length, coefficients));
        }
        int phases = schedule.scheme().phases().length;
        int base = -1;
        int[][] places = new int[coefficients][phases];
        for (int[] row : places) {
            Arrays.fill(row, -1);
        }
        for (int i = 0; i < samples; i++) {
            Schedule.Sample at = schedule.samples().get(i);
            if (at.isBase()) {
                base = i;
            } else {
                places[at.coefficient()][at.phase()] = i;
            }
        }
        Complex[][] weights = weights(schedule, b, phases);
        int most = coefficients * (phases + 1);
        int[] at = new int[most];
        double[] x = new double[most];
        double[] y = new double[most];
        starts = new int[coefficients + 1];
        int count = 0;
        for (int k = 0; k < coefficients; k++) {
            boolean real = schedule.grid().isSelfConjugate(schedule.frequencies().get(k));
            for (int s : inTimeOrder(places[k], base)) {
                int place = s == phases ? base : places[k][s];
                if (place >= 0) {
                    Complex w = divided(weights[s][k], response[k]);
                    at[count] = place;
                    x[count] = w.re() * gain;
                    y[count] = real ? 0 : w.im() * gain;
                    count++;
                }
            }
            starts[k + 1] = count;
        }
        terms = Arrays.copyOf(at, count);
        exactRe = Arrays.copyOf(x, count);
        exactIm = Arrays.copyOf(y, count);
        re = new float[count];
        im = new float[count];
        for (int i = 0; i < count; i++) {
            re[i] = (float) x[i];
            im[i] = (float) y[i];
        }
        fourInOrder = isFourInOrder();
    }

    /// Phases, the last one being the uniform pattern, as they are shown.
    private static int[] inTimeOrder(int[] places, int base) {
        return IntStream.rangeClosed(0, places.length)
                .boxed()
                .sorted(Comparator.comparingInt(s -> s == places.length ? base : places[s]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Weight of each phase, and after the last one of the uniform pattern, in each coefficient: no
    /// sample is part of two coefficients, so one measurement shows those of all.
    private static Complex[][] weights(Schedule schedule, double b, int phases) {
        Complex[][] weights = new Complex[phases + 1][];
        double[] d = new double[schedule.samples().size()];
        for (int s = 0; s <= phases; s++) {
            for (int i = 0; i < d.length; i++) {
                Schedule.Sample at = schedule.samples().get(i);
                boolean lit = s == phases ? at.isBase() : !at.isBase() && at.phase() == s;
                d[i] = lit ? 1 : 0;
            }
            weights[s] = schedule.estimate(d, b);
        }
        return weights;
    }

    private boolean isFourInOrder() {
        boolean is = terms.length == 4 * coefficients;
        for (int i = 0; i < terms.length; i++) {
            is &= terms[i] == i;
        }
        for (int k = 0; k <= coefficients; k++) {
            is &= starts[k] == 4 * k;
        }
        return is;
    }

    /// `f/c`, but `f·c*/(|c|² + ε)` where the response `c` nearly vanishes: `ε` is 10⁻⁶ of a full
    /// response.
    private static Complex divided(Complex f, Complex c) {
        double power = c.re() * c.re() + c.im() * c.im();
        double divisor = power > 1e-2 ? power : power + 1e-6;
        return new Complex(
                (f.re() * c.re() + f.im() * c.im()) / divisor,
                (f.im() * c.re() - f.re() * c.im()) / divisor);
    }

    int samples() {
        return samples;
    }

    /// Coefficients from codes.
    ///
    /// @param codes unsigned, one for each sample, from `at` on
    /// @param unit value of a step
    /// @param to real and imaginary parts in turn, coefficient `k` at `2·places[k]` from `start` on
    void run(short[] codes, int at, float unit, float[] to, int start, int[] places) {
        if (fourInOrder) {
            four(codes, at, unit, to, start, places);
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
            to[start + 2 * places[k]] = x * unit;
            to[start + 2 * places[k] + 1] = y * unit;
        }
    }

    /// Four terms written out: loops of four turns cost three times as much.
    private void four(short[] codes, int at, float unit, float[] to, int start, int[] places) {
        for (int k = 0; k < coefficients; k++) {
            int t = 4 * k;
            float a = codes[at + t] & 0xffff;
            float b = codes[at + t + 1] & 0xffff;
            float c = codes[at + t + 2] & 0xffff;
            float d = codes[at + t + 3] & 0xffff;
            float x = a * re[t] + b * re[t + 1] + (c * re[t + 2] + d * re[t + 3]);
            float y = a * im[t] + b * im[t + 1] + (c * im[t + 2] + d * im[t + 3]);
            to[start + 2 * places[k]] = x * unit;
            to[start + 2 * places[k] + 1] = y * unit;
        }
    }

    /// Coefficients from numbers.
    void run(double[] d, int at, float[] to, int start, int[] places) {
        if (fourInOrder) {
            four(d, at, to, start, places);
            return;
        }
        for (int k = 0; k < coefficients; k++) {
            double x = 0;
            double y = 0;
            for (int t = starts[k]; t < starts[k + 1]; t++) {
                double v = d[at + terms[t]];
                x += v * exactRe[t];
                y += v * exactIm[t];
            }
            to[start + 2 * places[k]] = (float) x;
            to[start + 2 * places[k] + 1] = (float) y;
        }
    }

    private void four(double[] d, int at, float[] to, int start, int[] places) {
        double[] u = exactRe;
        double[] v = exactIm;
        for (int k = 0; k < coefficients; k++) {
            int t = 4 * k;
            double p = d[at + t];
            double q = d[at + t + 1];
            double r = d[at + t + 2];
            double s = d[at + t + 3];
            double x = p * u[t] + q * u[t + 1] + (r * u[t + 2] + s * u[t + 3]);
            double y = p * v[t] + q * v[t + 1] + (r * v[t + 2] + s * v[t + 3]);
            to[start + 2 * places[k]] = (float) x;
            to[start + 2 * places[k] + 1] = (float) y;
        }
    }
}
