package javelin.kernels.cuda;

import static javelin.kernels.cuda.Driver.check;

import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;

import java.lang.foreign.MemorySegment;

/// Pinned host memory, through which copies pass in parts: the device reads and writes it by itself
/// while the host fills or empties another part. Copies one way need one of these; not thread-safe.
/// It goes with its context.
final class Staging {
    private static final int PARTS = 4;
    private static final int BYTES = 1 << 21;

    private final CUstream stream;
    private final Part[] parts = new Part[PARTS];
    private int next;

    Staging(CUstream stream) {
        this.stream = stream;
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /// A part, and the event at which the device is done with it.
    private static final class Part {
        final Pointer address = new Pointer();
        final MemorySegment memory;
        final CUevent done = new CUevent();

        Part() {
            check(cuMemHostAlloc(address, BYTES, 0), "cuMemHostAlloc");
            memory = MemorySegment.ofBuffer(address.getByteBuffer(0, BYTES));
            check(cuEventCreate(done, CUevent_flags.CU_EVENT_DISABLE_TIMING), "cuEventCreate");
        }
    }

    private Part take() {
        Part part = parts[next];
        next = (next + 1) % PARTS;
        return part;
    }

    private void wait(Part part) {
        check(cuEventSynchronize(part.done), "cuEventSynchronize");
    }

    /// Enqueues a copy to the device; `from` may be changed when this returns.
    void write(CUdeviceptr to, long at, MemorySegment from) {
        for (long begin = 0; begin < from.byteSize(); begin += BYTES) {
            long n = Math.min(BYTES, from.byteSize() - begin);
            Part part = take();
            wait(part); // its last copy
            MemorySegment.copy(from, begin, part.memory, 0, n);
            check(
                    cuMemcpyHtoDAsync(to.withByteOffset(at + begin), part.address, n, stream),
                    "cuMemcpyHtoDAsync");
            check(cuEventRecord(part.done, stream), "cuEventRecord");
        }
    }

    /// Copies from the device, and returns when done.
    void read(CUdeviceptr from, long at, MemorySegment to) {
        long ahead = (long) (PARTS - 1) * BYTES;
        Part[] busy = new Part[PARTS];
        for (long begin = 0; begin < to.byteSize() + ahead; begin += BYTES) {
            if (begin < to.byteSize()) {
                Part part = take();
                long n = Math.min(BYTES, to.byteSize() - begin);
                check(
                        cuMemcpyDtoHAsync(part.address, from.withByteOffset(at + begin), n, stream),
                        "cuMemcpyDtoHAsync");
                check(cuEventRecord(part.done, stream), "cuEventRecord");
                busy[(int) (begin / BYTES % PARTS)] = part;
            }
            long done = begin - ahead;
            if (done >= 0 && done < to.byteSize()) {
                Part part = busy[(int) (done / BYTES % PARTS)];
                wait(part);
                MemorySegment.copy(part.memory, 0, to, done, Math.min(BYTES, to.byteSize() - done));
            }
        }
    }
}
