package javelin.algorithms.fourierspi.instrument;

/// Mode-locked laser: a train of pulses, whose spectrum becomes the light along the line.
///
/// @param rate pulses per second, `f_rep`
/// @param edge spectral power at both ends of the field over that in the middle, in `(0, 1]`; 1 is
///   a flat spectrum
/// @param order exponent of the distance from the middle: 2 is a Gaussian spectrum, more a
///   super-Gaussian one, which is flatter and falls at the ends
/// @param energyJitter standard deviation of the pulse energy over its mean (relative intensity
///   noise); 0 for none
/// @param timingJitter standard deviation in seconds of the time between a pulse and the waveform
///   printed on it; 0 for none
public record Laser(
        double rate, double edge, double order, double energyJitter, double timingJitter) {
    /// No imperfection, 50 MHz.
    public static final Laser IDEAL = new Laser(50e6, 1, 0, 0);

    /// 50 MHz, spectrum down to 0.3 at the ends, 10⁻³ energy jitter, 2 ps timing jitter.
    public static final Laser TYPICAL = new Laser(50e6, 0.3, 1e-3, 2e-12);

    public Laser {
        Checks.require(rate > 0 && Double.isFinite(rate), "laser: rate must be positive", rate);
        Checks.require(edge > 0 && edge <= 1, "laser: edge must be in (0, 1]", edge);
        Checks.require(order >= 2 && order <= 100, "laser: order must be from 2 to 100", order);
        Checks.require(
                energyJitter >= 0 && energyJitter < 1,
                "laser: energy jitter must be in [0, 1)",
                energyJitter);
        Checks.require(
                timingJitter >= 0 && timingJitter < 1 / rate,
                "laser: timing jitter must be from 0 to the time between pulses",
                timingJitter);
    }

    /// A Gaussian spectrum.
    public Laser(double rate, double edge, double energyJitter, double timingJitter) {
        this(rate, edge, 2, energyJitter, timingJitter);
    }

    /// Spectral power relative to the middle at `x` from 0 to 1 across the field.
    double envelope(double x) {
        return Math.pow(edge, Math.pow(Math.abs(2 * x - 1), order));
    }
}
