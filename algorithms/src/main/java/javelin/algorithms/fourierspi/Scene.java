package javelin.algorithms.fourierspi;

/// What lies in the field of the instrument or flows through it: a transmission for every point of
/// the line at every height.
public interface Scene {
    /// Transmission along the line at one height.
    ///
    /// @param y height, metres along the flow
    /// @param line result in `[0, 1]`: mean transmission of `line.length` equal parts of the field,
    ///   in order of x
    void row(double y, double[] line);
}
