package javelin.kernels;

import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.reference.ReferenceBackend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// Finds backends and says which one is in use.
///
/// The default is `cpu`, or the one named by `-Djavelin.backend`. [#with] changes it for a piece of
/// work and everything it calls on the same thread.
public final class Backends {
    private static final ScopedValue<Backend> CURRENT = ScopedValue.newInstance();

    private Backends() {}

    /// Float32 on the processor, threads and SIMD: the default.
    public static Backend cpu() {
        return Known.CPU;
    }

    /// Float64 in plain loops: the oracle of all others, and the engine of gradient checks.
    public static Backend reference() {
        return Known.REFERENCE;
    }

    /// Computes nothing and holds no memory: traces shapes, counts parameters and operations of
    /// networks of any size at no cost. Reading values from it gives zeros.
    public static Backend dry() {
        return Known.DRY;
    }

    /// The backend on which new tensors are made here.
    public static Backend current() {
        return CURRENT.isBound() ? CURRENT.get() : Known.DEFAULT;
    }

    /// Runs `work` with `backend` as the current one.
    public static <T> T with(Backend backend, Supplier<T> work) {
        return ScopedValue.where(CURRENT, backend).call(work::get);
    }

    /// Runs `work` with `backend` as the current one.
    public static void with(Backend backend, Runnable work) {
        ScopedValue.where(CURRENT, backend).run(work);
    }

    /// The backend of that name.
    ///
    /// @throws IllegalArgumentException if there is none, naming those there are
    public static Backend named(String name) {
        Backend found = Known.BY_NAME.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "backend: '%s' is not known; choose one of %s"
                            .formatted(name, String.join(", ", Known.BY_NAME.keySet())));
        }
        return found;
    }

    /// All backends found, by name.
    public static Map<String, Backend> available() {
        return Map.copyOf(Known.BY_NAME);
    }

    private static final class Known {
        static final Backend CPU = CpuBackend.standard();
        static final Backend REFERENCE = new ReferenceBackend();
        static final Backend DRY = new DryBackend();
        static final Map<String, Backend> BY_NAME = new LinkedHashMap<>();
        static final Backend DEFAULT;

        static {
            BY_NAME.put(CPU.name(), CPU);
            BY_NAME.put(REFERENCE.name(), REFERENCE);
            for (Backend b : ServiceLoader.load(Backend.class)) {
                BY_NAME.put(b.name(), b);
            }
            DEFAULT = named(System.getProperty("javelin.backend", CPU.name()));
        }
    }
}
