package javelin.kernels.conv;

import javelin.kernels.KernelCase;

import java.util.List;

/// Cases of the kernels of this package.
public final class ConvCases {
    private ConvCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.of();
    }
}
