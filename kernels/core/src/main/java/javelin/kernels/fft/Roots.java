package javelin.kernels.fft;

/// Roots of unity in 64 bits. Angles are brought into the first octant as whole numbers, so that
/// every root is exact to its last place and symmetric ones agree to the bit.
final class Roots {
    private Roots() {}

    /// `cos(2π·k/n)`.
    static double cos(long k, long n) {
        long a = fold(k, n);
        return a > n ? -first(2 * n - a, n) : first(a, n);
    }

    /// `sin(2π·k/n)`.
    static double sin(long k, long n) {
        double s = first(Math.abs(n - fold(k, n)), n);
        return 2 * Math.floorMod(k, n) > n ? -s : s;
    }

    /// Angle from 0 to half a turn with the same cosine, in units of a quarter turn over `n`.
    private static long fold(long k, long n) {
        long a = Math.floorMod(k, n);
        return 4 * Math.min(a, n - a);
    }

    /// `cos(π/2 · a/n)` for `a = 0 … n`.
    private static double first(long a, long n) {
        if (2 * a == n) {
            return Math.sqrt(0.5);
        }
        return 2 * a < n ? Math.cos(Math.PI / 2 * a / n) : Math.sin(Math.PI / 2 * (n - a) / n);
    }
}
