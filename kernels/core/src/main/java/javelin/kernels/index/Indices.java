package javelin.kernels.index;

import javelin.kernels.View;

/// What backends on the host ask of indices before they use them.
public final class Indices {
    private Indices() {}

    /// Checks that all indices are from `least` to `size − 1`. Shapes cannot tell; unchecked, such
    /// an index would read or change a neighbour.
    ///
    /// @param op name of the op, and `what` its argument, for the message
    /// @param least 0, or −1 where that stands for none
    /// @throws IndexOutOfBoundsException at the first one that is not
    public static void check(String op, String what, View indices, int least, int size) {
        int[] values = indices.ints();
        for (int i = 0; i < indices.length(); i++) {
            int value = values[indices.offset() + i];
            if (value < least || value >= size) {
                throw new IndexOutOfBoundsException(
                        "%s: %s %d at place %d is not in %d … %d"
                                .formatted(op, what, value, i, least, size - 1));
            }
        }
    }
}
