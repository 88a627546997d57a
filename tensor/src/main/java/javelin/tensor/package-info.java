/// Tensors, ops and automatic differentiation: shapes, the recorded graph, gradients.
package javelin.tensor;
