package javelin.kernels.matmul;

import javelin.kernels.Kernel;

/// Batched matrix product `y[b] = A[b] · B[b]`, then the epilogue.
///
/// | input | shape | if transposed |
/// |---|---|---|
/// | `A` | `[b…, m, k]` | `[b…, k, m]` |
/// | `B` | `[b…, k, n]` | `[b…, n, k]` |
/// | output | `[b…, m, n]` | |
///
/// The batch axes of both inputs have as many elements as those of the output, or one (the same
/// matrix for the whole batch). An inner size of 0 gives zeros before the epilogue.
public record Matmul(boolean transposeA, boolean transposeB, Epilogue epilogue) implements Kernel {
    /// Plain product with optional transposition.
    public Matmul(boolean transposeA, boolean transposeB) {
        this(transposeA, transposeB, Epilogue.NONE);
    }
}
