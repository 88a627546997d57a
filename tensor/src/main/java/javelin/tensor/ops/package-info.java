/// Differentiable ops, one file each, with a static factory of the op's name.
///
/// An op's record holds its parameters; `shape` rejects what does not fit, `forward` runs kernels,
/// `vjp` is written in tensor ops. Ops that have no kernel of their own are compositions: a class
/// with a factory and no record. Families are closed: the gradient of a convolution, product,
/// pooling, resizing, padding, slice, gather or sum is again an op of this package.
package javelin.tensor.ops;
