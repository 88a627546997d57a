package javelin.kernels.random;

import javelin.kernels.View;

import java.util.List;

/// Random numbers, widened to 64 bits: the same values as on every other backend.
public final class RandomReference {
    private RandomReference() {}

    /// Numbers of a law.
    public static void run(RandomFill f, List<View> in, View y) {
        float[] part = new float[RandomNumbers.CHUNK];
        int[] words = new int[RandomNumbers.CHUNK];
        for (int from = 0; from < y.length(); from += part.length) {
            int n = Math.min(part.length, y.length() - from);
            RandomNumbers.fill(f, from, words, part, 0, n);
            for (int i = 0; i < n; i++) {
                y.doubles()[y.offset() + from + i] = part[i];
            }
        }
    }

    /// A random order.
    public static void run(Permutation f, List<View> in, View y) {
        RandomNumbers.shuffle(f, new int[4], y.ints(), y.offset(), y.length());
    }
}
