package javelin.algorithms.fourierspi.instrument;

import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexDoubles;
import javelin.kernels.fft.RealPlan;

/// The light of a pulse along the line, in sub-pixels, after everything that shapes it: waveform
/// generator, modulator, dispersion, spectrum.
///
/// Pixel `i` has its middle at time `i/N · τ`, so that phases count from the middle of pixel 0.
final class Illumination {
    private static final Workers ALONE = new Workers(1);

    private final InstrumentConfig config;
    private final int n;
    private final double[] x; // middles of sub-pixels in turns of the line
    private final double[] envelope;
    private final double[] light;
    private final double[] re;
    private final double[] im;
    private final Work spectrum;
    private final Work inverse;

    Illumination(InstrumentConfig config, int pixels) {
        this.config = config;
        int q = config.subpixels();
        n = Math.multiplyExact(pixels, q);
        x = new double[n];
        envelope = new double[n];
        for (int j = 0; j < n; j++) {
            x[j] = ((j + 0.5) / q - 0.5) / pixels;
            envelope[j] = config.laser().envelope((j + 0.5) / n);
        }
        light = new double[n];
        re = new double[n / 2 + 1];
        im = new double[n / 2 + 1];
        var plan = RealPlan.of(n);
        spectrum = plan.forward(light, 0, ComplexDoubles.split(re, im));
        inverse = plan.inverse(ComplexDoubles.split(re, im), light, 0);
    }

    /// Spectral power at the sub-pixels.
    double[] envelope() {
        return envelope;
    }

    /// Light of a pulse.
    ///
    /// @param cycles across the line
    /// @param other whether it is that of the modulator's second output, which passes the rest
    double[] sinusoid(int cycles, double phase, boolean other) {
        double[] drive = waveform(cycles, phase);
        Modulator m = config.modulator();
        for (int j = 0; j < n; j++) {
            double passed = m.transmission(drive[j]);
            light[j] = other ? 1 - passed : passed;
        }
        return shaped();
    }

    /// Light for a drive of 0.
    double[] uniform() {
        java.util.Arrays.fill(light, config.modulator().transmission(0));
        return shaped();
    }

    /// Change of the light with the phase, per radian; the generator's steps are left out.
    double[] slope(int cycles, double phase, boolean other) {
        double step = 1e-5; // central differences: error 1e-10, rounding 1e-11
        Modulator m = config.modulator();
        for (int j = 0; j < n; j++) {
            double angle = 2 * Math.PI * cycles * x[j] + phase;
            double rise =
                    m.transmission(Math.cos(angle + step)) - m.transmission(Math.cos(angle - step));
            light[j] = (other ? -rise : rise) / (2 * step);
        }
        return shaped();
    }

    /// What the generator gives at the sub-pixels, in `[−1, 1]`.
    private double[] waveform(int cycles, double phase) {
        Modulator m = config.modulator();
        double frequency = cycles / config.stretch().duration();
        double[] drive = new double[n];
        if (!Double.isFinite(m.sampleRate())) {
            double ratio = frequency / m.bandwidth(); // 0 for an infinite bandwidth
            double gain = 1 / Math.sqrt(1 + ratio * ratio);
            double lag = Math.atan(ratio);
            for (int j = 0; j < n; j++) {
                double angle = 2 * Math.PI * cycles * x[j] + phase;
                drive[j] =
                        lag == 0
                                ? m.quantised(Math.cos(angle))
                                : gain * m.quantised(Math.cos(angle - lag));
            }
            return drive;
        }
        double duration = config.stretch().duration();
        double decay = 2 * Math.PI * m.bandwidth(); // per second
        double held = 0;
        int j = 0;
        for (long s = (long) Math.floor(-duration * m.sampleRate()); j < n; s++) {
            double start = s / m.sampleRate();
            double end = (s + 1) / m.sampleRate();
            double level = m.quantised(Math.cos(2 * Math.PI * frequency * start + phase));
            for (; j < n && x[j] * duration < end; j++) {
                drive[j] = level + (held - level) * left(decay, x[j] * duration - start);
            }
            held = level + (held - level) * left(decay, end - start);
        }
        return drive;
    }

    /// What is left after a time of a difference that decays.
    private static double left(double decay, double time) {
        return Double.isInfinite(decay) ? 0 : Math.exp(-decay * time);
    }

    /// `light` after dispersion and spectrum.
    private double[] shaped() {
        if (config.stretch().limitsContrast()) {
            spectrum.run(ALONE);
            for (int h = 0; h < re.length; h++) {
                double contrast = config.stretch().contrast(h / config.stretch().duration());
                re[h] *= contrast;
                im[h] *= contrast;
            }
            inverse.run(ALONE);
        }
        double[] shaped = new double[n];
        for (int j = 0; j < n; j++) {
            shaped[j] = light[j] * envelope[j];
        }
        return shaped;
    }
}
