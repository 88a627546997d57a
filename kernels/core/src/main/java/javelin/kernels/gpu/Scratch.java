package javelin.kernels.gpu;

import javelin.kernels.View;

/// Device memory of any content for the time of one kernel; see [GpuBackend#scratch].
public record Scratch(View view) implements AutoCloseable {
    /// Gives the memory back. What is enqueued still runs on it.
    @Override
    public void close() {
        ((GpuBuffer) view.buffer()).release();
    }
}
