package javelin.algorithms.fourierspi.sensing;

import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.tensor.Rng;

/// What detector and converter add to the energy of a pulse. Full scale is the energy of everything
/// lit and nothing in the way.
///
/// @param sigma standard deviation of white noise, as a share of full scale
/// @param bits of the converter, whose range is [InstrumentConfig#HEADROOM] times full scale; 0 for
///   no converter
public record Noise(double sigma, int bits) {
    /// None.
    public static final Noise NONE = new Noise(0, 0);

    /// Checks both.
    public Noise {
        Limits.notNegative("noise", "sigma", sigma);
        if (bits < 0 || bits > 24) {
            throw new IllegalArgumentException("noise: bits must be 0 to 24, got " + bits);
        }
    }

    /// Noise for a signal-to-noise ratio: the converter's range over all noise, its own rounding
    /// included, in decibels of amplitude.
    ///
    /// @throws IllegalArgumentException if rounding alone is more
    public static Noise decibels(double ratio, int bits) {
        double all = InstrumentConfig.HEADROOM * Math.pow(10, -ratio / 20);
        double rounding = bits == 0 ? 0 : step(bits) / Math.sqrt(12);
        if (!(all >= rounding)) {
            throw new IllegalArgumentException(
                    "noise: %s dB are more than %d bits allow; take fewer dB or more bits"
                            .formatted(ratio, bits));
        }
        return new Noise(Math.sqrt(all * all - rounding * rounding), bits);
    }

    /// The number for an energy.
    ///
    /// @param full the energy of full scale
    public double read(double energy, double full, Rng rng) {
        double v = sigma == 0 ? energy : energy + sigma * full * rng.nextGaussian();
        if (bits == 0) {
            return v;
        }
        double step = step(bits) * full;
        return Math.rint(Math.clamp(v, 0, InstrumentConfig.HEADROOM * full) / step) * step;
    }

    private static double step(int bits) {
        return InstrumentConfig.HEADROOM / ((1 << bits) - 1);
    }
}
