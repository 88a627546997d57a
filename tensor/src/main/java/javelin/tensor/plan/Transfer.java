package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.HostBuffer;
import javelin.kernels.View;
import javelin.kernels.layout.Copy;

import java.util.List;

/// Moves values into a workspace and out of it; on the host without allocation.
final class Transfer {
    private Transfer() {}

    /// Copies numbers into a view.
    static void in(Backend on, float[] from, View to) {
        switch (to.buffer()) {
            case HostBuffer.Floats f ->
                    System.arraycopy(from, 0, f.array(), to.offset(), from.length);
            case HostBuffer.Doubles d -> {
                for (int i = 0; i < from.length; i++) {
                    d.array()[to.offset() + i] = from[i];
                }
            }
            default -> on.run(new Copy(), List.of(new View(on.upload(from), 0, to.shape())), to);
        }
    }

    /// Copies a view into an array, rounded to 32 bits.
    static void out(Backend on, View from, float[] to) {
        switch (from.buffer()) {
            case HostBuffer.Floats f ->
                    System.arraycopy(f.array(), from.offset(), to, 0, to.length);
            case HostBuffer.Doubles d -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = (float) d.array()[from.offset() + i];
                }
            }
            default -> System.arraycopy(on.downloadFloats(from), 0, to, 0, to.length);
        }
    }

    /// Copies a view into another of the same type and size.
    static void copy(Backend on, View from, View to) {
        int n = from.length();
        switch (to.buffer()) {
            case HostBuffer.Floats f ->
                    System.arraycopy(from.floats(), from.offset(), f.array(), to.offset(), n);
            case HostBuffer.Doubles d ->
                    System.arraycopy(from.doubles(), from.offset(), d.array(), to.offset(), n);
            case HostBuffer.Ints i ->
                    System.arraycopy(from.ints(), from.offset(), i.array(), to.offset(), n);
            default -> on.run(new Copy(), List.of(from.reshape(to.shape())), to);
        }
    }
}
