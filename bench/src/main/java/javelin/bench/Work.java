package javelin.bench;

/// What one call has to do, whatever the algorithm.
///
/// @param flops additions and multiplications of the plain formula; a faster algorithm does fewer
///   and is credited with these
/// @param bytes memory that must at least be read and written: each operand once
public record Work(double flops, double bytes) {
    /// 10⁹ operations per second, for a time in milliseconds.
    public double gflops(double ms) {
        return flops / ms / 1e6;
    }

    /// 10⁹ bytes per second, for a time in milliseconds.
    public double gigabytes(double ms) {
        return bytes / ms / 1e6;
    }
}
