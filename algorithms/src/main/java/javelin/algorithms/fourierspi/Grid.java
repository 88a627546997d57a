package javelin.algorithms.fourierspi;

import java.util.ArrayList;
import java.util.List;

/// The pixels of a reconstruction, row by row; a line has `ny = 1`.
///
/// @param nx pixels along x
/// @param ny pixels along y
public record Grid(int nx, int ny) {
    public Grid {
        if (nx < 1 || ny < 1 || (long) nx * ny > 1 << 28) {
            throw new IllegalArgumentException(
                    "grid: needs 1 to 2^28 pixels, got " + nx + " x " + ny);
        }
    }

    /// A single line of `n` pixels.
    public static Grid line(int n) {
        return new Grid(n, 1);
    }

    public int pixels() {
        return nx * ny;
    }

    /// Whether the coefficient of a real image is real here: `f` and `−f` are the same frequency.
    public boolean isSelfConjugate(Frequency f) {
        return 2 * f.u() % nx == 0 && 2 * f.v() % ny == 0;
    }

    /// Whether a frequency is one of [#halfPlane()].
    public boolean isInHalfPlane(Frequency f) {
        boolean ownConjugate = f.v() == 0 || 2 * f.v() == ny;
        int least = ownConjugate ? 0 : -((nx - 1) / 2);
        return f.v() >= 0 && 2 * f.v() <= ny && f.u() >= least && 2 * f.u() <= nx;
    }

    /// One of each pair `±f`, all others follow by conjugation: `v > 0`, and of the rows `v = 0`
    /// and (even sizes) `v = ny/2` those with `0 ≤ u ≤ nx/2`.
    public List<Frequency> halfPlane() {
        List<Frequency> half = new ArrayList<>();
        for (int v = 0; 2 * v <= ny; v++) {
            boolean ownConjugate = v == 0 || 2 * v == ny;
            int least = ownConjugate ? 0 : -((nx - 1) / 2);
            for (int u = least; 2 * u <= nx; u++) {
                half.add(new Frequency(u, v));
            }
        }
        return half;
    }
}
