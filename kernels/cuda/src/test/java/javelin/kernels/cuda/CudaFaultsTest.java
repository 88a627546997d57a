package javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.DType;
import javelin.kernels.DeviceException;
import javelin.kernels.DeviceMemoryException;
import javelin.kernels.Scope;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.gpu.Device;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;

/// What goes wrong on CUDA, that nothing is lost then, and copies of more than the staging holds.
class CudaFaultsTest {
    private static final long MB = 1 << 20;

    private CudaDevice device;
    private GpuBackend backend;

    @BeforeEach
    void open() {
        device = Cuda.device();
        backend = new GpuBackend(device, 100 * MB);
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
        }
    }

    @Test
    void wantedDeviceMustExist() {
        System.setProperty("javelin.cuda.device", "no such device");
        try {
            assertThatThrownBy(CudaDevice::open)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("'no such device'");
        } finally {
            System.clearProperty("javelin.cuda.device");
        }
    }

    @Test
    void ptxThatDoesNotCompileShowsTheLog() {
        assertThatThrownBy(() -> device.build("broken", "nonsense"))
                .isInstanceOfSatisfying(
                        DeviceException.class,
                        e -> {
                            assertThat(e.code()).isPositive();
                            assertThat(e.log()).contains("ptx");
                        })
                .hasMessageContaining("cuda: broken does not compile")
                .hasMessageContaining("CUDA_ERROR_INVALID_PTX (218)");
    }

    @Test
    void kernelThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> backend.kernel(Source.of("optim/optim.k"), "missing").items(1))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(
                        "cuModuleGetFunction missing failed with CUDA_ERROR_NOT_FOUND");
    }

    @Test
    void moreMemoryThanThereIsIsNamed() {
        assertThatThrownBy(() -> device.allocate(1L << 50))
                .isInstanceOfSatisfying(
                        DeviceMemoryException.class, e -> assertThat(e.bytes()).isEqualTo(1L << 50))
                .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY (2)");
        Device.Memory some = device.allocate(1024);
        assertThat(some.bytes()).isEqualTo(1024);
        some.free();
    }

    @Test
    void largeCopiesPassInParts() {
        float[] values = new float[5_000_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        View x = View.of(backend.upload(values), Shape.of(values.length));
        assertThat(backend.downloadFloats(x)).isEqualTo(values);
        View end = new View(x.buffer(), 5_000_000, Shape.of(3));
        assertThat(backend.downloadFloats(end)).containsExactly(5e6f, 5_000_001f, 5_000_002f);
    }

    @Test
    void threadsShareTheDevice() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    threads.invokeAll(
                            Collections.nCopies(
                                    20,
                                    () -> {
                                        View x =
                                                View.of(
                                                        backend.upload(new float[] {3}),
                                                        Shape.of(1));
                                        backend.run(Unary.NEG, List.of(x), x);
                                        return backend.downloadFloats(x)[0];
                                    }));
            for (var result : results) {
                assertThat(result.get()).isEqualTo(-3f);
            }
        }
    }

    @Test
    void nothingIsLostInTenThousandSteps() {
        View kept = View.of(backend.upload(new float[1000]), Shape.of(1000));
        for (int i = 0; i < 1000; i++) {
            step(i, kept);
        }
        long inUse = backend.bytesInUse();
        long held = backend.bytesHeld();
        for (int i = 0; i < 10_000; i++) {
            step(i, kept);
        }
        assertThat(backend.bytesInUse()).isEqualTo(inUse);
        assertThat(backend.bytesHeld()).isEqualTo(held);
        assertThat(backend.downloadFloats(kept)).hasSize(1000).containsOnly(0);
    }

    private void step(int i, View kept) {
        try (Scope _ = Scope.open()) {
            Shape shape = Shape.of(1 + i % 100 * 10);
            View x = new View(kept.buffer(), 0, shape);
            View y = View.of(backend.memory(DType.F32, shape.size()), shape);
            backend.run(Unary.EXP, List.of(x), y);
            backend.run(Binary.SUB, List.of(y, y), y);
            if (i % 100 == 99) {
                assertThat(backend.downloadFloats(y)).containsOnly(0);
            }
        }
    }
}
