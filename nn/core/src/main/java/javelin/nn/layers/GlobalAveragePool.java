package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Mean over all pixels: `[n, h, w, c] → [n, c]`.
///
/// @see "Lin, Chen and Yan, Network In Network, 2014, section 3.2"
public final class GlobalAveragePool extends Module {
    /// The layer has no parameters.
    public GlobalAveragePool() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.mean(1, 2);
    }
}
