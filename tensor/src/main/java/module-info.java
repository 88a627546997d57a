/// Tensors: shapes, ops and automatic differentiation.
@org.jspecify.annotations.NullMarked
module javelin.tensor {
    requires transitive javelin.kernels;
    requires static org.jspecify;
}
