package javelin.tensor;

import java.util.function.Supplier;

/// Whether ops are recorded for gradients on this thread; on unless switched off.
public final class GradMode {
    private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

    private GradMode() {}

    /// True if results of tensors that require gradients are recorded.
    public static boolean isOn() {
        return !ON.isBound() || ON.get();
    }

    /// Runs `work` without recording.
    public static <T> T off(Supplier<T> work) {
        return ScopedValue.where(ON, false).call(work::get);
    }

    /// Runs `work` without recording.
    public static void off(Runnable work) {
        ScopedValue.where(ON, false).run(work);
    }

    /// Runs `work` with recording, also inside [#off].
    public static <T> T on(Supplier<T> work) {
        return ScopedValue.where(ON, true).call(work::get);
    }
}
