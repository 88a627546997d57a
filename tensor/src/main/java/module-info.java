/// Tensors, differentiable ops, the recorded graph, reverse-mode gradients and inference plans.
@org.jspecify.annotations.NullMarked
module javelin.tensor {
    requires transitive javelin.kernels;
    requires static org.jspecify;

    exports javelin.tensor;
    exports javelin.tensor.check;
    exports javelin.tensor.ops;
    exports javelin.tensor.plan;
}
