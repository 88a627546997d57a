package javelin.algorithms.fourierspi.cytometry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Sets of pixels: opening and connected components. Masks and labels are images with a border of
/// one pixel that is never set, of `stride` pixels a row.
final class Morphology {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Morphology() {}

    /// Bytes that a mask of so many pixels, its border included, needs.
    static int room(int pixels) {
        return pixels + Long.BYTES;
    }

    /// Erosion, then dilation by a cross of five pixels: whatever is thinner than three pixels
    /// goes.
    ///
    /// @param from place of the first pixel to look at
    /// @param to place after the last one; nothing is set outside
    /// @param mask of [#room] bytes at least
    /// @param work as large as `mask`
    static void open(byte[] mask, int stride, int from, int to, byte[] work) {
        // the cross reaches one row further, where nothing is set after the erosion either
        Arrays.fill(work, Math.max(0, from - stride), from, (byte) 0);
        Arrays.fill(work, to, Math.min(work.length, to + stride), (byte) 0);
        // eight pixels at a time; those after the last one are outside of everything
        for (int i = from; i < to; i += Long.BYTES) {
            long both = get(mask, i - 1) & get(mask, i + 1);
            long cross = get(mask, i) & both & get(mask, i - stride) & get(mask, i + stride);
            EIGHT.set(work, i, cross);
        }
        for (int i = from; i < to; i += Long.BYTES) {
            long both = get(work, i - 1) | get(work, i + 1);
            long cross = get(work, i) | both | get(work, i - stride) | get(work, i + stride);
            EIGHT.set(mask, i, cross);
        }
        Arrays.fill(mask, to, to + Long.BYTES, (byte) 0);
    }

    private static long get(byte[] x, int i) {
        return (long) EIGHT.get(x, i);
    }

    /// Numbers the components, pixels that meet at a side or a corner, from 1 in order of their
    /// first pixels.
    ///
    /// @param from place of the first pixel to look at
    /// @param to place after the last one; nothing is set outside
    /// @param labels result within `from ≤ i < to`, 0 outside of components and in the row before
    ///   and after
    /// @param parents workspace of half the pixels at least
    /// @return number of components
    /// @see "Wu, Otoo and Suzuki, Optimizing two-pass connected-component labeling, 2009"
    static int components(byte[] mask, int stride, int from, int to, int[] labels, int[] parents) {
        Arrays.fill(labels, Math.max(0, from - stride - 1), from, 0);
        Arrays.fill(labels, to, Math.min(labels.length, to + stride + 1), 0);
        int next = 0;
        for (int i = from; i < to; i++) {
            if (mask[i] == 0) {
                labels[i] = 0;
                continue;
            }
            int up = labels[i - stride];
            if (up != 0) { // all other neighbours already met through it
                labels[i] = up;
                continue;
            }
            int left = Math.max(labels[i - 1], labels[i - stride - 1]);
            int right = labels[i - stride + 1];
            if (left != 0) {
                labels[i] = right == 0 ? left : join(parents, left, right);
            } else if (right != 0) {
                labels[i] = right;
            } else {
                labels[i] = ++next;
                parents[next] = next;
            }
        }
        int count = 0;
        for (int k = 1; k <= next; k++) {
            parents[k] = parents[k] == k ? ++count : parents[parents[k]];
        }
        if (count < next) {
            for (int i = from; i < to; i++) {
                if (labels[i] != 0) {
                    labels[i] = parents[labels[i]];
                }
            }
        }
        return count;
    }

    /// Makes two trees one, of the smaller root.
    private static int join(int[] parents, int a, int b) {
        int p = root(parents, a);
        int q = root(parents, b);
        parents[Math.max(p, q)] = Math.min(p, q);
        return Math.min(p, q);
    }

    static int root(int[] parents, int a) {
        int p = a;
        while (parents[p] != p) {
            parents[p] = parents[parents[p]];
            p = parents[p];
        }
        return p;
    }
}
