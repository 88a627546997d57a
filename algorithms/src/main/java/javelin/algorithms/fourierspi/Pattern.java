package javelin.algorithms.fourierspi;

/// The light of a pulse, `a + b·cos(2π(ux/Nx + vy/Ny) + φ)`, never negative.
///
/// @param a mean level
/// @param b amplitude, `0 < b ≤ a`, `a + b ≤ 1`
public record Pattern(double a, double b) {
    /// The full range of light, `a = b = ½`.
    public static final Pattern FULL = new Pattern(0.5, 0.5);

    public Pattern {
        if (!(b > 0 && b <= a && a + b <= 1)) {
            throw new IllegalArgumentException(
                    "pattern: needs 0 < b <= a and a + b <= 1, got a %s, b %s".formatted(a, b));
        }
    }

    /// Levels in `[0, 1]` at the pixels, row by row.
    public double[] levels(Grid grid, Frequency f, double phase) {
        double[] p = new double[grid.pixels()];
        for (int y = 0; y < grid.ny(); y++) {
            for (int x = 0; x < grid.nx(); x++) {
                long turnX = Math.floorMod((long) f.u() * x, grid.nx());
                long turnY = Math.floorMod((long) f.v() * y, grid.ny());
                double turns = (double) turnX / grid.nx() + (double) turnY / grid.ny();
                double level = a + b * Math.cos(2 * Math.PI * turns + phase);
                p[y * grid.nx() + x] = Math.clamp(level, 0, 1);
            }
        }
        return p;
    }

    /// What an ideal detector sees of an object, in the time order of a schedule.
    ///
    /// @param object transmission at the pixels, row by row
    /// @param ambient light that reaches the detector besides, `c`
    public double[] measure(Schedule schedule, double[] object, double ambient) {
        Grid grid = schedule.grid();
        if (object.length != grid.pixels()) {
            throw new IllegalArgumentException(
                    "measure: the field has %d pixels, the object %d"
                            .formatted(grid.pixels(), object.length));
        }
        double[] phases = schedule.scheme().phases();
        double[] d = new double[schedule.samples().size()];
        for (int i = 0; i < d.length; i++) {
            Schedule.Sample at = schedule.samples().get(i);
            double sum = ambient;
            if (at.isBase()) {
                for (double o : object) {
                    sum += a * o;
                }
            } else {
                Frequency f = schedule.frequencies().get(at.coefficient());
                double[] p = levels(grid, f, phases[at.phase()]);
                for (int j = 0; j < p.length; j++) {
                    sum += p[j] * object[j];
                }
            }
            d[i] = sum;
        }
        return d;
    }
}
