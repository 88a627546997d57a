package javelin.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ScopeTest {
    private static final int SIZE = 54_321; // a length that no other test uses

    @Test
    void lendsTheSameArrayToTheNextScope() {
        float[] first = inScope();
        assertThat(inScope()).isSameAs(first);
    }

    private static float[] inScope() {
        try (var _ = Scope.open()) {
            return memory().array();
        }
    }

    @Test
    void refusesValuesOfAClosedScope() {
        HostBuffer.Floats buffer;
        try (var _ = Scope.open()) {
            buffer = memory();
        }
        assertThatThrownBy(buffer::array)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("went back when its scope was closed");
    }

    @Test
    void keepsWhatIsNamed() {
        HostBuffer.Floats kept;
        try (var scope = Scope.open()) {
            kept = memory();
            scope.keep(kept);
        }
        kept.array()[0] = 7;
        try (var _ = Scope.open()) {
            assertThat(memory().array()).isNotSameAs(kept.array());
        }
        assertThat(kept.array()[0]).isEqualTo(7);
    }

    @Test
    void closesInnerScopesFirst() {
        try (var outer = Scope.open()) {
            HostBuffer.Floats before = memory();
            HostBuffer.Floats inside;
            try (var _ = Scope.open()) {
                inside = memory();
                assertThatThrownBy(outer::close).isInstanceOf(IllegalStateException.class);
            }
            assertThat(before.array()).hasSize(SIZE);
            assertThatThrownBy(inside::array).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void concernsItsThreadOnly() throws InterruptedException {
        var other = new HostBuffer.Floats[1];
        try (var _ = Scope.open()) {
            var thread = new Thread(() -> other[0] = memory());
            thread.start();
            thread.join();
        }
        assertThat(other[0].array()).hasSize(SIZE);
    }

    @Test
    void leavesZeroedMemoryAndSmallSizesAlone() {
        Buffer zeroed;
        Buffer small;
        try (var _ = Scope.open()) {
            zeroed = Backends.cpu().allocate(DType.F32, SIZE);
            small = Backends.cpu().memory(DType.F32, 100);
        }
        assertThat(((HostBuffer.Floats) zeroed).array()).containsOnly(0);
        assertThat(((HostBuffer.Floats) small).array()).hasSize(100);
    }

    private static HostBuffer.Floats memory() {
        return (HostBuffer.Floats) Backends.cpu().memory(DType.F32, SIZE);
    }
}
