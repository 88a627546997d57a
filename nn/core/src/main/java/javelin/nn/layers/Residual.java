package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// `activation(body(x) + shortcut(x))`.
///
/// @see "He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2016, Eq. (2)"
public final class Residual extends Module {
    private final Module body;
    private final Module shortcut;
    private final Module activation;

    /// `x + body(x)`.
    public Residual(Module body) {
        this(body, new Identity(), new Identity());
    }

    /// `body(x) + shortcut(x)`; both must give the same shape.
    public Residual(Module body, Module shortcut) {
        this(body, shortcut, new Identity());
    }

    /// `activation(body(x) + shortcut(x))`.
    public Residual(Module body, Module shortcut, Module activation) {
        this.body = child("body", body);
        this.shortcut = child("shortcut", shortcut);
        this.activation = child("activation", activation);
    }

    @Override
    public Tensor forward(Tensor x) {
        return activation.forward(body.forward(x).add(shortcut.forward(x)));
    }
}
