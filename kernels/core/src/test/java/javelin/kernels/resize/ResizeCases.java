package javelin.kernels.resize;

import javelin.kernels.KernelCase;

import java.util.List;

/// Cases of the kernels of this package.
public final class ResizeCases {
    private ResizeCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.of();
    }
}
