package javelin.kernels;

import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.reference.ReferenceBackend;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
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
    /// @throws DeviceException if it finds no device or driver here
    public static Backend named(String name) {
        Probe probe = Known.probe(name);
        if (probe == null) {
            throw new IllegalArgumentException(
                    "backend: '%s' is not known; choose one of %s"
                            .formatted(name, String.join(", ", Known.names())));
        }
        if (probe.backend() == null) {
            throw new DeviceException(probe.whyNot());
        }
        return probe.backend();
    }

    /// All backends that can be used here, by name. Looks for the devices of all of them.
    public static Map<String, Backend> available() {
        Map<String, Backend> found = new LinkedHashMap<>();
        for (String name : Known.names()) {
            Probe probe = Known.probe(name);
            if (probe != null && probe.backend() != null) {
                found.put(name, probe.backend());
            }
        }
        return Map.copyOf(found);
    }

    /// Backends that are part of this build but cannot be used here, by name, and why not.
    public static Map<String, String> absent() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String name : Known.names()) {
            Probe probe = Known.probe(name);
            if (probe != null && probe.backend() == null) {
                reasons.put(name, probe.whyNot());
            }
        }
        return Map.copyOf(reasons);
    }

    /// What came of looking for a device.
    private record Probe(@Nullable Backend backend, String whyNot) {
        /// A missing driver is a [LinkageError], not an exception.
        static Probe of(BackendProvider provider) {
            try {
                return new Probe(provider.open(), "");
            } catch (DeviceException e) {
                return new Probe(null, String.valueOf(e.getMessage()));
            } catch (LinkageError e) {
                return new Probe(
                        null,
                        "%s: no driver found; install one (%s)"
                                .formatted(provider.name(), e.getMessage()));
            }
        }
    }

    private static final class Known {
        static final Backend CPU = CpuBackend.standard();
        static final Backend REFERENCE = new ReferenceBackend();
        static final Backend DRY = new DryBackend();
        private static final Map<String, Probe> PROBES = new LinkedHashMap<>();
        private static final Map<String, BackendProvider> PROVIDERS = new LinkedHashMap<>();
        static final Backend DEFAULT;

        static {
            ArrayPool.checkSetting();
            PROBES.put(CPU.name(), new Probe(CPU, ""));
            PROBES.put(REFERENCE.name(), new Probe(REFERENCE, ""));
            ServiceLoader.load(BackendProvider.class).forEach(p -> PROVIDERS.put(p.name(), p));
            DEFAULT = named(System.getProperty("javelin.backend", CPU.name()));
        }

        static Set<String> names() {
            Set<String> names = new LinkedHashSet<>(List.of(CPU.name(), REFERENCE.name()));
            names.addAll(PROVIDERS.keySet());
            return names;
        }

        /// Looks for a device the first time it is asked for; null for an unknown name.
        static synchronized @Nullable Probe probe(String name) {
            BackendProvider provider = PROVIDERS.get(name);
            if (provider != null && !PROBES.containsKey(name)) {
                PROBES.put(name, Probe.of(provider));
            }
            return PROBES.get(name);
        }
    }
}
