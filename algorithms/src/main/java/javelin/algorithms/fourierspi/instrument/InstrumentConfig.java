package javelin.algorithms.fourierspi.instrument;

/// All parts of the instrument. Each imperfection can be switched off alone; with all of them off
/// the instrument measures what [javelin.algorithms.fourierspi.Pattern] says.
///
/// @param field width of the line on the object in metres, `W`
/// @param speed of the object along y in metres per second
/// @param frozen whether all pulses of a line see the same row of the object, that of the line's
///   middle; false is true to life
/// @param thickness of the line along y in metres, full width at half maximum; 0 for none
/// @param bits of the analogue-to-digital converter, 2 to 16; 0 for none
/// @param subpixels parts of a pixel in which light and object are sampled
public record InstrumentConfig(
        double field,
        double speed,
        boolean frozen,
        double thickness,
        Laser laser,
        Stretch stretch,
        Modulator modulator,
        Detector detector,
        int bits,
        int subpixels) {
    /// Full scale of the converter over that of the detector.
    public static final double HEADROOM = 1.05;

    /// Nothing but the method, on a field of 1 mm that moves 1 m/s.
    public static final InstrumentConfig IDEAL =
            new InstrumentConfig(
                    1e-3,
                    1,
                    true,
                    0,
                    Laser.IDEAL,
                    Stretch.IDEAL,
                    Modulator.IDEAL,
                    Detector.IDEAL,
                    0,
                    1);

    /// All imperfections at usual sizes: 12 bits, about 55 dB.
    public static final InstrumentConfig TYPICAL =
            new InstrumentConfig(
                    1e-3,
                    1,
                    false,
                    1e-6,
                    Laser.TYPICAL,
                    Stretch.TYPICAL,
                    Modulator.TYPICAL,
                    Detector.TYPICAL,
                    12,
                    4);

    /// A camera for frames: it shows a pattern for much longer than a laser pulse lasts, so it
    /// counts a thousand times as many electrons; 16 bits, 75 dB. What belongs to pulses is off.
    public static final InstrumentConfig FRAMES =
            IDEAL.withModulator(
                            new Modulator(
                                    Modulator.Drive.PREDISTORTED,
                                    1,
                                    25,
                                    0,
                                    Double.POSITIVE_INFINITY,
                                    8,
                                    Double.POSITIVE_INFINITY))
                    .withDetector(
                            new Detector(1e9, true, 0, 0.02, 0, Double.POSITIVE_INFINITY, false, 0))
                    .withSampling(16, 2)
                    .withSnr(75);

    public InstrumentConfig {
        Checks.require(
                field > 0 && Double.isFinite(field), "instrument: field must be positive", field);
        Checks.require(
                speed > 0 && Double.isFinite(speed), "instrument: speed must be positive", speed);
        Checks.require(
                thickness >= 0,
                "instrument: thickness of the line must not be negative",
                thickness);
        Checks.require(
                bits == 0 || (bits >= 2 && bits <= 16),
                "instrument: bits must be 0, or from 2 to 16",
                bits);
        Checks.require(
                subpixels >= 1 && subpixels <= 64,
                "instrument: sub-pixels must be from 1 to 64",
                subpixels);
        if (stretch.duration() > 1 / laser.rate()) {
            throw new IllegalArgumentException(
                    "instrument: stretched pulses of %.3g ns overlap at %.3g MHz; take less dispersion, band or rate"
                            .formatted(stretch.duration() * 1e9, laser.rate() * 1e-6));
        }
    }

    /// Standard deviation of a number at full scale over the converter's full scale, from the
    /// electrons, the electronics, the laser's energy and the converter's steps.
    public double noise() {
        double shot = detector.shotNoise() ? 1 / detector.electrons() : 0;
        double thermal = square(detector.thermalNoise() / detector.electrons());
        double energy = square(detector.reference() ? 0 : laser.energyJitter());
        double second = square(detector.reference() ? detector.referenceNoise() : 0);
        double step = bits == 0 ? 0 : 1 / (12 * square((1 << bits) - 1));
        return Math.sqrt((shot + thermal + energy + second) / square(HEADROOM) + step);
    }

    /// Signal-to-noise ratio at full scale in decibels, `20·log₁₀(FS/σ)`.
    public double snr() {
        return -20 * Math.log10(noise());
    }

    /// The same with so much thermal noise that [#snr()] is `decibels`.
    ///
    /// @throws IllegalArgumentException if the other noise alone is too much for that
    public InstrumentConfig withSnr(double decibels) {
        InstrumentConfig rest = withDetector(detector.withThermalNoise(0));
        double left = square(Math.pow(10, -decibels / 20)) - square(rest.noise());
        if (!(left >= 0)) {
            throw new IllegalArgumentException(
                    "snr: without thermal noise it is %.1f dB, so %.1f dB cannot be had; switch off shot noise or energy jitter, or take more bits"
                            .formatted(rest.snr(), decibels));
        }
        double thermal = Math.sqrt(left) * HEADROOM * detector.electrons();
        return withDetector(detector.withThermalNoise(thermal));
    }

    /// The same with another detector.
    public InstrumentConfig withDetector(Detector other) {
        return new InstrumentConfig(
                field, speed, frozen, thickness, laser, stretch, modulator, other, bits, subpixels);
    }

    /// The same with another modulator.
    public InstrumentConfig withModulator(Modulator other) {
        return new InstrumentConfig(
                field, speed, frozen, thickness, laser, stretch, other, detector, bits, subpixels);
    }

    /// The same with another laser.
    public InstrumentConfig withLaser(Laser other) {
        return new InstrumentConfig(
                field, speed, frozen, thickness, other, stretch, modulator, detector, bits,
                subpixels);
    }

    /// The same with another stretch.
    public InstrumentConfig withStretch(Stretch other) {
        return new InstrumentConfig(
                field, speed, frozen, thickness, laser, other, modulator, detector, bits,
                subpixels);
    }

    /// The same on a field of another width that moves at another speed.
    ///
    /// @param asFrozen see [#frozen()]
    public InstrumentConfig withMotion(
            double width, double metresPerSecond, boolean asFrozen, double lineThickness) {
        return new InstrumentConfig(
                width,
                metresPerSecond,
                asFrozen,
                lineThickness,
                laser,
                stretch,
                modulator,
                detector,
                bits,
                subpixels);
    }

    /// The same with another converter and another sampling of the twin.
    public InstrumentConfig withSampling(int converterBits, int parts) {
        return new InstrumentConfig(
                field,
                speed,
                frozen,
                thickness,
                laser,
                stretch,
                modulator,
                detector,
                converterBits,
                parts);
    }

    private static double square(double v) {
        return v * v;
    }
}
