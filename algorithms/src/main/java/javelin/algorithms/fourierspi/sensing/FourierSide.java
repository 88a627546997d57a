package javelin.algorithms.fourierspi.sensing;

import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.Arrays;

/// The Fourier system of a [Comparison]: its lowest frequencies and their inverse transform, on
/// this thread. One thread at a time.
final class FourierSide {
    private interface Inverse {
        float[] of(double[] d);
    }

    private final Schedule schedule;
    private final int fields;
    private final Inverse inverse;

    FourierSide(Comparison c) {
        boolean line = c.mode() == Comparison.Mode.LINE;
        Grid grid = grid(c.mode(), c.height(), c.width());
        SamplingOrder order = line ? SamplingOrder.LOW_1D : SamplingOrder.CIRCULAR;
        int k = coefficients(c.ratio(), grid.pixels(), c.scheme());
        schedule = Schedule.of(grid, order.first(grid, k), c.scheme(), false);
        fields = line ? c.height() : 1;
        double b = Pattern.FULL.b();
        if (line) {
            var lines = LineReconstruction.ideal(schedule, b, c.width());
            float[] image = new float[c.height() * c.width()];
            inverse =
                    d -> {
                        lines.run(d, fields, image);
                        return image;
                    };
        } else {
            inverse = new FrameReconstruction(schedule, b, new Workers(1))::run;
        }
    }

    /// Checks that a ratio leaves at least one coefficient and two pulses.
    static void check(Comparison.Mode mode, int height, int width, double ratio, Scheme scheme) {
        Grid grid = grid(mode, height, width);
        int pixels = grid.pixels();
        int k = coefficients(ratio, pixels, scheme);
        boolean one = k >= 1 && k <= grid.halfPlane().size() && k * perCoefficient(scheme) >= 2;
        if (!(ratio > 0 && ratio <= 1 && one)) {
            throw new IllegalArgumentException(
                    "comparison: a ratio of %s gives no picture of %d pixels; take one from %s to 1"
                            .formatted(ratio, pixels, (float) perCoefficient(scheme) / pixels));
        }
    }

    private static Grid grid(Comparison.Mode mode, int height, int width) {
        return mode == Comparison.Mode.LINE ? Grid.line(width) : new Grid(width, height);
    }

    private static int perCoefficient(Scheme scheme) {
        return scheme.phases().length / scheme.samplesPerPulse();
    }

    private static int coefficients(double ratio, int pixels, Scheme scheme) {
        int base = scheme.hasBase() ? 1 : 0;
        return (int) Math.round((ratio * pixels - base) / perCoefficient(scheme));
    }

    /// Of a frame or of a line.
    int pulses() {
        return schedule.pulses();
    }

    /// What the detector says of a frame or of all lines.
    double[] detect(float[] picture, Noise noise, Rng rng) {
        double[] objects = new double[picture.length];
        Arrays.setAll(objects, i -> picture[i]);
        double[] d = Pattern.FULL.measure(schedule, objects, fields, 0);
        for (int i = 0; i < d.length; i++) {
            d[i] = noise.read(d[i], schedule.grid().pixels(), rng);
        }
        return d;
    }

    /// The picture; the array is used again by the next call.
    float[] image(double[] d) {
        return inverse.of(d);
    }
}
