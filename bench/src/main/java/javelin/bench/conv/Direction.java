package javelin.bench.conv;

/// Which of the three products of a convolution: each is linear in the other two operands.
public enum Direction {
    /// Images and filters to results.
    FORWARD,
    /// Gradient of the results and filters to the gradient of the images.
    DGRAD,
    /// Images and gradient of the results to the gradient of the filters.
    WGRAD
}
