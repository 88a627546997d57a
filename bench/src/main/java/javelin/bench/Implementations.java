package javelin.bench;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;

/// What a benchmark's parameter `implementation` stands for.
public final class Implementations {
    private Implementations() {}

    /// `cpu` is the standard backend, `plain` the same without SIMD, anything else a backend by its
    /// name, for instance `reference`. The number of threads is that of `-Djavelin.threads`.
    public static Backend named(String name) {
        return switch (name) {
            case "cpu" -> Backends.cpu();
            case "plain" -> new CpuBackend(threads(Backends.cpu()), false);
            default -> Backends.named(name);
        };
    }

    /// Number of threads of a backend.
    public static int threads(Backend backend) {
        return backend instanceof CpuBackend cpu ? cpu.threads() : 1;
    }
}
