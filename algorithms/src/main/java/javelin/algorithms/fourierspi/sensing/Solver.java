package javelin.algorithms.fourierspi.sensing;

import java.util.function.Supplier;

/// Reconstructs an image from measurements. What a stream of measurements shares (norms,
/// factorisations, packed matrices) is computed by the constructor. One thread at a time.
public interface Solver {
    /// Solves for the measurements `b`; the listener sees each iterate and may end the work.
    ///
    /// @throws IllegalArgumentException if `b` has another length than there are measurements, or
    ///   holds a value that is no finite number
    Solution solve(float[] b, Listener listener);

    /// Solves until the own stopping rule.
    default Solution solve(float[] b) {
        return solve(b, Listener.NONE);
    }

    /// Sees each iterate.
    @FunctionalInterface
    interface Listener {
        /// Lets the solver run to its own stop.
        Listener NONE = (iteration, image) -> true;

        /// Called after each iteration.
        ///
        /// @param iteration from 1 on
        /// @param image computes the iterate, in a new array; costs nothing if it is not asked
        /// @return false to end here
        boolean proceed(int iteration, Supplier<float[]> image);
    }

    /// What a solver ends with.
    ///
    /// @param converged whether the solver's own rule ended it; else a limit or the listener did
    /// @param nanos time of the call, listener included
    record Solution(float[] image, int iterations, boolean converged, long nanos) {}
}
