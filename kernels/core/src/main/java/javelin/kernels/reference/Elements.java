package javelin.kernels.reference;

import javelin.kernels.HostBuffer;
import javelin.kernels.View;

/// Single elements of host views of any type, as 64-bit numbers: exact for all three types. For
/// loops that are read, not for loops that are fast.
public final class Elements {
    private Elements() {}

    /// Element `i` of a view.
    public static double get(View x, int i) {
        int at = x.offset() + i;
        return switch ((HostBuffer) x.buffer()) {
            case HostBuffer.Floats f -> f.array()[at];
            case HostBuffer.Doubles d -> d.array()[at];
            case HostBuffer.Ints n -> n.array()[at];
        };
    }

    /// Writes element `i`; integers are rounded towards zero.
    public static void set(View y, int i, double value) {
        int at = y.offset() + i;
        switch ((HostBuffer) y.buffer()) {
            case HostBuffer.Floats f -> f.array()[at] = (float) value;
            case HostBuffer.Doubles d -> d.array()[at] = value;
            case HostBuffer.Ints n -> n.array()[at] = (int) value;
        }
    }
}
