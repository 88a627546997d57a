package javelin.algorithms.fourierspi.instrument;

/// Waveform generator and Mach–Zehnder modulator: print a sinusoid on a stretched pulse.
///
/// At quadrature the modulator passes `½·(1 + V·sin(m·u + θ))` of the light for the drive `u` in
/// `[−1, 1]`, with `V = (ε − 1)/(ε + 1)` for the extinction ratio `ε`.
///
/// @param drive how the waveform is made
/// @param depth `m`: half-wave drive depth in radians for [Drive#RAW], in `(0, π/2]`; modulation of
///   the light for [Drive#PREDISTORTED], in `(0, 1]`; not used by [Drive#LINEAR]
/// @param extinction extinction ratio in decibels; infinite for none
/// @param biasError `θ` in radians
/// @param sampleRate samples per second of the generator, held between; infinite for none
/// @param bits of the generator, over `[−1, 1]`; 0 for none
/// @param bandwidth of its first-order low-pass in hertz; infinite for none
public record Modulator(
        Drive drive,
        double depth,
        double extinction,
        double biasError,
        double sampleRate,
        int bits,
        double bandwidth) {

    /// Relation of drive and light.
    public enum Drive {
        /// Light is `½·(1 + u)`.
        LINEAR,
        /// The sinusoid drives the modulator as it is, so odd harmonics appear.
        RAW,
        /// The modulator is driven by the arc sine: `½·(1 + V·m·u)` without bias error.
        PREDISTORTED
    }

    /// The light is the sinusoid asked for.
    public static final Modulator IDEAL =
            new Modulator(
                    Drive.LINEAR,
                    1,
                    Double.POSITIVE_INFINITY,
                    0,
                    Double.POSITIVE_INFINITY,
                    0,
                    Double.POSITIVE_INFINITY);

    /// 20 GS/s, 8 bits, 10 GHz, 25 dB, predistorted.
    public static final Modulator TYPICAL =
            new Modulator(Drive.PREDISTORTED, 1, 25, 0, 20e9, 8, 10e9);

    public Modulator {
        double most = drive == Drive.RAW ? Math.PI / 2 : 1;
        Checks.require(
                depth > 0 && depth <= most, "modulator: depth must be in (0, " + most + "]", depth);
        Checks.require(extinction > 0, "modulator: extinction must be positive", extinction);
        Checks.require(
                Math.abs(biasError) < Math.PI / 2,
                "modulator: bias error must be less than a quarter turn",
                biasError);
        Checks.require(sampleRate > 0, "modulator: sample rate must be positive", sampleRate);
        Checks.require(bits >= 0 && bits <= 24, "modulator: bits must be 0 to 24", bits);
        Checks.require(bandwidth > 0, "modulator: bandwidth must be positive", bandwidth);
    }

    /// `V`, contrast that the extinction ratio leaves.
    public double visibility() {
        double ratio = Math.pow(10, extinction / 10);
        return Double.isInfinite(ratio) ? 1 : (ratio - 1) / (ratio + 1);
    }

    /// Part of the light that passes for a drive.
    public double transmission(double u) {
        return switch (drive) {
            case LINEAR -> 0.5 * (1 + u);
            case RAW -> 0.5 * (1 + visibility() * Math.sin(depth * u + biasError));
            case PREDISTORTED ->
                    0.5
                            * (1
                                    + visibility()
                                            * Math.sin(
                                                    Math.asin(Math.clamp(depth * u, -1, 1))
                                                            + biasError));
        };
    }

    /// Amplitude `b` of the sinusoid in the light, generator and dispersion left out: for a raw
    /// drive `V·J₁(m)·cos θ`.
    public double amplitude() {
        int n = 64; // the mean over a period is exact far beyond rounding
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            sum += transmission(Math.cos(angle)) * Math.cos(angle);
        }
        return 2 * sum / n;
    }

    /// Nearest level of the generator.
    double quantised(double u) {
        if (bits == 0) {
            return u;
        }
        double steps = (1 << bits) - 1;
        return Math.rint((u + 1) / 2 * steps) / steps * 2 - 1;
    }

    boolean shapesWaveform() {
        return Double.isFinite(sampleRate) || Double.isFinite(bandwidth);
    }
}
