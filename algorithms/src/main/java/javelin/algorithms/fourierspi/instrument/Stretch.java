package javelin.algorithms.fourierspi.instrument;

/// Dispersive fibre that turns wavelength into time, and the grating that turns it into a place.
///
/// A tone of frequency `f` printed on a chirped carrier reaches the spectrum with the contrast
/// `cos(π·λ₀²·|D|·f²/c)`, because dispersion turns the phases of its two sidebands against each
/// other.
///
/// @param wavelength centre `λ₀` in metres
/// @param bandwidth used band `Δλ` in metres
/// @param dispersion total dispersion `|D|` in seconds per metre; 1 is 1 ns/nm
/// @param limitsContrast whether the contrast falls with the frequency as above
/// @see "Jalali and Coppinger, Data conversion using time manipulation, US patent 6288659, and the
///   literature on photonic time stretch that followed"
public record Stretch(
        double wavelength, double bandwidth, double dispersion, boolean limitsContrast) {
    private static final double LIGHT = 299_792_458; // m/s

    /// 1550 nm, 15 nm, 1 ns/nm, every frequency at full contrast.
    public static final Stretch IDEAL = new Stretch(1550e-9, 15e-9, 1, false);

    /// 1550 nm, 15 nm, 1 ns/nm.
    public static final Stretch TYPICAL = new Stretch(1550e-9, 15e-9, 1, true);

    public Stretch {
        Checks.require(wavelength > 0, "stretch: wavelength must be positive", wavelength);
        Checks.require(bandwidth > 0, "stretch: bandwidth must be positive", bandwidth);
        Checks.require(dispersion > 0, "stretch: dispersion must be positive", dispersion);
    }

    /// Length of a stretched pulse in seconds, `τ = |D|·Δλ`.
    public double duration() {
        return dispersion * bandwidth;
    }

    /// Contrast of a tone in hertz; negative beyond the first null.
    public double contrast(double frequency) {
        return limitsContrast
                ? Math.cos(
                        Math.PI
                                * wavelength
                                * wavelength
                                * dispersion
                                * frequency
                                * frequency
                                / LIGHT)
                : 1;
    }
}
