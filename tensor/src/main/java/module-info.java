/// Tensors, differentiable ops, the recorded graph and reverse-mode gradients.
@org.jspecify.annotations.NullMarked
module javelin.tensor {
    requires transitive javelin.kernels;
    requires static org.jspecify;

    exports javelin.tensor;
    exports javelin.tensor.check;
    exports javelin.tensor.ops;
}
