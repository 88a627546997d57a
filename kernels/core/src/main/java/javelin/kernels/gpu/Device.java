package javelin.kernels.gpu;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A device behind a driver: memory, programs, and one queue that runs everything in the order in
/// which it was enqueued. All methods may be called from several threads, and throw
/// [javelin.kernels.DeviceException] with the driver's error.
public interface Device extends AutoCloseable {
    /// Short lower-case name of the driver's interface: `opencl`, `cuda`.
    String name();

    /// What the driver says this is, for people.
    String description();

    /// Bytes of memory the device has.
    long memory();

    /// New memory of any content.
    ///
    /// @throws javelin.kernels.DeviceMemoryException if there is not enough
    Memory allocate(long bytes);

    /// Enqueues zeros for the first `bytes`.
    void zero(Memory memory, long bytes);

    /// Copies host memory of any kind to the device, `at` bytes from its start, in the order of the
    /// queue, and returns when the host memory may be changed.
    void write(Memory to, long at, MemorySegment from);

    /// Copies to host memory of any kind, after what is enqueued, and returns when done.
    void read(Memory from, long at, MemorySegment to);

    /// Compiles a program.
    ///
    /// @throws javelin.kernels.DeviceException with the compiler's log if it does not compile
    Program build(Source source);

    /// Enqueues a kernel.
    ///
    /// @param arguments in the order of the kernel's parameters: [Memory], [Integer], [Long],
    ///   [Float], or `int[]` for a structure of numbers
    void launch(Program program, String kernel, Grid grid, List<Object> arguments);

    /// Returns when everything enqueued is done.
    void synchronize();

    /// Gives everything back to the driver; memory and programs are gone.
    @Override
    void close();

    /// Memory of a device.
    interface Memory {
        /// Size in bytes.
        long bytes();

        /// Gives it back to the driver, after what is enqueued.
        void free();
    }

    /// A compiled program.
    interface Program {}

    /// How many work items run a kernel: along each axis `groups` groups of `items` items.
    record Grid(int groupsX, int groupsY, int groupsZ, int itemsX, int itemsY) {}
}
