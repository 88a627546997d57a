package javelin.kernels.conv;

import javelin.kernels.Kernel;

/// Adjoint of [Conv2d] in its filters: the gradient with respect to the weight.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | `dy` | `[n, oh, ow, o]` |
/// | output `dw` | `[kh, kw, c/groups, o]` |
public record Conv2dWeight(Geometry geometry) implements Kernel {}
