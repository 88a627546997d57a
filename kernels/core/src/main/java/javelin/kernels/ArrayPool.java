package javelin.kernels;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Free arrays by length, for [Scope]; within one limit for all.
final class ArrayPool {
    /// Shorter arrays are cheaper from the heap: 16 KB.
    private static final int LEAST = 1 << 12;

    private static final long LIMIT = limit();
    private static final Map<Integer, ArrayDeque<float[]>> FREE = new HashMap<>();
    private static long bytes;

    private ArrayPool() {}

    /// Checks what `-Djavelin.pool` asks for, before any work.
    ///
    /// @throws IllegalArgumentException if it has no meaning
    static void checkSetting() {
        limit();
    }

    private static long limit() {
        String asked = System.getProperty("javelin.pool", "");
        if (asked.isEmpty()) {
            return Runtime.getRuntime().maxMemory() / 4;
        }
        try {
            long megabytes = Long.parseLong(asked);
            if (megabytes >= 0 && megabytes < 1 << 30) {
                return megabytes << 20;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "pool: -Djavelin.pool must be a number of MB from 0 on, got '" + asked + "'");
    }

    static boolean isWorthIt(int size) {
        return size >= LEAST;
    }

    /// Whether so many bytes may be lent at a time.
    static boolean fits(long bytes) {
        return bytes <= LIMIT;
    }

    /// An array of that length, with any content.
    static float[] take(int size) {
        float[] found = free(size);
        return found == null ? new float[size] : found;
    }

    private static synchronized float @Nullable [] free(int size) {
        ArrayDeque<float[]> arrays = FREE.get(size);
        float[] found = arrays == null ? null : arrays.poll();
        if (found != null) {
            bytes -= 4L * size;
        }
        return found;
    }

    /// Takes an array that nobody uses any more.
    static synchronized void give(float[] array) {
        if (bytes + 4L * array.length > LIMIT) {
            return;
        }
        bytes += 4L * array.length;
        FREE.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).push(array);
    }
}
