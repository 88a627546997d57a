package javelin.kernels.cuda;

import static javelin.kernels.cuda.Driver.check;
import static javelin.kernels.cuda.Driver.error;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUjit_option.CU_JIT_ERROR_LOG_BUFFER;
import static jcuda.driver.CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES;
import static jcuda.driver.CUresult.CUDA_ERROR_NO_DEVICE;
import static jcuda.driver.CUresult.CUDA_ERROR_OUT_OF_MEMORY;
import static jcuda.driver.CUresult.CUDA_SUCCESS;
import static jcuda.driver.CUstream_flags.CU_STREAM_NON_BLOCKING;
import static jcuda.driver.JCudaDriver.cuCtxCreate;
import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemsetD8Async;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadDataJIT;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import javelin.kernels.DeviceException;
import javelin.kernels.DeviceMemoryException;
import javelin.kernels.gpu.Device;
import javelin.kernels.gpu.Source;

import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JITOptions;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A CUDA device, used through one context and one stream.
///
/// The first one the driver names, which is the fastest; with `-Djavelin.cuda.device=TEXT` the
/// first one whose name holds the text.
public final class CudaDevice implements Device {
    static final String NAME = "cuda";

    /// Compute capability that the PTX of the kernels asks for: Turing, 2018.
    private static final int LEAST_MAJOR = 7;

    private static final int LEAST_MINOR = 5;

    /// Bytes of the arguments of one kernel: what every device takes.
    private static final int ARGUMENTS = 4096;

    private static final int LOG = 1 << 13;

    private final CUdevice device;
    private final String description;
    private final CUcontext context = new CUcontext();
    private final CUstream stream = new CUstream();

    /// A context belongs to a thread only while that holds the lock: threads of the system serve
    /// many virtual threads.
    private final Lock lock = new ReentrantLock();

    private final Lock copyingIn = new ReentrantLock();
    private final Lock copyingOut = new ReentrantLock();
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer arguments =
            arena.allocate(ARGUMENTS, 16).asByteBuffer().order(ByteOrder.nativeOrder());
    private @Nullable Staging in;
    private @Nullable Staging out;

    private CudaDevice(CUdevice device) {
        this.device = device;
        int major = attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
        int minor = attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        description =
                "%s, compute capability %d.%d, driver of CUDA %s"
                        .formatted(text(device), major, minor, version());
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
            throw new DeviceException(
                    "cuda: kernels need compute capability %d.%d; found %s"
                            .formatted(LEAST_MAJOR, LEAST_MINOR, description));
        }
        check(cuCtxCreate(context, 0, device), "cuCtxCreate");
        int code = cuStreamCreate(stream, CU_STREAM_NON_BLOCKING);
        if (code != CUDA_SUCCESS) {
            cuCtxDestroy(context);
        }
        check(code, "cuStreamCreate");
    }

    /// Finds a device.
    ///
    /// @throws DeviceException if there is none, or no driver
    public static CudaDevice open() {
        String whyNot = Library.whyNot();
        if (whyNot != null) {
            throw new DeviceException(
                    "cuda: no driver found (%s); install NVIDIA's driver, or choose another backend with -Djavelin.backend"
                            .formatted(whyNot));
        }
        int started = cuInit(0);
        int[] count = new int[1];
        if (started != CUDA_ERROR_NO_DEVICE) {
            check(started, "cuInit");
            check(cuDeviceGetCount(count), "cuDeviceGetCount");
        }
        String wanted = System.getProperty("javelin.cuda.device", "");
        for (int i = 0; i < count[0]; i++) {
            var device = new CUdevice();
            check(cuDeviceGet(device, i), "cuDeviceGet");
            if (text(device).contains(wanted)) {
                return new CudaDevice(device);
            }
        }
        throw new DeviceException(
                wanted.isEmpty()
                        ? "cuda: the driver finds no device; choose another backend with -Djavelin.backend"
                        : "cuda: no device whose name holds '%s', as -Djavelin.cuda.device asks"
                                .formatted(wanted));
    }

    private static int attribute(CUdevice device, int which) {
        int[] value = new int[1];
        check(cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
        return value[0];
    }

    private static String text(CUdevice device) {
        byte[] name = new byte[256];
        check(cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
        return string(name);
    }

    private static String version() {
        int[] version = new int[1];
        check(cuDriverGetVersion(version), "cuDriverGetVersion");
        return version[0] / 1000 + "." + version[0] % 1000 / 10;
    }

    /// Text of C, up to the zero at its end.
    private static String string(byte[] text) {
        int n = 0;
        while (n < text.length && text[n] != 0) {
            n++;
        }
        return new String(text, 0, n, StandardCharsets.UTF_8).strip();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public long memory() {
        long[] bytes = new long[1];
        check(cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
        return bytes[0];
    }

    /// Runs calls of the driver in the context.
    private void inContext(Lock turn, Runnable calls) {
        turn.lock();
        try {
            check(cuCtxSetCurrent(context), "cuCtxSetCurrent");
            calls.run();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Memory allocate(long bytes) {
        var block = new Block(new CUdeviceptr(), bytes);
        inContext(
                lock,
                () -> {
                    int code = cuMemAlloc(block.address, bytes);
                    if (code == CUDA_ERROR_OUT_OF_MEMORY) {
                        throw new DeviceMemoryException(
                                "cuda: no memory of %,d bytes: %s".formatted(bytes, error(code)),
                                code,
                                bytes);
                    }
                    check(code, "cuMemAlloc");
                });
        return block;
    }

    private final class Block implements Memory {
        final CUdeviceptr address;
        private final long bytes;

        Block(CUdeviceptr address, long bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void free() {
            inContext(
                    lock,
                    () -> {
                        check(cuStreamSynchronize(stream), "cuStreamSynchronize");
                        check(cuMemFree(address), "cuMemFree");
                    });
        }
    }

    @Override
    public void zero(Memory memory, long bytes) {
        inContext(
                lock,
                () ->
                        check(
                                cuMemsetD8Async(address(memory), (byte) 0, bytes, stream),
                                "cuMemsetD8Async"));
    }

    @Override
    public void write(Memory to, long at, MemorySegment from) {
        inContext(
                copyingIn,
                () -> {
                    if (in == null) {
                        in = new Staging(stream);
                    }
                    in.write(address(to), at, from);
                });
    }

    @Override
    public void read(Memory from, long at, MemorySegment to) {
        inContext(
                copyingOut,
                () -> {
                    if (out == null) {
                        out = new Staging(stream);
                    }
                    out.read(address(from), at, to);
                });
    }

    private static CUdeviceptr address(Memory memory) {
        return ((Block) memory).address;
    }

    @Override
    public Program build(Source source) {
        return build(source.name(), Ptx.of(source));
    }

    /// Has the driver compile PTX.
    Program build(String name, String ptx) {
        var module = new CUmodule();
        byte[] text = (ptx + "\0").getBytes(StandardCharsets.UTF_8);
        var options = new JITOptions();
        options.putInt(CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG);
        options.putBytes(CU_JIT_ERROR_LOG_BUFFER, new byte[LOG]);
        inContext(
                lock,
                () -> {
                    int code = cuModuleLoadDataJIT(module, Pointer.to(text), options);
                    if (code != CUDA_SUCCESS) {
                        throw new DeviceException(
                                "cuda: %s does not compile on %s: %s"
                                        .formatted(name, description, error(code)),
                                code,
                                string(options.getBytes(CU_JIT_ERROR_LOG_BUFFER)));
                    }
                });
        return new Compiled(module, new HashMap<>());
    }

    private record Compiled(CUmodule module, Map<String, CUfunction> kernels) implements Program {
        CUfunction kernel(String name) {
            return kernels.computeIfAbsent(
                    name,
                    _ -> {
                        var kernel = new CUfunction();
                        check(
                                cuModuleGetFunction(kernel, module, name),
                                "cuModuleGetFunction " + name);
                        return kernel;
                    });
        }
    }

    @Override
    public void launch(Program program, String name, Grid grid, List<Object> values) {
        inContext(
                lock,
                () -> {
                    CUfunction kernel = ((Compiled) program).kernel(name);
                    check(
                            cuLaunchKernel(
                                    kernel,
                                    grid.groupsX(),
                                    grid.groupsY(),
                                    grid.groupsZ(),
                                    grid.itemsX(),
                                    grid.itemsY(),
                                    1,
                                    0,
                                    stream,
                                    pointers(values),
                                    null),
                            "cuLaunchKernel " + name);
                });
    }

    /// Addresses of the arguments, which the driver copies.
    private Pointer pointers(List<Object> values) {
        Pointer all = Pointer.to(arguments.clear());
        Pointer[] pointers = new Pointer[values.size()];
        for (int i = 0; i < pointers.length; i++) {
            if (values.get(i) instanceof Block b) {
                pointers[i] = Pointer.to(b.address);
                continue;
            }
            arguments.position((arguments.position() + 7) & -8);
            pointers[i] = all.withByteOffset(arguments.position());
            switch (values.get(i)) {
                case Integer n -> arguments.putInt(n);
                case Long n -> arguments.putLong(n);
                case Float x -> arguments.putFloat(x);
                case int[] words -> {
                    for (int w : words) {
                        arguments.putInt(w);
                    }
                }
                default -> throw new IllegalArgumentException("cuda: argument " + values.get(i));
            }
        }
        return Pointer.to(pointers);
    }

    @Override
    public void synchronize() {
        inContext(copyingOut, () -> check(cuStreamSynchronize(stream), "cuStreamSynchronize"));
    }

    /// The context takes with it whatever was made in it, also after an error that spoils it; what
    /// this call then returns is that error again.
    @Override
    public void close() {
        lock.lock();
        try {
            cuCtxSetCurrent(context);
            cuCtxDestroy(context);
        } finally {
            lock.unlock();
        }
        arena.close();
    }
}
