package javelin.kernels.conv;

import javelin.kernels.Kernel;
import javelin.kernels.matmul.Epilogue;

/// 2-D cross-correlation, then the epilogue.
///
/// `y[n,p,q,o] = Σ_{i,j,c} x[n, p·sh + i·dh − top, q·sw + j·dw − left, g·C + c] · w[i,j,c,o]` with
/// `C = c/groups` channels per group, `g = o / (o_total/groups)`; pixels outside count as 0.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | `w` | `[kh, kw, c/groups, o]` |
/// | output | `[n, oh, ow, o]` |
///
/// Depthwise convolution is `groups = c`.
public record Conv2d(Geometry geometry, Epilogue epilogue) implements Kernel {
    /// Convolution without epilogue.
    public Conv2d(Geometry geometry) {
        this(geometry, Epilogue.NONE);
    }
}
