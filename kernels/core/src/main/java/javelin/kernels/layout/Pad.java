package javelin.kernels.layout;

import javelin.kernels.Kernel;

import java.util.List;

/// A frame around `x`: `before[i]` elements in front of axis `i`; behind it as many as the output
/// shape leaves.
///
/// @param value what constant padding writes
public record Pad(Mode mode, List<Integer> before, double value) implements Kernel {
    /// Copies the list.
    public Pad {
        before = List.copyOf(before);
    }

    /// Where the elements of the frame come from.
    public enum Mode {
        /// A given number.
        CONSTANT,
        /// The mirror image, without repeating the edge element; the frame is narrower than `x`.
        REFLECT,
        /// The nearest element of `x`.
        EDGE;

        /// Position in `0 … size−1` that padded position `i` copies, or −1 for the constant.
        public int source(int i, int size) {
            if (i >= 0 && i < size) {
                return i;
            }
            return switch (this) {
                case CONSTANT -> -1;
                case EDGE -> i < 0 ? 0 : size - 1;
                case REFLECT -> i < 0 ? -i : 2 * (size - 1) - i;
            };
        }
    }
}
