package javelin.kernels.matmul;

import javelin.kernels.elementwise.Unary;

import org.jspecify.annotations.Nullable;

/// What a product or convolution does with each result before it is stored: `y = activation(acc ·
/// scale[o] + bias[o] + residual)`.
///
/// The operands that are switched on follow the kernel's own inputs, in this order: `scale [o]`,
/// `bias [o]`, `residual` (shape of the output); `o` is the innermost axis of the output.
///
/// @param activation function applied last, or null for none
public record Epilogue(boolean scale, boolean bias, boolean residual, @Nullable Unary activation) {
    /// Stores the plain result.
    public static final Epilogue NONE = new Epilogue(false, false, false, null);

    /// Adds a bias.
    public static final Epilogue BIAS = new Epilogue(false, true, false, null);

    /// True if the plain result is stored.
    public boolean isNone() {
        return equals(NONE);
    }

    /// Number of additional inputs, 0 to 3.
    public int operands() {
        return (scale ? 1 : 0) + (bias ? 1 : 0) + (residual ? 1 : 0);
    }
}
