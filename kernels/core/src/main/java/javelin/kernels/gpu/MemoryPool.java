package javelin.kernels.gpu;

import javelin.kernels.DeviceMemoryException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Memory of a device that is used again. What is lent and what lies idle stay within one limit.
///
/// Sizes are rounded up by at most an eighth, so that similar tensors share their memory. The
/// device runs everything in order, so memory may be lent again while a kernel that uses it still
/// waits.
final class MemoryPool {
    private static final int LEAST = 256;

    /// How long to wait for the garbage collector to find buffers that nobody uses.
    private static final long PATIENCE_MILLIS = 500;

    private final Device device;
    private final long limit;
    private final Map<Long, Deque<Device.Memory>> idle = new HashMap<>();
    private long lentBytes;
    private long idleBytes;

    MemoryPool(Device device, long limit) {
        this.device = device;
        this.limit = limit;
    }

    /// Bytes lent.
    synchronized long lentBytes() {
        return lentBytes;
    }

    /// Bytes taken from the device and not given back to it.
    synchronized long heldBytes() {
        return lentBytes + idleBytes;
    }

    /// Memory of at least that size, of any content.
    ///
    /// @throws DeviceMemoryException if the limit or the device does not allow it
    synchronized Device.Memory take(long bytes) {
        long size = rounded(bytes);
        Device.Memory found = find(size);
        if (found == null) {
            collect(size);
            found = find(size);
        }
        if (found == null) {
            throw new DeviceMemoryException(
                    "%s: out of device memory: %,d bytes wanted, %,d in use, limit %,d; use smaller batches, or raise -Djavelin.gpu.memory"
                            .formatted(device.name(), bytes, lentBytes, limit),
                    0,
                    bytes);
        }
        lentBytes += size;
        return found;
    }

    /// Takes memory back.
    synchronized void give(Device.Memory memory) {
        lentBytes -= memory.bytes();
        idleBytes += memory.bytes();
        idle.computeIfAbsent(memory.bytes(), _ -> new ArrayDeque<>()).push(memory);
        notifyAll();
    }

    private Device.@Nullable Memory find(long size) {
        Deque<Device.Memory> same = idle.get(size);
        Device.Memory found = same == null ? null : same.poll();
        if (found != null) {
            idleBytes -= size;
            return found;
        }
        if (lentBytes + idleBytes + size > limit) {
            trim();
        }
        if (lentBytes + size > limit) {
            return null;
        }
        try {
            return device.allocate(size);
        } catch (DeviceMemoryException _) {
            trim();
            return null;
        }
    }

    /// Lets the garbage collector find buffers that are not used any more.
    private void collect(long size) {
        System.gc();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        try {
            for (long left = PATIENCE_MILLIS;
                    left > 0 && lentBytes + size > limit;
                    left = end - System.currentTimeMillis()) {
                wait(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives idle memory back to the device.
    private void trim() {
        idle.values().forEach(same -> same.forEach(Device.Memory::free));
        idle.clear();
        idleBytes = 0;
    }

    private static long rounded(long bytes) {
        long step = Math.max(LEAST, Long.highestOneBit(Math.max(bytes, 1)) / 8);
        return Math.max(LEAST, (bytes + step - 1) / step * step);
    }
}
