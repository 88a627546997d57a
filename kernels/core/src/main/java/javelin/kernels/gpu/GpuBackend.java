package javelin.kernels.gpu;

import javelin.kernels.Backend;
import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.DeviceException;
import javelin.kernels.Kernel;
import javelin.kernels.Scope;
import javelin.kernels.Shape;
import javelin.kernels.UnsupportedKernelException;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.conv.ConvGpu;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseGpu;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.FftGpu;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;
import javelin.kernels.index.Gather;
import javelin.kernels.index.IndexGpu;
import javelin.kernels.index.OneHot;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Concat;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Fill;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.LayoutGpu;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.matmul.MatmulGpu;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.kernels.norm.Moments;
import javelin.kernels.norm.NormGpu;
import javelin.kernels.optim.AdamStep;
import javelin.kernels.optim.OptimGpu;
import javelin.kernels.optim.RmspropStep;
import javelin.kernels.optim.SgdStep;
import javelin.kernels.pool.ArgMaxPool2d;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.AveragePool2dInput;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.PoolGpu;
import javelin.kernels.random.Permutation;
import javelin.kernels.random.RandomFill;
import javelin.kernels.random.RandomGpu;
import javelin.kernels.reduce.ArgReduce;
import javelin.kernels.reduce.Reduce;
import javelin.kernels.reduce.ReduceGpu;
import javelin.kernels.resize.Resize2d;
import javelin.kernels.resize.Resize2dInput;
import javelin.kernels.resize.ResizeGpu;
import javelin.kernels.softmax.Softmax;
import javelin.kernels.softmax.SoftmaxCrossEntropy;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;
import javelin.kernels.softmax.SoftmaxGpu;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Kernels in 32 bits on a [Device], from the portable sources.
///
/// `run` returns when the kernel is enqueued. Buffers belong to the open [Scope], or else are given
/// back when they are unreachable. They hold at most nine tenths of the device's memory, or what
/// `-Djavelin.gpu.memory` says in MB.
public final class GpuBackend implements Backend, AutoCloseable {
    /// Tables that are kept at a time.
    private static final int TABLES = 64;

    private final Device device;
    private final MemoryPool pool;
    private final Map<Source, Device.Program> programs = new ConcurrentHashMap<>();
    private final Map<List<Object>, View> tables = new Tables();
    private final View note;
    private final AtomicLong uploads = new AtomicLong();
    private final AtomicLong downloads = new AtomicLong();
    private volatile boolean faultIsUsed;
    private volatile boolean closed;

    /// Backend on a device, which it closes.
    public GpuBackend(Device device) {
        this(device, limit(device));
    }

    /// Backend on a device with at most `limit` bytes in use.
    public GpuBackend(Device device, long limit) {
        this.device = device;
        pool = new MemoryPool(device, limit);
        note = View.of(allocate(DType.I32, 4), Shape.of(4));
    }

    /// The tables used last.
    private static final class Tables extends LinkedHashMap<List<Object>, View> {
        private static final long serialVersionUID = 1;

        Tables() {
            super(2 * TABLES, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, View> eldest) {
            return size() > TABLES;
        }
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

    /// Bytes of device memory that are taken from the driver now: what buffers hold, and what is
    /// kept for the next ones.
    public long bytesHeld() {
        return pool.heldBytes();
    }

    /// Number of copies of whatever size between host and device.
    public record HostCopies(long uploads, long downloads) {}

    /// Copies between host and device since this backend was made: those that the caller asked for,
    /// tables, and looks at the note in which kernels leave faults.
    public HostCopies hostCopies() {
        return new HostCopies(uploads.get(), downloads.get());
    }

    @Override
    public DType floatType() {
        return DType.F32;
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return type != DType.F64;
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
            case Broadcast f -> LayoutGpu.run(f, in, out, this);
            case Permute f -> LayoutGpu.run(f, in, out, this);
            case Pad f -> LayoutGpu.run(f, in, out, this);
            case PadInput f -> LayoutGpu.run(f, in, out, this);
            case Slice f -> LayoutGpu.run(f, in, out, this);
            case SliceInput f -> LayoutGpu.run(f, in, out, this);
            case Concat f -> LayoutGpu.run(f, in, out, this);
            case Flip f -> LayoutGpu.run(f, in, out, this);
            case Copy f -> LayoutGpu.run(f, in, out, this);
            case Cast f -> LayoutGpu.run(f, in, out, this);
            case Fill f -> LayoutGpu.run(f, in, out, this);
            case Reduce f -> ReduceGpu.run(f, in, out, this);
            case ArgReduce f -> ReduceGpu.run(f, in, out, this);
            case Softmax f -> SoftmaxGpu.run(f, in, out, this);
            case SoftmaxCrossEntropy f -> SoftmaxGpu.run(f, in, out, this);
            case SoftmaxCrossEntropyInput f -> SoftmaxGpu.run(f, in, out, this);
            case Moments f -> NormGpu.run(f, in, out, this);
            case BatchNorm f -> NormGpu.run(f, in, out, this);
            case BatchNormSums f -> NormGpu.run(f, in, out, this);
            case BatchNormInput f -> NormGpu.run(f, in, out, this);
            case Gather f -> IndexGpu.run(f, in, out, this);
            case ScatterAdd f -> IndexGpu.run(f, in, out, this);
            case OneHot f -> IndexGpu.run(f, in, out, this);
            case RandomFill f -> RandomGpu.run(f, in, out, this);
            case Permutation f -> RandomGpu.run(f, in, out, this);
            case SgdStep f -> OptimGpu.run(f, in, out, this);
            case AdamStep f -> OptimGpu.run(f, in, out, this);
            case RmspropStep f -> OptimGpu.run(f, in, out, this);
            case MaxPool2d f -> PoolGpu.run(f, in, out, this);
            case ArgMaxPool2d f -> PoolGpu.run(f, in, out, this);
            case AveragePool2d f -> PoolGpu.run(f, in, out, this);
            case AveragePool2dInput f -> PoolGpu.run(f, in, out, this);
            case Resize2d f -> ResizeGpu.run(f, in, out, this);
            case Resize2dInput f -> ResizeGpu.run(f, in, out, this);
            case Matmul f -> MatmulGpu.run(f, in, out, this);
            case Conv2d f -> ConvGpu.run(f, in, out, this);
            case Conv2dInput f -> ConvGpu.run(f, in, out, this);
            case Conv2dWeight f -> ConvGpu.run(f, in, out, this);
            case Fft f -> FftGpu.run(f, in, out, this);
            case Rfft f -> FftGpu.run(f, in, out, this);
            case Irfft f -> FftGpu.run(f, in, out, this);
        }
    }

    /// A kernel of a program, to be given its arguments.
    public Launch kernel(Source source, String name) {
        return new Launch(this, source, name);
    }

    /// Memory of any content for the time of one kernel.
    public Scratch scratch(DType type, Shape shape) {
        return new Scratch(View.of(take(type, shape.size()), shape));
    }

    /// Numbers that a kernel reads beside its operands, such as weights of an interpolation: made
    /// and copied to the device when they are first asked for.
    ///
    /// @param key what they depend on
    public View table(List<Object> key, Supplier<int[]> words) {
        synchronized (tables) {
            return tables.computeIfAbsent(
                    key,
                    _ -> {
                        int[] values = words.get();
                        return View.of(upload(values), Shape.of(values.length));
                    });
        }
    }

    /// Where kernels note an index that is out of bounds: a flag, the index, the least and the
    /// largest that are allowed. Kernels cannot throw.
    View fault() {
        faultIsUsed = true;
        return note;
    }

    private void checkFault() {
        if (!faultIsUsed) {
            return;
        }
        faultIsUsed = false;
        int[] words = words(note);
        if (words[0] != 0) {
            device.zero(memory(note), 4L * words.length);
            throw new IndexOutOfBoundsException(
                    "%s: an index was %d, not in %d … %d, in a gather, a scatterAdd or the labels of a softmaxCrossEntropy"
                            .formatted(name(), words[1], words[2], words[3]));
        }
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

    /// {@inheritDoc}
    ///
    /// @throws IndexOutOfBoundsException if a kernel met an index that is not there, since the last
    ///   wait; so do the downloads
    @Override
    public void synchronize() {
        checkOpen();
        device.synchronize();
        checkFault();
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
        device.write(b.memory(), 0, values);
        uploads.incrementAndGet();
        return b;
    }

    @Override
    public float[] downloadFloats(View view) {
        float[] values = new float[view.length()];
        download(view, DType.F32, MemorySegment.ofArray(values));
        checkFault();
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
        int[] values = words(view);
        checkFault();
        return values;
    }

    private int[] words(View view) {
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
        try {
            device.read(b.memory(), from, values);
            downloads.incrementAndGet();
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
