package javelin.tensor;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.IntPredicate;

/// A differentiable function of tensors: a small immutable record with its parameters.
///
/// Running an op on tensors records a [Node]; the recorded graph serves gradients, counters, export
/// and inference alike. Anybody may define an op; only the kernels module defines kernels.
public interface Op {
    /// Shape of the result; the only place that rejects shapes.
    ///
    /// @throws ShapeException if the inputs do not fit
    Shape shape(List<Shape> inputs);

    /// Element type of the result: that of the first input unless the op says otherwise.
    default DType type(List<DType> inputs) {
        return inputs.getFirst();
    }

    /// Memory of the result, of any content, unless the op is a free change of shape.
    default View output(Backend on, List<View> inputs, Shape shape, DType type) {
        return View.of(on.memory(type, shape.size()), shape);
    }

    /// Computes the result with kernels.
    void forward(Backend on, List<View> inputs, View output);

    /// Vector–Jacobian product: the cotangents of the inputs, given that of the result, written in
    /// tensor ops so that they can be differentiated again.
    ///
    /// @param saved what [#keep()] asked for, and which inputs need a gradient
    /// @param dy cotangent, of the shape of the result
    /// @return one entry per input, of its shape; null for none
    List<@Nullable Tensor> vjp(Saved saved, Tensor dy);

    /// What of the forward pass [#vjp] reads.
    default Keep keep() {
        return Keep.ALL;
    }

    /// Whether [#vjp] reads input `i`; sharper than [#keep()] where that differs between inputs.
    ///
    /// @param needs tells which inputs need a gradient
    default boolean keepsInput(int i, IntPredicate needs) {
        return true;
    }

    /// False for an op through which no gradient flows, such as a comparison: its result counts as
    /// a constant, and [#vjp] is not called.
    default boolean hasGradient() {
        return true;
    }

    /// Multiply–accumulate operations of a forward pass; 0 for everything but products and
    /// convolutions, as the pruning literature counts.
    default long macs(List<Shape> inputs, Shape output) {
        return 0;
    }

    /// Name in tables and messages: the record's name in the way its factory is spelled.
    default String name() {
        String n = getClass().getSimpleName();
        return Character.toLowerCase(n.charAt(0)) + n.substring(1);
    }

    /// What a node keeps of a forward pass.
    enum Keep {
        /// Neither inputs nor output.
        NOTHING,
        /// The inputs.
        INPUTS,
        /// The output.
        OUTPUT,
        /// Inputs and output.
        ALL
    }
}
