package javelin.kernels.random;

import javelin.kernels.Kernel;

/// Pseudo-random numbers from a counter-based generator: element `i` depends on `key` and `counter
/// + i/4` only, so the bits are the same on every backend, for any number of threads. No inputs;
///   any shape.
///
/// @param key stream of the generator
/// @param counter first block of four numbers in that stream
/// @param first first parameter: low end, mean, or probability of 1
/// @param second second parameter: high end (exclusive), standard deviation, or unused
/// @see "Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011"
public record RandomFill(Law law, long key, long counter, double first, double second)
        implements Kernel {
    /// Distribution of the numbers.
    public enum Law {
        /// Uniform in `[first, second)`.
        UNIFORM,
        /// Normal with mean `first` and standard deviation `second`.
        NORMAL,
        /// 1 with probability `first`, else 0.
        BERNOULLI
    }
}
