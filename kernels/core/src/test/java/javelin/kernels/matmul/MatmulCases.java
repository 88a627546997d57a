package javelin.kernels.matmul;

import javelin.kernels.KernelCase;

import java.util.List;

/// Cases of the kernels of this package.
public final class MatmulCases {
    private MatmulCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.of();
    }
}
