package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = max(x, 0)`, any shape. The derivative at 0 is taken as 0.
///
/// @see "Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010"
public record Relu() implements Elementwise {
    /// Relu of `x`; see the class.
    public static Tensor relu(Tensor x) {
        return Tensor.apply(new Relu(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.RELU;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(Gate.gate(saved.output(), dy));
    }
}
