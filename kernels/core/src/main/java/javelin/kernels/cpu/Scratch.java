package javelin.kernels.cpu;

import java.util.ArrayDeque;

/// Temporary arrays of the kernels, reused per thread because the JVM zeroes new ones (about 40 µs
/// per MB).
///
/// A borrowed array has at least the size asked for and any content. Giving it back may be
/// forgotten; it is then garbage. Each thread keeps at most two arrays of each power of two up to
/// 2²² elements (16 MB).
public final class Scratch {
    private static final int LARGEST = 22;
    private static final int KEPT = 2;
    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    private final ArrayDeque<float[]>[] free;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Scratch() {
        free = new ArrayDeque[LARGEST + 1];
    }

    /// An array of at least `size` elements.
    public static float[] borrow(int size) {
        int log = 32 - Integer.numberOfLeadingZeros(Math.max(size, 64) - 1);
        if (log > LARGEST) {
            return new float[size];
        }
        var kept = MINE.get().free[log];
        return kept == null || kept.isEmpty() ? new float[1 << log] : kept.pop();
    }

    /// Returns an array got from [#borrow]; the caller must not use it any more.
    public static void giveBack(float[] array) {
        int log = 31 - Integer.numberOfLeadingZeros(array.length);
        if (log > LARGEST || array.length != 1 << log) {
            return;
        }
        var all = MINE.get().free;
        if (all[log] == null) {
            all[log] = new ArrayDeque<>(KEPT);
        }
        if (all[log].size() < KEPT) {
            all[log].push(array);
        }
    }
}
