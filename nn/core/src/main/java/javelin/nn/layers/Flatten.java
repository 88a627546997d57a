package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// All axes but the first become one: `[n, h, w, c] → [n, h·w·c]`, channel varying fastest.
/// (PyTorch flattens `[n, c, h, w]`: the rows of a following linear layer are in another order.)
public final class Flatten extends Module {
    /// The layer has no parameters.
    public Flatten() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.reshape(x.dim(0), -1);
    }
}
