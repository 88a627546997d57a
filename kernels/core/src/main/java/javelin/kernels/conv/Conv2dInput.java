package javelin.kernels.conv;

import javelin.kernels.Kernel;
import javelin.kernels.matmul.Epilogue;

/// Adjoint of [Conv2d] in its image, then the epilogue: the gradient with respect to the input, and
/// the forward pass of a transposed convolution.
///
/// | operand | shape |
/// |---|---|
/// | `dy` | `[n, oh, ow, o]` |
/// | `w` | `[kh, kw, c/groups, o]` |
/// | output `dx` | `[n, h, w, c]`; `h`, `w` any size whose convolution gives `oh`, `ow` |
public record Conv2dInput(Geometry geometry, Epilogue epilogue) implements Kernel {
    /// Without epilogue.
    public Conv2dInput(Geometry geometry) {
        this(geometry, Epilogue.NONE);
    }
}
