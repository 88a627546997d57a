package javelin.algorithms.fourierspi;

import java.util.List;

/// Which coefficients of the half plane are measured, when there are pulses for some only.
public interface FrequencyOrder {
    /// The first `k` of them, frequency 0 among them.
    ///
    /// @throws IllegalArgumentException if there are not so many, or the grid does not suit
    List<Frequency> first(Grid grid, int k);
}
