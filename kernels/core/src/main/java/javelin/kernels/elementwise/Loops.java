package javelin.kernels.elementwise;

import javelin.kernels.Kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One loop per function. A loop that several functions shared would be compiled for all of them at
/// once and call them one element at a time; so the class of the loop is loaded once for each
/// function, as a hidden class in which the function is a constant that the JIT inlines.
final class Loops {
    private static final Map<Kernel, Loop> PLAIN = new ConcurrentHashMap<>();
    private static final Map<Kernel, Loop> SIMD = new ConcurrentHashMap<>();

    private Loops() {}

    /// Work on `n` elements of up to three inputs, each from its position on; inputs a function
    /// does not have are ignored.
    interface Loop {
        /// `y[yAt + i] = f(a[aAt + i], …)` for `i` in `0 … n−1`.
        void run(
                float[] a,
                int aAt,
                float[] b,
                int bAt,
                float[] c,
                int cAt,
                float[] y,
                int yAt,
                int n);
    }

    /// The loop of `f`: with SIMD if that is wanted and `f` has such a form.
    static Loop of(Kernel f, boolean simd) {
        return simd ? SIMD.computeIfAbsent(f, Loops::simd) : plain(f);
    }

    private static Loop plain(Kernel f) {
        return PLAIN.computeIfAbsent(
                f,
                k ->
                        switch (k) {
                            case Unary u -> copy(UnaryLoop.class, PlainFunctions.of(u));
                            case Binary b -> copy(BinaryLoop.class, PlainFunctions.of(b));
                            case Ternary t -> copy(TernaryLoop.class, PlainFunctions.of(t));
                            default -> throw new AssertionError(k);
                        });
    }

    private static Loop simd(Kernel f) {
        return switch (f) {
            case Unary u when FunctionsSimd.has(u) ->
                    copy(UnaryLoopSimd.class, FunctionsSimd.of(u));
            case Binary b when FunctionsSimd.has(b) ->
                    copy(BinaryLoopSimd.class, FunctionsSimd.of(b));
            case Ternary t -> copy(TernaryLoopSimd.class, FunctionsSimd.of(t));
            default -> plain(f);
        };
    }

    private static Loop copy(Class<?> template, Object function) {
        try (InputStream bytes =
                template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException(
                        "elementwise: class file of %s is not found beside it"
                                .formatted(template.getName()));
            }
            MethodHandles.Lookup copy =
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(bytes.readAllBytes(), function, true);
            return (Loop)
                    copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class))
                            .invoke();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("elementwise: cannot make a loop for " + function, e);
        }
    }

    /// The function of a copy of a loop class; for the initialiser of a constant in it.
    static <T> T function(MethodHandles.Lookup copy, Class<T> type) {
        try {
            return MethodHandles.classData(copy, "_", type);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("elementwise: loop class without a function", e);
        }
    }
}
