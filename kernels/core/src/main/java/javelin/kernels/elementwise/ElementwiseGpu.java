package javelin.kernels.elementwise;

import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;
import javelin.kernels.gpu.Strides;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/// Elementwise functions on a device: one kernel per function, generated from its expression.
public final class ElementwiseGpu {
    private static final Source SOURCE =
            new Source("elementwise", List.of("elementwise/elementwise.k"), kernels());

    private ElementwiseGpu() {}

    private static String kernels() {
        var text = new StringBuilder();
        for (Unary f : Unary.values()) {
            text.append("UNARY(%s, %s)\n".formatted(name(f), f.gpu()));
        }
        for (Binary f : Binary.values()) {
            text.append("BINARY(%s, %s)\n".formatted(name(f), f.gpu()));
        }
        for (Ternary f : Ternary.values()) {
            text.append("TERNARY(%s, %s)\n".formatted(name(f), f.gpu()));
        }
        return text.toString();
    }

    /// Source of `float activation(int function, float x)`, which computes the function of that
    /// number. All but the usual one are a function apart, or each result of a tile would have a
    /// copy of them.
    public static String activation() {
        var text = new StringBuilder("APART float any_activation(int function, float x) {\n");
        text.append("    switch (function) {\n");
        for (Unary f : Unary.values()) {
            text.append("    case %d: return %s;\n".formatted(number(f), f.gpu()));
        }
        text.append("    }\n    return x;\n}\n");
        text.append("DEVICE float activation(int function, float x) {\n");
        text.append(
                "    return function == %d ? %s : "
                        .formatted(number(Unary.RELU), Unary.RELU.gpu()));
        return text.append("any_activation(function, x);\n}\n").toString();
    }

    /// Number of a function, −1 for none.
    public static int number(@Nullable Unary f) {
        return f == null ? -1 : List.of(Unary.values()).indexOf(f);
    }

    private static String name(Enum<?> f) {
        return f.getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT) + "_" + f.name();
    }

    /// `y[i] = f(x[i])`.
    public static void run(Unary f, List<View> in, View y, GpuBackend on) {
        on.kernel(SOURCE, name(f)).floats(in.getFirst()).floats(y).items(y.length());
    }

    /// `y[i] = f(a[i], b[i])`, broadcasting.
    public static void run(Binary f, List<View> in, View y, GpuBackend on) {
        broadcasting(f, in, y, on);
    }

    /// `y[i] = f(a[i], b[i], c[i])`, broadcasting.
    public static void run(Ternary f, List<View> in, View y, GpuBackend on) {
        broadcasting(f, in, y, on);
    }

    private static void broadcasting(Enum<?> f, List<View> in, View y, GpuBackend on) {
        Launch launch = on.kernel(SOURCE, name(f));
        for (View x : in) {
            launch.floats(x).with(Strides.broadcast(x.shape(), y.shape()));
        }
        launch.floats(y).items(y.length());
    }
}
