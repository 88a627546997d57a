package javelin.bench;

import java.util.Locale;

/// What is in the caches when a call begins.
public enum Mode {
    /// The same operands in every call.
    WARM,
    /// Other weights in every call, the same images: a layer of a network that is larger than the
    /// caches.
    COLD_WEIGHTS,
    /// Other operands in every call, the output included.
    COLD_ALL;

    /// The mode as the command line writes it, for instance `cold-all`.
    public static Mode named(String name) {
        for (Mode m : values()) {
            if (m.toString().equals(name)) {
                return m;
            }
        }
        throw new IllegalArgumentException(
                "mode: '%s' is not known; choose one of warm, cold-weights, cold-all"
                        .formatted(name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
