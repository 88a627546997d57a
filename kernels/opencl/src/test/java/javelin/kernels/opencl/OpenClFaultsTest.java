package javelin.kernels.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.DeviceException;
import javelin.kernels.DeviceMemoryException;
import javelin.kernels.Scope;
import javelin.kernels.Shape;
import javelin.kernels.UnsupportedKernelException;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;
import javelin.kernels.index.Gather;
import javelin.kernels.index.ScatterAdd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What goes wrong with devices, and that nothing is lost then.
class OpenClFaultsTest {
    private static final long MB = 1 << 20;

    private GpuBackend backend;

    @BeforeEach
    void open() {
        backend = new GpuBackend(OpenCl.device(), 16 * MB);
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
        }
    }

    private View floats(float... values) {
        return View.of(backend.upload(values), Shape.of(values.length));
    }

    @Test
    void wantedDeviceMustExist() {
        System.setProperty("javelin.opencl.device", "no such device");
        try {
            assertThatThrownBy(OpenClDevice::open)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("'no such device'");
        } finally {
            System.clearProperty("javelin.opencl.device");
        }
    }

    @Test
    void sourceThatDoesNotCompileShowsTheLog() {
        var source = new Source("broken", List.of(), "KERNEL broken( {}");
        assertThatThrownBy(() -> backend.kernel(source, "broken").items(1))
                .isInstanceOfSatisfying(
                        DeviceException.class,
                        e -> {
                            assertThat(e.code()).isNegative();
                            assertThat(e.log()).contains("error");
                            assertThat(e).hasMessageContaining("opencl: broken does not compile");
                        });
    }

    @Test
    void kernelThatIsNotThereIsNamed() {
        var source = new Source("empty", List.of(), "KERNEL other(int n) {}");
        assertThatThrownBy(() -> backend.kernel(source, "missing").items(1))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("CL_INVALID_KERNEL_NAME");
    }

    @Test
    void tooMuchMemoryIsNamedAndLeavesTheRestUsable() {
        assertThatThrownBy(() -> backend.allocate(DType.F32, 5 * MB))
                .isInstanceOfSatisfying(
                        DeviceMemoryException.class, e -> assertThat(e.bytes()).isEqualTo(20 * MB))
                .hasMessageContaining("-Djavelin.gpu.memory");
        View x = floats(3);
        backend.run(Unary.NEG, List.of(x), x);
        assertThat(backend.downloadFloats(x)).containsExactly(-3);
    }

    @Test
    void memoryOfUnreachableBuffersIsFoundWhenTheLimitIsReached() {
        for (int i = 0; i < 64; i++) {
            Buffer lost = backend.allocate(DType.F32, MB);
            assertThat(lost.size()).isEqualTo(MB);
        }
        assertThat(backend.bytesInUse()).isLessThanOrEqualTo(16 * MB);
    }

    @Test
    void scopeGivesMemoryBack() {
        long before = backend.bytesInUse();
        for (int i = 0; i < 64; i++) {
            try (Scope _ = Scope.open()) {
                backend.memory(DType.F32, 3 * MB);
                assertThat(backend.bytesInUse()).isGreaterThanOrEqualTo(before + 12 * MB);
            }
            assertThat(backend.bytesInUse()).isEqualTo(before);
        }
    }

    /// Results of several sizes, copies, and every kind of failure on the way.
    @Test
    void nothingIsLostInTenThousandSteps() {
        View kept = floats(new float[1000]);
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
            View z = View.of(backend.memory(DType.F32, shape.size()), shape);
            backend.run(Unary.EXP, List.of(x), y);
            backend.run(Binary.SUB, List.of(y, y), z);
            switch (i % 1000) {
                case 397 -> assertThat(backend.downloadFloats(z)).containsOnly(0);
                case 598 ->
                        assertThatThrownBy(() -> backend.memory(DType.F32, 5 * MB))
                                .isInstanceOf(DeviceMemoryException.class);
                case 799 ->
                        assertThatThrownBy(() -> backend.run(Binary.ADD, List.of(y, y), foreign()))
                                .isInstanceOf(IllegalArgumentException.class);
                default -> backend.run(Binary.MUL, List.of(x, z), z);
            }
        }
    }

    private static View foreign() {
        return View.of(Backends.cpu().upload(new float[1]), Shape.of(1));
    }

    @Test
    void bufferOfAClosedScopeCannotBeRead() {
        Buffer lost;
        Buffer kept;
        try (Scope scope = Scope.open()) {
            lost = backend.memory(DType.F32, 4);
            kept = backend.memory(DType.F32, 4);
            scope.keep(kept);
        }
        assertThat(backend.downloadFloats(View.of(kept, Shape.of(4)))).hasSize(4);
        assertThatThrownBy(() -> backend.downloadFloats(View.of(lost, Shape.of(4))))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("scope was closed");
    }

    @Test
    void closedBackendSaysSo() {
        View x = floats(1);
        backend.close();
        backend.close();
        assertThatThrownBy(() -> backend.run(Unary.NEG, List.of(x), x))
                .isInstanceOf(DeviceException.class)
                .hasMessage("opencl: used after it was closed");
        assertThatThrownBy(() -> backend.upload(new int[1])).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> backend.downloadFloats(x)).isInstanceOf(DeviceException.class);
        assertThatThrownBy(backend::synchronize).isInstanceOf(DeviceException.class);
    }

    @Test
    void nothingIsComputedIn64Bits() {
        View x = View.of(Backends.reference().upload(new double[1]), Shape.of(1));
        assertThatThrownBy(() -> backend.run(Unary.NEG, List.of(x), x))
                .isInstanceOf(UnsupportedKernelException.class)
                .hasMessageContaining("opencl")
                .hasMessageContaining("NEG");
        assertThatThrownBy(() -> backend.allocate(DType.F64, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void memoryOfAnotherBackendIsNotCopied() {
        assertThatThrownBy(() -> backend.run(Unary.NEG, List.of(foreign()), floats(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another backend");
    }

    @Test
    void typesMustFit() {
        View whole = View.of(backend.upload(new int[] {1}), Shape.of(1));
        View real = floats(1);
        assertThatThrownBy(() -> backend.run(Binary.ADD, List.of(real, whole), floats(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes F32, not I32");
    }

    @Test
    void indexOutOfBoundsIsReportedAtTheNextWait() {
        View x = floats(1, 2, 3);
        View index = View.of(backend.upload(new int[] {0, 3}), Shape.of(2));
        View y = floats(7, 7);
        backend.run(new Gather(0), List.of(x, index), y);
        assertThatThrownBy(backend::synchronize)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("an index was 3, not in 0 … 2");
        backend.synchronize();
        assertThat(backend.downloadFloats(y)).containsExactly(1, 7);
        backend.run(new ScatterAdd(0), List.of(y, index), x);
        assertThatThrownBy(() -> backend.downloadFloats(x))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
