package javelin.bench.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.bytedeco.javacpp.FloatPointer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// `cblas_sgemm` of one library.
///
/// It is looked up in that library alone. Several have a function of this name, and a wrapper that
/// is linked in the usual way calls the one that the process loaded first, whichever library the
/// wrapper belongs to.
final class Cblas {
    private static final int ROW_MAJOR = 101;
    private static final int NOT_TRANSPOSED = 111;

    private Cblas() {}

    /// The function of the library in this file.
    ///
    /// @throws IllegalArgumentException if it is no library
    /// @throws java.util.NoSuchElementException if it has no such function
    @SuppressWarnings("restricted") // the launcher enables native access
    static Sgemm.Function of(Path library) {
        MethodHandle sgemm =
                Linker.nativeLinker()
                        .downcallHandle(
                                SymbolLookup.libraryLookup(library, Arena.global())
                                        .findOrThrow("cblas_sgemm"),
                                FunctionDescriptor.ofVoid(
                                        JAVA_INT,
                                        JAVA_INT,
                                        JAVA_INT,
                                        JAVA_INT,
                                        JAVA_INT,
                                        JAVA_INT,
                                        JAVA_FLOAT,
                                        ADDRESS,
                                        JAVA_INT,
                                        ADDRESS,
                                        JAVA_INT,
                                        JAVA_FLOAT,
                                        ADDRESS,
                                        JAVA_INT));
        return (m, n, k, a, b, y) -> multiply(sgemm, m, n, k, a, b, y);
    }

    private static void multiply(
            MethodHandle sgemm,
            int m,
            int n,
            int k,
            FloatPointer a,
            FloatPointer b,
            FloatPointer y) {
        MemorySegment left = MemorySegment.ofAddress(a.address());
        MemorySegment right = MemorySegment.ofAddress(b.address());
        MemorySegment product = MemorySegment.ofAddress(y.address());
        try {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    NOT_TRANSPOSED,
                    NOT_TRANSPOSED,
                    m,
                    n,
                    k,
                    1f,
                    left,
                    k,
                    right,
                    n,
                    0f,
                    product,
                    n);
        } catch (Throwable e) {
            throw new IllegalStateException("sgemm: the call failed", e);
        }
    }
}
