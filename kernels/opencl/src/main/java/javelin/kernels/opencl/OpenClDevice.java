package javelin.kernels.opencl;

import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_NOT_FOUND;
import static org.jocl.CL.CL_DEVICE_SINGLE_FP_CONFIG;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;
import static org.jocl.CL.CL_INVALID_BUFFER_SIZE;
import static org.jocl.CL.CL_MEM_OBJECT_ALLOCATION_FAILURE;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_OUT_OF_HOST_MEMORY;
import static org.jocl.CL.CL_OUT_OF_RESOURCES;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.CL_SUCCESS;

import javelin.kernels.DeviceException;
import javelin.kernels.DeviceMemoryException;
import javelin.kernels.gpu.Device;
import javelin.kernels.gpu.Source;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// An OpenCL device, used through one context and one queue that keeps the order.
///
/// The first GPU of any platform, or else the first device; with `-Djavelin.opencl.device=TEXT` the
/// first one whose name holds the text.
public final class OpenClDevice implements Device {
    static final String NAME = "opencl";

    /// Items a work-group of our kernels has at most.
    private static final int GROUP = 256;

    /// Bytes of the arguments of one kernel: what OpenCL 1.2 guarantees.
    private static final int ARGUMENTS = 1024;

    /// Bytes that are copied between host and device at a time.
    private static final int PART = 1 << 22;

    private final cl_device_id device;
    private final cl_context context;
    private final cl_command_queue queue;
    private final String options;
    private final String description;
    private final List<Compiled> programs = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer arguments =
            arena.allocate(ARGUMENTS, 16).asByteBuffer().order(ByteOrder.nativeOrder());

    /// Where copies pass: the driver takes no memory of the Java heap. One copy at a time.
    private final MemorySegment part = arena.allocate(PART, 64);

    private final Pointer partAddress = Pointer.to(part.asByteBuffer());
    private final Lock copying = new ReentrantLock();

    @SuppressWarnings("deprecation") // the successor of clCreateCommandQueue needs OpenCL 2.0
    private OpenClDevice(cl_platform_id platform, cl_device_id device) {
        this.device = device;
        description =
                "%s, %s".formatted(text(device, CL_DEVICE_NAME), text(device, CL_DEVICE_VERSION));
        long largest = number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE);
        if (largest < GROUP) {
            throw new DeviceException(
                    "opencl: %s runs work-groups of %d items; kernels need %d"
                            .formatted(description, largest, GROUP));
        }
        // quotients and roots as the other backends round them, where the device can
        boolean exact =
                (number(device, CL_DEVICE_SINGLE_FP_CONFIG) & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT)
                        != 0;
        options = "-cl-std=CL1.2" + (exact ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
        var properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, platform);
        int[] code = new int[1];
        context = CL.clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, code);
        check(code[0], "clCreateContext");
        queue = CL.clCreateCommandQueue(context, device, 0, code);
        check(code[0], "clCreateCommandQueue");
    }

    /// Finds a device.
    ///
    /// @throws DeviceException if there is none
    public static OpenClDevice open() {
        CL.setExceptionsEnabled(false);
        String wanted = System.getProperty("javelin.opencl.device", "");
        Found chosen = null;
        for (Found f : all()) {
            boolean fits = text(f.device(), CL_DEVICE_NAME).contains(wanted);
            if (fits && (chosen == null || (f.isGpu() && !chosen.isGpu()))) {
                chosen = f;
            }
        }
        if (chosen == null) {
            throw new DeviceException(
                    wanted.isEmpty()
                            ? "opencl: no platform found; install a driver (for instance pocl-opencl-icd), or choose another backend with -Djavelin.backend"
                            : "opencl: no device whose name holds '%s', as -Djavelin.opencl.device asks"
                                    .formatted(wanted));
        }
        return new OpenClDevice(chosen.platform(), chosen.device());
    }

    private record Found(cl_platform_id platform, cl_device_id device) {
        boolean isGpu() {
            return (number(device, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_GPU) != 0;
        }
    }

    private static List<Found> all() {
        List<Found> found = new ArrayList<>();
        int[] count = new int[1];
        if (CL.clGetPlatformIDs(0, null, count) != CL_SUCCESS) {
            return found; // the loader's way to say that there is none
        }
        var platforms = new cl_platform_id[count[0]];
        check(CL.clGetPlatformIDs(platforms.length, platforms, null), "clGetPlatformIDs");
        for (cl_platform_id platform : platforms) {
            int code = CL.clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
            if (code == CL_DEVICE_NOT_FOUND) {
                continue;
            }
            check(code, "clGetDeviceIDs");
            var devices = new cl_device_id[count[0]];
            check(
                    CL.clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices.length, devices, null),
                    "clGetDeviceIDs");
            for (cl_device_id device : devices) {
                found.add(new Found(platform, device));
            }
        }
        return found;
    }

    private static String text(cl_device_id device, int what) {
        long[] size = new long[1];
        check(CL.clGetDeviceInfo(device, what, 0, null, size), "clGetDeviceInfo");
        byte[] text = new byte[(int) size[0]];
        check(
                CL.clGetDeviceInfo(device, what, text.length, Pointer.to(text), null),
                "clGetDeviceInfo");
        return string(text);
    }

    private static long number(cl_device_id device, int what) {
        long[] value = new long[1];
        check(
                CL.clGetDeviceInfo(device, what, Sizeof.cl_long, Pointer.to(value), null),
                "clGetDeviceInfo");
        return value[0];
    }

    /// Text of C, without the zero at its end.
    private static String string(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
    }

    private static void check(int code, String call) {
        if (code != CL_SUCCESS) {
            throw new DeviceException(
                    "opencl: %s failed with %s".formatted(call, CL.stringFor_errorCode(code)),
                    code,
                    "");
        }
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
        return number(device, CL_DEVICE_GLOBAL_MEM_SIZE);
    }

    @Override
    public Memory allocate(long bytes) {
        int[] code = new int[1];
        cl_mem memory = CL.clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, null, code);
        switch (code[0]) {
            case CL_INVALID_BUFFER_SIZE,
                    CL_MEM_OBJECT_ALLOCATION_FAILURE,
                    CL_OUT_OF_RESOURCES,
                    CL_OUT_OF_HOST_MEMORY ->
                    throw new DeviceMemoryException(
                            "opencl: no memory of %,d bytes: %s"
                                    .formatted(bytes, CL.stringFor_errorCode(code[0])),
                            code[0],
                            bytes);
            default -> check(code[0], "clCreateBuffer");
        }
        return new Block(memory, bytes);
    }

    private record Block(cl_mem handle, long bytes) implements Memory {
        @Override
        public void free() {
            check(CL.clReleaseMemObject(handle), "clReleaseMemObject");
        }
    }

    @Override
    public void zero(Memory memory, long bytes) {
        Pointer zero = Pointer.to(new int[1]);
        check(
                CL.clEnqueueFillBuffer(
                        queue, handle(memory), zero, Sizeof.cl_int, 0, bytes, 0, null, null),
                "clEnqueueFillBuffer");
    }

    @Override
    public void write(Memory to, long at, MemorySegment from) {
        copying.lock();
        try {
            for (long done = 0; done < from.byteSize(); done += PART) {
                long n = Math.min(PART, from.byteSize() - done);
                MemorySegment.copy(from, done, part, 0, n);
                check(
                        CL.clEnqueueWriteBuffer(
                                queue, handle(to), true, at + done, n, partAddress, 0, null, null),
                        "clEnqueueWriteBuffer");
            }
        } finally {
            copying.unlock();
        }
    }

    @Override
    public void read(Memory from, long at, MemorySegment to) {
        copying.lock();
        try {
            for (long done = 0; done < to.byteSize(); done += PART) {
                long n = Math.min(PART, to.byteSize() - done);
                check(
                        CL.clEnqueueReadBuffer(
                                queue,
                                handle(from),
                                true,
                                at + done,
                                n,
                                partAddress,
                                0,
                                null,
                                null),
                        "clEnqueueReadBuffer");
                MemorySegment.copy(part, 0, to, done, n);
            }
        } finally {
            copying.unlock();
        }
    }

    private static cl_mem handle(Memory memory) {
        return ((Block) memory).handle();
    }

    @Override
    public Program build(Source source) {
        int[] code = new int[1];
        String[] text = {source.text("prelude_opencl.h")};
        cl_program program = CL.clCreateProgramWithSource(context, 1, text, null, code);
        check(code[0], "clCreateProgramWithSource");
        int result = CL.clBuildProgram(program, 0, null, options, null, null);
        if (result != CL_SUCCESS) {
            throw new DeviceException(
                    "opencl: %s does not compile on %s (%s)"
                            .formatted(source.name(), description, CL.stringFor_errorCode(result)),
                    result,
                    log(program));
        }
        var compiled = new Compiled(program, new HashMap<>());
        synchronized (this) {
            programs.add(compiled);
        }
        return compiled;
    }

    private String log(cl_program program) {
        long[] size = new long[1];
        CL.clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, null, size);
        byte[] text = new byte[(int) size[0]];
        CL.clGetProgramBuildInfo(
                program, device, CL_PROGRAM_BUILD_LOG, text.length, Pointer.to(text), null);
        return string(text);
    }

    private record Compiled(cl_program program, Map<String, cl_kernel> kernels) implements Program {
        cl_kernel kernel(String name) {
            return kernels.computeIfAbsent(
                    name,
                    _ -> {
                        int[] code = new int[1];
                        cl_kernel kernel = CL.clCreateKernel(program, name, code);
                        check(code[0], "clCreateKernel " + name);
                        return kernel;
                    });
        }
    }

    /// Arguments belong to the kernel object, so only one thread may set them at a time.
    @Override
    public synchronized void launch(Program program, String name, Grid grid, List<Object> values) {
        cl_kernel kernel = ((Compiled) program).kernel(name);
        for (int i = 0; i < values.size(); i++) {
            set(kernel, i, values.get(i), name);
        }
        long[] items = {
            (long) grid.groupsX() * grid.itemsX(),
            (long) grid.groupsY() * grid.itemsY(),
            grid.groupsZ()
        };
        long[] group = {grid.itemsX(), grid.itemsY(), 1};
        check(
                CL.clEnqueueNDRangeKernel(queue, kernel, 3, null, items, group, 0, null, null),
                "clEnqueueNDRangeKernel " + name);
    }

    private void set(cl_kernel kernel, int i, Object value, String name) {
        arguments.clear();
        switch (value) {
            case Block b -> {
                check(
                        CL.clSetKernelArg(kernel, i, Sizeof.cl_mem, Pointer.to(b.handle())),
                        "clSetKernelArg %d of %s".formatted(i, name));
                return;
            }
            case Integer n -> arguments.putInt(n);
            case Long n -> arguments.putLong(n);
            case Float x -> arguments.putFloat(x);
            case int[] words -> {
                for (int w : words) {
                    arguments.putInt(w);
                }
            }
            default -> throw new IllegalArgumentException("opencl: argument " + value);
        }
        int bytes = arguments.position();
        check(
                CL.clSetKernelArg(kernel, i, bytes, Pointer.to(arguments.rewind())),
                "clSetKernelArg %d of %s".formatted(i, name));
    }

    @Override
    public void synchronize() {
        check(CL.clFinish(queue), "clFinish");
    }

    @Override
    public synchronized void close() {
        synchronize();
        for (Compiled c : programs) {
            c.kernels().values().forEach(CL::clReleaseKernel);
            CL.clReleaseProgram(c.program());
        }
        programs.clear();
        CL.clReleaseCommandQueue(queue);
        CL.clReleaseContext(context);
        arena.close();
    }
}
