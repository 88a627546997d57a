package javelin.kernels.gpu;

import javelin.kernels.DType;
import javelin.kernels.KernelCase;
import javelin.kernels.KernelCases;
import javelin.kernels.Shape;
import javelin.kernels.View;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A device that computes nothing and notes what it is asked to run. Whatever is read from it is
/// what the host had there before.
public final class RecordingDevice implements Device {
    private final List<Run> runs = new ArrayList<>();

    private RecordingDevice() {}

    /// One run of a kernel.
    public record Run(Source source, String kernel, Grid grid, List<Object> arguments) {}

    private record Block(long bytes) implements Memory {
        @Override
        public void free() {
            // nothing is held
        }
    }

    private record Built(Source source) implements Program {}

    /// What all cases of the table run.
    public static List<Run> ofAllCases() {
        var device = new RecordingDevice();
        try (var backend = new GpuBackend(device)) {
            for (KernelCase c : KernelCases.ALL) {
                List<View> inputs =
                        c.inputs().stream().map(o -> view(backend, o.type(), o.shape())).toList();
                backend.run(
                        c.kernel(), inputs, view(backend, c.output().type(), c.output().shape()));
            }
        }
        return List.copyOf(device.runs);
    }

    private static View view(GpuBackend on, DType type, Shape shape) {
        return View.of(on.allocate(type, shape.size()), shape);
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public String description() {
        return "notes what it is asked to run";
    }

    @Override
    public long memory() {
        return 1L << 40;
    }

    @Override
    public Memory allocate(long bytes) {
        return new Block(bytes);
    }

    @Override
    public void zero(Memory memory, long bytes) {
        // nothing is held
    }

    @Override
    public void write(Memory to, long at, MemorySegment from) {
        // nothing is held
    }

    @Override
    public void read(Memory from, long at, MemorySegment to) {
        // nothing is held
    }

    @Override
    public Program build(Source source) {
        return new Built(source);
    }

    @Override
    public void launch(Program program, String kernel, Grid grid, List<Object> arguments) {
        runs.add(new Run(((Built) program).source(), kernel, grid, List.copyOf(arguments)));
    }

    @Override
    public void synchronize() {
        // nothing waits
    }

    @Override
    public void close() {
        // nothing is held
    }
}
