package javelin.kernels.cpu;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/// Temporary arrays of the kernels, reused per thread because the JVM zeroes new ones (about 40 µs
/// per MB) and because a running kernel must not allocate.
///
/// A borrowed array has at least the size asked for and any content. Giving it back may be
/// forgotten; it is then garbage. Each thread keeps at most two arrays of each type and each power
/// of two up to 2²⁴ elements (64 MB of 32-bit numbers).
public final class Scratch {
    private static final int LARGEST = 24;
    private static final int KEPT = 2;
    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    private final Shelf<float[]> floats = new Shelf<>();
    private final Shelf<double[]> doubles = new Shelf<>();
    private final Shelf<int[]> ints = new Shelf<>();
    private float[] zeros = new float[0];

    private Scratch() {}

    /// An array of at least `size` elements.
    public static float[] borrow(int size) {
        int log = log(size);
        float[] kept = MINE.get().floats.take(log);
        return kept == null ? new float[log > LARGEST ? size : 1 << log] : kept;
    }

    /// An array of at least `size` 64-bit numbers.
    public static double[] borrowDoubles(int size) {
        int log = log(size);
        double[] kept = MINE.get().doubles.take(log);
        return kept == null ? new double[log > LARGEST ? size : 1 << log] : kept;
    }

    /// An array of at least `size` integers.
    public static int[] borrowInts(int size) {
        int log = log(size);
        int[] kept = MINE.get().ints.take(log);
        return kept == null ? new int[log > LARGEST ? size : 1 << log] : kept;
    }

    /// An array of at least `size` zeros, which nobody may write to; it is not given back.
    public static float[] zeros(int size) {
        Scratch mine = MINE.get();
        if (mine.zeros.length < size) {
            mine.zeros = new float[size];
        }
        return mine.zeros;
    }

    /// Returns an array got from [#borrow]; the caller must not use it any more.
    public static void giveBack(float[] array) {
        MINE.get().floats.put(array, array.length);
    }

    /// Returns an array got from [#borrowDoubles].
    public static void giveBack(double[] array) {
        MINE.get().doubles.put(array, array.length);
    }

    /// Returns an array got from [#borrowInts].
    public static void giveBack(int[] array) {
        MINE.get().ints.put(array, array.length);
    }

    /// Logarithm of the next power of two, at least 6.
    private static int log(int size) {
        return 32 - Integer.numberOfLeadingZeros(Math.max(size, 64) - 1);
    }

    /// The arrays of one type that nobody uses, by the logarithm of their length.
    private static final class Shelf<A> {
        private final @Nullable ArrayDeque<A>[] free;

        @SuppressWarnings({"unchecked", "rawtypes"})
        Shelf() {
            free = new ArrayDeque[LARGEST + 1];
        }

        @Nullable A take(int log) {
            ArrayDeque<A> kept = log > LARGEST ? null : free[log];
            return kept == null ? null : kept.poll();
        }

        void put(A array, int length) {
            int log = 31 - Integer.numberOfLeadingZeros(length);
            if (log > LARGEST || length != 1 << log) {
                return;
            }
            ArrayDeque<A> kept = free[log];
            if (kept == null) {
                kept = new ArrayDeque<>(KEPT);
                free[log] = kept;
            }
            if (kept.size() < KEPT) {
                kept.push(array);
            }
        }
    }
}
