package javelin.algorithms.fourierspi;

import java.util.Arrays;

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
        return measure(schedule, object, 1, ambient);
    }

    /// The same for several objects, such as all lines of a picture: `[fields, samples]`.
    ///
    /// @param objects one after another
    public double[] measure(Schedule schedule, double[] objects, int fields, double ambient) {
        Grid grid = schedule.grid();
        int pixels = grid.pixels();
        if (objects.length != (long) fields * pixels) {
            throw new IllegalArgumentException(
                    "measure: the field has %d pixels, the object %d"
                            .formatted(pixels, objects.length / Math.max(1, fields)));
        }
        double[] phases = schedule.scheme().phases();
        int samples = schedule.samples().size();
        double[] d = new double[fields * samples];
        double[] base = new double[pixels];
        Arrays.fill(base, a);
        for (int i = 0; i < samples; i++) {
            Schedule.Sample at = schedule.samples().get(i);
            double[] p =
                    at.isBase()
                            ? base
                            : levels(
                                    grid,
                                    schedule.frequencies().get(at.coefficient()),
                                    phases[at.phase()]);
            for (int l = 0; l < fields; l++) {
                double sum = ambient;
                for (int j = 0; j < pixels; j++) {
                    sum += p[j] * objects[l * pixels + j];
                }
                d[l * samples + i] = sum;
            }
        }
        return d;
    }
}
