package javelin.tensor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.HostBackend;
import javelin.kernels.Kernel;
import javelin.kernels.PreparedKernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Graph;
import javelin.tensor.OnReference;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Relu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.Map;

/// Where results lie, and what a run allocates.
@ExtendWith(OnReference.class)
class PlanMemoryTest {
    private static final int ROUNDED = 16; // elements that a place of 10 takes

    @Test
    void elementwiseChainsWorkInPlace() {
        Plan plan = Plan.of(x -> Relu.relu(x.exp().neg()).add(1), Shape.of(10));
        assertThat(plan.workspaceBytes()).isEqualTo(8 * 10);
        assertThat(plan.run(Tensor.zeros(10)).doubles()).containsOnly(1);
    }

    @Test
    void anInputThatIsReadLaterIsNotOverwritten() {
        Plan plan = Plan.of(x -> x.exp().add(x), Shape.of(10));
        assertThat(plan.workspaceBytes()).isEqualTo(8 * (ROUNDED + 10));
        assertThat(plan.run(Tensor.zeros(10)).doubles()).containsOnly(1);
    }

    @Test
    void aStretchedInputIsNotOverwritten() {
        Plan plan =
                Plan.of(
                        x -> x.getFirst().exp().mul(x.getLast().exp()),
                        List.of(Tensor.zeros(1, 10), Tensor.zeros(10, 1)));
        Tensor y = plan.run(Tensor.zeros(1, 10), Tensor.zeros(10, 1));
        assertThat(y.doubles()).hasSize(100).containsOnly(1);
    }

    @Test
    void otherKernelsAreNotInPlace() {
        Plan plan = Plan.of(x -> x.exp().permute(1, 0), Shape.of(2, 5));
        assertThat(plan.workspaceBytes()).isEqualTo(8 * (ROUNDED + 10));
    }

    @Test
    void slabsThatGetTooLongAreDivided() {
        Tensor x = Tensor.zeros(100);
        Graph graph = Graph.trace(() -> x.exp().add(x));
        Program program =
                Constants.folded(Recorder.program(Backends.reference(), graph, List.of(x.node())));
        assertThat(MemoryPlan.of(program, 150).bytes()).isEqualTo(8 * 200);
        var slabs = MemoryPlan.of(program, 150).allocate(Backends.reference());
        assertThat(slabs.buffers().get(DType.F64)).hasSize(2);
        assertThat(slabs.real(program.output()).buffer())
                .isNotSameAs(slabs.real(program.inputs().getFirst()).buffer());
    }

    @Test
    void aRunAllocatesNothing() throws ReflectiveOperationException {
        Plan plan = Backends.with(new Idle(), PlanMemoryTest::network);
        float[] x = new float[30];
        float[] y = new float[20];
        assertThat(Allocation.perCall(() -> plan.run(x, y))).isZero();
        List<View> inputs = List.of(view(plan, 10, 3));
        View out = view(plan, 10, 2);
        assertThat(Allocation.perCall(() -> plan.run(inputs, out))).isZero();
    }

    private static View view(Plan plan, int... shape) {
        Shape s = Shape.of(shape);
        return View.of(plan.backend().allocate(DType.F32, s.size()), s);
    }

    private static Plan network() {
        Tensor w = Rng.seed(1).normal(0, 1, 3, 2);
        return Plan.of(x -> Relu.relu(x.matmul(w)).exp().neg(), Shape.of(10, 3));
    }

    /// Prepares kernels that do nothing.
    private static final class Idle extends HostBackend {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public DType floatType() {
            return DType.F32;
        }

        @Override
        public boolean supports(Kernel kernel, DType type) {
            return true;
        }

        @Override
        public void run(Kernel kernel, List<View> inputs, View output) {
            // nothing
        }

        @Override
        public PreparedKernel prepare(
                Kernel kernel, List<Shape> inputs, Map<Integer, View> constants, Shape output) {
            return new PreparedKernel() {
                @Override
                public String method() {
                    return "none";
                }

                @Override
                public Runnable bind(List<View> in, View out) {
                    return () -> {};
                }
            };
        }
    }
}
