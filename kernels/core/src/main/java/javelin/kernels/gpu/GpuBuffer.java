package javelin.kernels.gpu;

import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.DeviceException;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Cleaner;

/// Memory of a device. It goes back to the pool when its [javelin.kernels.Scope] is closed, or when
/// the garbage collector finds that nobody uses it.
final class GpuBuffer implements Buffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final GpuBackend owner;
    private final DType type;
    private final long size;
    private Device.@Nullable Memory memory;
    private final Cleaner.Cleanable back;

    GpuBuffer(GpuBackend owner, MemoryPool pool, Device.Memory memory, DType type, long size) {
        this.owner = owner;
        this.type = type;
        this.size = size;
        this.memory = memory;
        back = CLEANER.register(this, () -> pool.give(memory));
    }

    GpuBackend owner() {
        return owner;
    }

    Device.Memory memory() {
        Device.Memory m = memory;
        if (m == null) {
            throw new DeviceException(
                    owner.name()
                            + ": the memory of this buffer went back when its scope was closed;"
                            + " keep it, or copy the values before");
        }
        return m;
    }

    /// Gives the memory back; this buffer is of no use any more.
    void release() {
        memory = null;
        back.clean();
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public long size() {
        return size;
    }
}
