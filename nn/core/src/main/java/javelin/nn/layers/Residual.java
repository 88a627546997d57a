package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

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
        Tensor y = body.forward(x);
        Tensor straight = shortcut.forward(x);
        if (!y.shape().equals(straight.shape())) {
            throw new ShapeException(
                    "residual",
                    "the body gives %s, but the shortcut %s; give a shortcut of the same shape"
                            .formatted(y.shape(), straight.shape()),
                    List.of(y.shape(), straight.shape()));
        }
        return activation.forward(y.add(straight));
    }
}
