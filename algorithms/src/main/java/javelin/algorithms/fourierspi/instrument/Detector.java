package javelin.algorithms.fourierspi.instrument;

import javelin.tensor.Rng;

/// Photodetector: light to electrons, with noise.
///
/// Full scale is what a blank object passes of a pulse that the modulator lets through whole.
///
/// @param electrons photo-electrons of a pulse at full scale
/// @param shotNoise whether electrons are counted (Poisson)
/// @param thermalNoise standard deviation of the electronics in electrons
/// @param ambient constant light besides, over full scale
/// @param drift change of that per pulse, over full scale
/// @param bandwidth in hertz; infinite for none. What it has not yet forgotten of a pulse is part
///   of the next number
/// @param reference whether a second detector measures each pulse's energy, by which is divided
/// @param referenceNoise relative standard deviation of that measurement
public record Detector(
        double electrons,
        boolean shotNoise,
        double thermalNoise,
        double ambient,
        double drift,
        double bandwidth,
        boolean reference,
        double referenceNoise) {
    /// No noise, no memory.
    public static final Detector IDEAL =
            new Detector(1e6, false, 0, 0, 0, Double.POSITIVE_INFINITY, false, 0);

    /// 10⁶ electrons (60 dB of shot noise), 1.2 GHz, a pedestal of 2 % that keeps noise off the
    /// converter's lower end.
    public static final Detector TYPICAL = new Detector(1e6, true, 1000, 0.02, 0, 1.2e9, false, 0);

    public Detector {
        Checks.require(electrons >= 1, "detector: electrons must be 1 or more", electrons);
        Checks.require(
                thermalNoise >= 0 && Double.isFinite(thermalNoise),
                "detector: thermal noise must not be negative",
                thermalNoise);
        Checks.require(
                ambient >= 0 && Double.isFinite(ambient),
                "detector: ambient light must not be negative",
                ambient);
        Checks.require(Double.isFinite(drift), "detector: drift must be a number", drift);
        Checks.require(bandwidth > 0, "detector: bandwidth must be positive", bandwidth);
        Checks.require(
                referenceNoise >= 0 && referenceNoise < 1,
                "detector: noise of the reference must be in [0, 1)",
                referenceNoise);
    }

    /// The same with another thermal noise.
    public Detector withThermalNoise(double standardDeviation) {
        return new Detector(
                electrons,
                shotNoise,
                standardDeviation,
                ambient,
                drift,
                bandwidth,
                reference,
                referenceNoise);
    }

    /// Part of a number that stays in the next one.
    double memory(double rate) {
        return Double.isInfinite(bandwidth) ? 0 : Math.exp(-2 * Math.PI * bandwidth / rate);
    }

    /// What the reference says of a pulse's energy; 1 without one.
    ///
    /// @param gain energy of the pulse over that of the mean pulse
    double reference(double gain, Rng rng) {
        if (!reference) {
            return 1;
        }
        return gain * (1 + (referenceNoise == 0 ? 0 : referenceNoise * rng.nextGaussian()));
    }

    /// One number; complementary outputs are two of one pulse.
    ///
    /// @param light over full scale, without ambient light
    /// @param gain energy of the pulse over that of the mean pulse
    /// @param divisor see [#reference]
    /// @return electrons over those at full scale
    double detect(double light, long pulse, double gain, double divisor, Rng rng) {
        double found = light * gain + ambient + drift * pulse;
        if (shotNoise) {
            found = count(found * electrons, rng) / electrons;
        }
        if (thermalNoise > 0) {
            found += thermalNoise / electrons * rng.nextGaussian();
        }
        return found / divisor;
    }

    /// A Poisson number; from 1000 on a Gaussian one of the same variance.
    private static double count(double mean, Rng rng) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > 1000) {
            return mean + Math.sqrt(mean) * rng.nextGaussian();
        }
        double left = mean; // time left in units of the mean time between electrons
        int n = -1;
        do {
            left += Math.log(1 - rng.nextDouble());
            n++;
        } while (left > 0);
        return n;
    }
}
