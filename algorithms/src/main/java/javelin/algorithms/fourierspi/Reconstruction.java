package javelin.algorithms.fourierspi;

import java.util.List;

/// Images from measured coefficients, float64; what was not measured is 0, so the image is the
/// projection of the object onto the measured frequencies.
public final class Reconstruction {
    private Reconstruction() {}

    /// By summing cosines, straight from the definition: the reference of every faster way.
    public static double[] direct(Grid grid, List<Frequency> frequencies, Complex[] f) {
        check(frequencies, f);
        double[] image = new double[grid.pixels()];
        for (int k = 0; k < f.length; k++) {
            Frequency at = frequencies.get(k);
            double weight = (grid.isSelfConjugate(at) ? 1.0 : 2.0) / grid.pixels();
            for (int y = 0; y < grid.ny(); y++) {
                for (int x = 0; x < grid.nx(); x++) {
                    long turnX = Math.floorMod((long) at.u() * x, grid.nx());
                    long turnY = Math.floorMod((long) at.v() * y, grid.ny());
                    double psi =
                            2 * Math.PI * ((double) turnX / grid.nx() + (double) turnY / grid.ny());
                    image[y * grid.nx() + x] +=
                            weight * (f[k].re() * Math.cos(psi) - f[k].im() * Math.sin(psi));
                }
            }
        }
        return image;
    }

    private static void check(List<Frequency> frequencies, Complex[] f) {
        if (frequencies.size() != f.length) {
            throw new IllegalArgumentException(
                    "reconstruction: %d frequencies but %d coefficients"
                            .formatted(frequencies.size(), f.length));
        }
    }
}
