package javelin.kernels.gpu;

import javelin.kernels.Backend;
import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.DeviceException;
import javelin.kernels.Kernel;
import javelin.kernels.Scope;
import javelin.kernels.UnsupportedKernelException;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseGpu;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Kernels in 32 bits on a [Device], from the portable sources.
///
/// `run` returns when the kernel is enqueued. Buffers belong to the open [Scope], or else are given
/// back when they are unreachable. They hold at most nine tenths of the device's memory, or what
/// `-Djavelin.gpu.memory` says in MB.
public final class GpuBackend implements Backend, AutoCloseable {
    /// Bytes that are copied between host and device at a time.
    private static final int CHUNK = 1 << 24;

    private final Device device;
    private final MemoryPool pool;
    private final Map<Source, Device.Program> programs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// Backend on a device, which it closes.
    public GpuBackend(Device device) {
        this(device, limit(device));
    }

    /// Backend on a device with at most `limit` bytes in use.
    public GpuBackend(Device device, long limit) {
        this.device = device;
        this.pool = new MemoryPool(device, limit);
    }

    private static long limit(Device device) {
        String asked = System.getProperty("javelin.gpu.memory", "");
        if (asked.isEmpty()) {
            return device.memory() / 10 * 9;
        }
        try {
            long megabytes = Long.parseLong(asked);
            if (megabytes >= 1 && megabytes < 1 << 30) {
                return megabytes << 20;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "gpu: -Djavelin.gpu.memory must be a number of MB from 1 on, got '" + asked + "'");
    }

    @Override
    public String name() {
        return device.name();
    }

    /// What the driver says the device is.
    public String description() {
        return device.description();
    }

    /// Bytes of device memory that buffers hold now.
    public long bytesInUse() {
        return pool.lentBytes();
    }

    @Override
    public DType floatType() {
        return DType.F32;
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return type != DType.F64
                && switch (kernel) {
                    case Unary _, Binary _, Ternary _ -> true;
                    default -> false;
                };
    }

    @Override
    public void run(Kernel kernel, List<View> in, View out) {
        if (!supports(kernel, out.type())) {
            throw new UnsupportedKernelException(kernel, out.type(), this);
        }
        try {
            dispatch(kernel, in, out);
        } finally { // the memory must not be lent again before the kernel is enqueued
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
        }
    }

    private void dispatch(Kernel kernel, List<View> in, View out) {
        switch (kernel) {
            case Unary f -> ElementwiseGpu.run(f, in, out, this);
            case Binary f -> ElementwiseGpu.run(f, in, out, this);
            case Ternary f -> ElementwiseGpu.run(f, in, out, this);
            default -> throw new UnsupportedKernelException(kernel, out.type(), this);
        }
    }

    /// A kernel of a program, to be given its arguments.
    public Launch kernel(Source source, String name) {
        return new Launch(this, source, name);
    }

    void enqueue(Source source, String kernel, Device.Grid grid, List<Object> arguments) {
        checkOpen();
        Device.Program program = programs.computeIfAbsent(source, device::build);
        device.launch(program, kernel, grid, arguments);
    }

    Device.Memory memory(View v) {
        return buffer(v).memory();
    }

    private GpuBuffer buffer(View v) {
        if (v.buffer() instanceof GpuBuffer b && b.owner() == this) {
            return b;
        }
        throw new IllegalArgumentException(
                "%s: the buffer belongs to another backend (%s); copy its values with upload"
                        .formatted(name(), v.buffer().getClass().getSimpleName()));
    }

    private void checkOpen() {
        if (closed) {
            throw new DeviceException(name() + ": used after it was closed");
        }
    }

    private GpuBuffer take(DType type, long size) {
        checkOpen();
        if (type == DType.F64) {
            throw new IllegalArgumentException(
                    name() + ": computes in 32 bits; 64-bit numbers are for `reference`");
        }
        long bytes = Math.multiplyExact(size, type.bytes());
        return new GpuBuffer(this, pool, pool.take(bytes), type, size);
    }

    @Override
    public Buffer allocate(DType type, long size) {
        GpuBuffer b = take(type, size);
        device.zero(b.memory(), Math.max(1, size) * type.bytes());
        return b;
    }

    @Override
    public Buffer memory(DType type, long size) {
        GpuBuffer b = take(type, size);
        Scope.adopt(b, b::release);
        return b;
    }

    @Override
    public void synchronize() {
        checkOpen();
        device.synchronize();
    }

    @Override
    public Buffer upload(float[] values) {
        return upload(DType.F32, MemorySegment.ofArray(values));
    }

    @Override
    public Buffer upload(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return upload(rounded);
    }

    @Override
    public Buffer upload(int[] values) {
        return upload(DType.I32, MemorySegment.ofArray(values));
    }

    private Buffer upload(DType type, MemorySegment values) {
        GpuBuffer b = take(type, values.byteSize() / type.bytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment part = arena.allocate(Math.min(CHUNK, values.byteSize()), 16);
            for (long at = 0; at < values.byteSize(); at += CHUNK) {
                long n = Math.min(CHUNK, values.byteSize() - at);
                MemorySegment.copy(values, at, part, 0, n);
                device.write(b.memory(), at, part.asSlice(0, n));
            }
        }
        return b;
    }

    @Override
    public float[] downloadFloats(View view) {
        float[] values = new float[view.length()];
        download(view, DType.F32, MemorySegment.ofArray(values));
        return values;
    }

    @Override
    public double[] downloadDoubles(View view) {
        float[] values = downloadFloats(view);
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Override
    public int[] downloadInts(View view) {
        int[] values = new int[view.length()];
        download(view, DType.I32, MemorySegment.ofArray(values));
        return values;
    }

    private void download(View view, DType wanted, MemorySegment values) {
        checkOpen();
        GpuBuffer b = buffer(view);
        if (b.type() != wanted) {
            throw new IllegalArgumentException(
                    "%s: the view holds %s, not %s".formatted(name(), b.type(), wanted));
        }
        long from = (long) view.offset() * wanted.bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment part = arena.allocate(Math.min(CHUNK, values.byteSize()), 16);
            for (long at = 0; at < values.byteSize(); at += CHUNK) {
                long n = Math.min(CHUNK, values.byteSize() - at);
                device.read(b.memory(), from + at, part.asSlice(0, n));
                MemorySegment.copy(part, 0, values, at, n);
            }
        } finally {
            Reference.reachabilityFence(b);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            device.close();
        }
    }
}
