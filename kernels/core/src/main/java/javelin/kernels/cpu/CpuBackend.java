package javelin.kernels.cpu;

import javelin.kernels.DType;
import javelin.kernels.HostBackend;
import javelin.kernels.Kernel;
import javelin.kernels.PreparedKernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.conv.ConvCpu;
import javelin.kernels.conv.Winograd;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseCpu;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.FftCpu;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;
import javelin.kernels.index.Gather;
import javelin.kernels.index.IndexCpu;
import javelin.kernels.index.OneHot;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Concat;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Fill;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.LayoutCpu;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.matmul.Epilogue;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.matmul.MatmulCpu;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Target;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.kernels.norm.Moments;
import javelin.kernels.norm.NormCpu;
import javelin.kernels.optim.AdamStep;
import javelin.kernels.optim.OptimCpu;
import javelin.kernels.optim.RmspropStep;
import javelin.kernels.optim.SgdStep;
import javelin.kernels.pool.ArgMaxPool2d;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.AveragePool2dInput;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.PoolCpu;
import javelin.kernels.random.Permutation;
import javelin.kernels.random.RandomCpu;
import javelin.kernels.random.RandomFill;
import javelin.kernels.reduce.ArgReduce;
import javelin.kernels.reduce.Reduce;
import javelin.kernels.reduce.ReduceCpu;
import javelin.kernels.resize.Resize2d;
import javelin.kernels.resize.Resize2dInput;
import javelin.kernels.resize.ResizeCpu;
import javelin.kernels.softmax.Softmax;
import javelin.kernels.softmax.SoftmaxCpu;
import javelin.kernels.softmax.SoftmaxCrossEntropy;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Every kernel in 32 bits on the processor: threads, and SIMD where it pays.
///
/// | property | meaning |
/// |---|---|
/// | `javelin.threads` | number of threads; without it, the processors the JVM sees |
/// | `javelin.simd` | `on`, or `off` for plain loops; `128`, `256`, `512` for that vector width in bits, emulated and slow if the machine has none so wide |
/// | `javelin.conv` | `auto`, or `direct` for no algorithm with larger rounding errors than the plain sum |
/// | `javelin.tune` | file of measurements: prepared convolutions try all ways once; see [Tuning] |
/// | `javelin.pool` | MB of arrays that a [javelin.kernels.Scope] keeps to use again; without it, a quarter of the heap |
public final class CpuBackend extends HostBackend {
    /// Time to measure one way in one turn.
    private static final long TUNING_NANOS = 150_000_000;

    /// Runs of one way in one turn, at least: the first ones are not compiled.
    private static final int TUNING_RUNS = 5;

    private final Cpu cpu;
    private final @Nullable Tuning tuning;

    /// Backend with `threads` threads; plain loops unless `simd`.
    ///
    /// @throws IllegalStateException if `simd` is asked for and the JVM has no vector module
    public CpuBackend(int threads, boolean simd) {
        if (simd && !Simd.isAvailable()) {
            throw new IllegalStateException("cpu: no SIMD here: " + Simd.state());
        }
        cpu = new Cpu(new Workers(threads), simd);
        tuning = Tuning.standard(threads, simd);
    }

    /// Backend as the system properties ask for it.
    ///
    /// @throws IllegalArgumentException if a property has no meaning
    public static CpuBackend standard() {
        Winograd.checkSetting();
        return new CpuBackend(standardThreads(), Simd.isAvailable());
    }

    private static int standardThreads() {
        String asked = System.getProperty("javelin.threads", "");
        if (asked.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            int threads = Integer.parseInt(asked);
            if (threads >= 1 && threads <= 1024) {
                return threads;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "threads: -Djavelin.threads must be a number from 1 to 1024, got '" + asked + "'");
    }

    /// Number of threads that share the work.
    public int threads() {
        return cpu.workers().threads();
    }

    /// Whether SIMD kernels are used.
    public boolean simd() {
        return cpu.simd();
    }

    @Override
    public String name() {
        return "cpu";
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
        work(kernel, in, out).run(cpu.workers());
    }

    @Override
    public PreparedKernel prepare(
            Kernel kernel, List<Shape> inputs, Map<Integer, View> constants, Shape output) {
        View right = constants.get(1);
        var product = right == null ? null : product(kernel, inputs, right, output);
        if (right == null || product == null) {
            return new Prepared(kernel, this);
        }
        float[] packed = new float[product.packedSize()];
        product.pack(right, packed, 0).run(cpu.workers());
        return new PreparedProduct(product, epilogue(kernel), packed, cpu.workers());
    }

    private @Nullable PackedProduct product(Kernel kernel, List<Shape> in, View right, Shape out) {
        return switch (kernel) {
            case Matmul f -> MatmulCpu.product(f, in.get(0), in.get(1), out, cpu, true);
            case Conv2d f -> {
                var ways = ConvCpu.ways(f, in.get(0), in.get(1), out, cpu);
                yield tuning == null || ways.size() < 2
                        ? ConvCpu.product(f, in.get(0), in.get(1), out, cpu, true)
                        : tuning.fastest(
                                "conv2d %s by %s, %s".formatted(in.get(0), in.get(1), f.geometry()),
                                ways,
                                way -> milliseconds(way, in.getFirst(), right, out));
            }
            case Conv2dInput f -> ConvCpu.product(f, in.get(0), in.get(1), out, cpu, true);
            default -> null;
        };
    }

    /// Shortest time of a product without its packing.
    private double milliseconds(PackedProduct way, Shape left, View right, Shape out) {
        View x = View.of(allocate(DType.F32, left.size()), left);
        View y = View.of(allocate(DType.F32, out.size()), out);
        float[] packed = new float[way.packedSize()];
        way.pack(right, packed, 0).run(cpu.workers());
        Work work = way.multiply(x, packed, 0, y, Target.PLAIN);
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        for (int runs = 0; runs < TUNING_RUNS || System.nanoTime() - begin < TUNING_NANOS; runs++) {
            long start = System.nanoTime();
            work.run(cpu.workers());
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e6;
    }

    private static Epilogue epilogue(Kernel kernel) {
        return switch (kernel) {
            case Matmul f -> f.epilogue();
            case Conv2d f -> f.epilogue();
            case Conv2dInput f -> f.epilogue();
            default -> Epilogue.NONE;
        };
    }

    /// A kernel that reads its inputs as they are: a binding lays out the work, once.
    private record Prepared(Kernel kernel, CpuBackend backend) implements PreparedKernel {
        @Override
        public String method() {
            return "plain";
        }

        @Override
        public Runnable bind(List<View> inputs, View output) {
            Work work = backend.work(kernel, inputs, output);
            Workers workers = backend.cpu.workers();
            return () -> work.run(workers);
        }
    }

    /// A product whose right operand is packed once for all bindings.
    private record PreparedProduct(
            PackedProduct product, Epilogue epilogue, float[] packed, Workers workers)
            implements PreparedKernel {
        @Override
        public String method() {
            return product.method();
        }

        @Override
        public Runnable bind(List<View> inputs, View output) {
            Target target = Target.of(epilogue, inputs, 2, output);
            Work work = product.multiply(inputs.getFirst(), packed, 0, output, target);
            return () -> work.run(workers);
        }
    }

    private Work work(Kernel kernel, List<View> in, View out) {
        return switch (kernel) {
            case Matmul f -> MatmulCpu.work(f, in, out, cpu);
            case Conv2d f -> ConvCpu.work(f, in, out, cpu);
            case Conv2dInput f -> ConvCpu.work(f, in, out, cpu);
            case Conv2dWeight f -> ConvCpu.work(f, in, out, cpu);
            case MaxPool2d f -> PoolCpu.work(f, in, out, cpu);
            case ArgMaxPool2d f -> PoolCpu.work(f, in, out, cpu);
            case AveragePool2d f -> PoolCpu.work(f, in, out, cpu);
            case AveragePool2dInput f -> PoolCpu.work(f, in, out, cpu);
            case Resize2d f -> ResizeCpu.work(f, in, out, cpu);
            case Resize2dInput f -> ResizeCpu.work(f, in, out, cpu);
            case Fft f -> FftCpu.work(f, in, out, cpu);
            case Rfft f -> FftCpu.work(f, in, out, cpu);
            case Irfft f -> FftCpu.work(f, in, out, cpu);
            case RandomFill f -> RandomCpu.work(f, in, out, cpu);
            case Permutation f -> RandomCpu.work(f, in, out, cpu);
            case Moments f -> NormCpu.work(f, in, out, cpu);
            case BatchNorm f -> NormCpu.work(f, in, out, cpu);
            case BatchNormSums f -> NormCpu.work(f, in, out, cpu);
            case BatchNormInput f -> NormCpu.work(f, in, out, cpu);
            case Softmax f -> SoftmaxCpu.work(f, in, out, cpu);
            case SoftmaxCrossEntropy f -> SoftmaxCpu.work(f, in, out, cpu);
            case SoftmaxCrossEntropyInput f -> SoftmaxCpu.work(f, in, out, cpu);
            case SgdStep f -> OptimCpu.work(f, in, out, cpu);
            case AdamStep f -> OptimCpu.work(f, in, out, cpu);
            case RmspropStep f -> OptimCpu.work(f, in, out, cpu);
            case Broadcast f -> LayoutCpu.work(f, in, out, cpu);
            case Permute f -> LayoutCpu.work(f, in, out, cpu);
            case Pad f -> LayoutCpu.work(f, in, out, cpu);
            case PadInput f -> LayoutCpu.work(f, in, out, cpu);
            case Slice f -> LayoutCpu.work(f, in, out, cpu);
            case SliceInput f -> LayoutCpu.work(f, in, out, cpu);
            case Concat f -> LayoutCpu.work(f, in, out, cpu);
            case Flip f -> LayoutCpu.work(f, in, out, cpu);
            case Copy f -> LayoutCpu.work(f, in, out, cpu);
            case Cast f -> LayoutCpu.work(f, in, out, cpu);
            case Fill f -> LayoutCpu.work(f, in, out, cpu);
            case Gather f -> IndexCpu.work(f, in, out, cpu);
            case ScatterAdd f -> IndexCpu.work(f, in, out, cpu);
            case OneHot f -> IndexCpu.work(f, in, out, cpu);
            case Reduce f -> ReduceCpu.work(f, in, out, cpu);
            case ArgReduce f -> ReduceCpu.work(f, in, out, cpu);
            case Unary f -> ElementwiseCpu.work(f, in, out, cpu);
            case Binary f -> ElementwiseCpu.work(f, in, out, cpu);
            case Ternary f -> ElementwiseCpu.work(f, in, out, cpu);
        };
    }
}
