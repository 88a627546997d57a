package javelin.kernels.pool;

import javelin.kernels.KernelCase;

import java.util.List;

/// Cases of the kernels of this package.
public final class PoolCases {
    private PoolCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.of();
    }
}
