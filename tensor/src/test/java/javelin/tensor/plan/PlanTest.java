package javelin.tensor.plan;

import static javelin.tensor.ops.Conv2d.conv2d;
import static javelin.tensor.ops.Relu.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Geometry;
import javelin.tensor.GradMode;
import javelin.tensor.OnReference;
import javelin.tensor.Op;
import javelin.tensor.Rng;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Clamp;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.Normalize;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// What users see of a plan.
@ExtendWith(OnReference.class)
class PlanTest {
    private static final Shape IMAGE = Shape.of(2, 6, 5, 3);

    private final Rng rng = Rng.seed(1);

    /// Two convolutions with batch norm around a residual sum, pooled to a row of scores.
    private UnaryOperator<Tensor> residualNetwork() {
        Tensor first = rng.normal(0, 0.3, 3, 3, 3, 4);
        Tensor second = rng.normal(0, 0.3, 3, 3, 4, 4);
        Tensor moments = rng.uniform(0.5, 2, 2, 4);
        Tensor gamma = rng.uniform(0.5, 2, 4);
        Tensor beta = rng.normal(0, 1, 4);
        Tensor scores = rng.normal(0, 1, 4, 7);
        return x -> {
            Tensor y = conv2d(x, first, Geometry.of(1, 1));
            y = relu(Normalize.normalize(y, moments, gamma, beta, 1e-5));
            Tensor z = conv2d(y, second, Geometry.of(1, 1));
            z = relu(Normalize.normalize(z, moments, gamma, beta, 1e-5).add(y));
            return Linear.linear(z.mean(1, 2), scores, null);
        };
    }

    @Test
    void resultIsThatOfTheOps() {
        UnaryOperator<Tensor> network = residualNetwork();
        Tensor x = rng.normal(0, 1, IMAGE.dims());
        Tensor expected = GradMode.off(() -> network.apply(x));
        Plan plan = Plan.of(network, IMAGE);
        assertThat(plan.run(x).doubles()).containsExactly(expected.doubles(), offset(1e-10));
        float[] y = new float[14];
        plan.run(x.floats(), y);
        for (int i = 0; i < y.length; i++) {
            assertThat((double) y[i]).isCloseTo(expected.doubles()[i], offset(1e-5));
        }
        assertThat(plan.kernelCalls()).isEqualTo(5); // two convolutions, sum, factor, product
        assertThat(plan.inputs()).containsExactly(IMAGE);
        assertThat(plan.output()).isEqualTo(Shape.of(2, 7));
    }

    @Test
    void secondRunDoesNotSeeTheFirst() {
        Plan plan = Plan.of(residualNetwork(), IMAGE);
        Tensor a = rng.normal(0, 1, IMAGE.dims());
        Tensor b = rng.normal(0, 1, IMAGE.dims());
        double[] alone = plan.run(a).doubles();
        plan.run(b);
        assertThat(plan.run(a).doubles()).containsExactly(alone);
    }

    @Test
    void laterTrainingIsNotSeen() {
        Tensor w = Tensor.of(new double[] {1, 2, 3}, 3);
        Plan plan = Plan.of(x -> x.mul(w), Shape.of(3));
        w.assign(Tensor.zeros(3));
        assertThat(plan.run(Tensor.ones(3)).doubles()).containsExactly(1, 2, 3);
    }

    @Test
    void severalInputs() {
        Plan plan =
                Plan.of(
                        x -> x.get(0).matmul(x.get(1)),
                        List.of(Tensor.zeros(2, 3), Tensor.zeros(3, 1)));
        Tensor y = plan.run(Tensor.ones(2, 3), Tensor.of(new double[] {1, 2, 3}, 3, 1));
        assertThat(y.doubles()).containsExactly(6, 6);
    }

    @Test
    void degenerateNetworks() {
        Tensor x = Tensor.of(new double[] {-1, 2}, 2);
        assertThat(Plan.of(t -> t, Shape.of(2)).run(x).doubles()).containsExactly(-1, 2);
        assertThat(Plan.of(t -> t.reshape(2, 1), Shape.of(2)).run(x).shape())
                .isEqualTo(Shape.of(2, 1));
        Tensor constant = Tensor.of(new double[] {3}, 1);
        assertThat(Plan.of(_ -> constant.neg(), Shape.of(2)).run(x).doubles()).containsExactly(-3);
        assertThat(Plan.of(Tensor::neg, Shape.of(0)).run(Tensor.zeros(0)).doubles()).isEmpty();
        assertThat(Plan.of(t -> Clamp.clamp(t, 0, 1), Shape.of(2)).run(x).doubles())
                .containsExactly(0, 1);
    }

    @Test
    void resultMayReplaceTheInput() {
        Plan plan = Plan.of(x -> x.add(1), Shape.of(2));
        Tensor x = Tensor.of(new double[] {1, 2}, 2);
        plan.run(List.of(x.view()), x.view());
        assertThat(x.doubles()).containsExactly(2, 3);
    }

    @Test
    void anOpThatReadsValuesItselfIsRunWhole() {
        Plan plan = Plan.of(x -> Tensor.apply(new Reversed(), x.neg()).add(1), Shape.of(3));
        assertThat(plan.run(Tensor.of(new double[] {1, 2, 3}, 3)).doubles())
                .containsExactly(-2, -1, 0);
        assertThat(plan.outline()).contains("reversed");
    }

    /// An op without a kernel.
    record Reversed() implements Op {
        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> inputs, View output) {
            double[] x = on.downloadDoubles(inputs.getFirst());
            for (int i = 0; i < x.length; i++) {
                output.doubles()[output.offset() + i] = x[x.length - 1 - i];
            }
        }

        @Override
        public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
            return Arrays.asList((Tensor) null);
        }
    }

    @Test
    void threadsGetTheSameBits() throws Exception {
        for (Backend on : List.of(Backends.reference(), Backends.cpu())) {
            UnaryOperator<Tensor> network = Backends.with(on, this::residualNetwork);
            Plan plan = Backends.with(on, () -> Plan.of(network, IMAGE));
            List<float[]> inputs = new ArrayList<>();
            List<float[]> expected = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                inputs.add(rng.normal(0, 1, IMAGE.dims()).floats());
                expected.add(result(plan, inputs.get(i)));
            }
            try (var threads = Executors.newFixedThreadPool(8)) {
                List<Callable<float[]>> tasks = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    float[] x = inputs.get(i % 8);
                    tasks.add(() -> result(plan, x));
                }
                var results = threads.invokeAll(tasks);
                for (int i = 0; i < results.size(); i++) {
                    assertThat(results.get(i).get()).containsExactly(expected.get(i % 8));
                }
            }
        }
    }

    private static float[] result(Plan plan, float[] x) {
        float[] y = new float[plan.output().length()];
        plan.run(x, y);
        return y;
    }

    @Test
    void wrongShapesAreNamed() {
        Plan plan = Plan.of(Tensor::neg, Shape.of(2, 3));
        assertThatThrownBy(() -> plan.run(new float[5], new float[6]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("plan: input of shape [2, 3] has 6 numbers, the array given 5");
        assertThatThrownBy(() -> plan.run(new float[6], new float[7]))
                .hasMessage("plan: result of shape [2, 3] has 6 numbers, the array given 7");
        assertThatThrownBy(() -> plan.run(Tensor.zeros(3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "plan: input must have shape [2, 3], got [3, 2]; make another plan for another shape");
        assertThatThrownBy(() -> plan.run(Tensor.zeros(2, 3), Tensor.zeros(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("plan: takes 1 input [[2, 3]], got 2");
        Tensor elsewhere = Backends.with(Backends.cpu(), () -> Tensor.zeros(2, 3));
        assertThatThrownBy(() -> plan.run(elsewhere))
                .hasMessage(
                        "plan: made for backend reference, the input is on cpu; move it with to(…)");
        Tensor labels = Tensor.of(new int[6], 2, 3);
        assertThatThrownBy(() -> plan.run(labels))
                .hasMessage("plan: input must be of type F64, got I32");
        assertThatThrownBy(() -> Plan.of(x -> x.getFirst(), List.of()))
                .hasMessage("plan: a network needs at least one input");
    }

    @Test
    void randomNetworksAreRefused() {
        assertThatThrownBy(() -> Plan.of(x -> x.mul(rng.bernoulli(0.5, 4).mul(2)), Shape.of(3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "plan: the network draws random numbers [4] while it runs, and a plan would repeat them; switch it to inference, or make them an input");
    }

    @Test
    void integersCanBeInputs() {
        Tensor table = Tensor.of(new double[] {1, 2, 3}, 3);
        Plan plan =
                Plan.of(
                        x -> javelin.tensor.ops.Gather.gather(table, 0, x.getFirst()),
                        List.of(Tensor.of(new int[2], 2)));
        assertThat(plan.run(Tensor.of(new int[] {2, 0}, 2)).doubles()).containsExactly(3, 1);
        assertThat(plan.inputs()).containsExactly(Shape.of(2));
        assertThatThrownBy(() -> plan.run(new float[2], new float[2]))
                .hasMessage(
                        "plan: the input holds integers, which an array of real numbers cannot; use tensors");
    }

    @Test
    void descriptionNamesKernelsAndMemory() {
        Plan plan = Plan.of(residualNetwork(), IMAGE);
        assertThat(plan.outline())
                .contains("conv2d + normalize + add + relu  Conv2d  plain", "[2, 6, 5, 4]")
                .contains("5 kernels; workspace ")
                .doesNotContain("GFLOP/s");
    }

    @Test
    void profileHasATimePerKernel() {
        Plan plan = Plan.of(residualNetwork(), IMAGE);
        PlanProfile profile = plan.profile(3);
        assertThat(profile.rows()).hasSize(5).allMatch(r -> r.nanos() > 0);
        assertThat(profile.rows().getFirst().flops()).isEqualTo(2L * 2 * 6 * 5 * 4 * 27);
        assertThat(profile.rows().getLast().flops()).isEqualTo(2L * 2 * 4 * 7);
        assertThat(profile.toString()).contains("GFLOP/s", "share", "total");
        assertThat(plan.describe()).contains("GFLOP/s", "share", "5 kernels; workspace ");
        assertThatThrownBy(() -> plan.profile(0))
                .hasMessage("profile: runs must be at least 1, got 0");
    }

    @Test
    void memoryIsCounted() {
        Plan plan = Plan.of(residualNetwork(), IMAGE);
        assertThat(plan.workspaceBytes()).isLessThan(plan.activationBytes());
        long weights = 27 * 4 + 4 + 36 * 4 + 4 + 4 * 7 + 1; // and the factor of the mean
        assertThat(plan.constantBytes()).isEqualTo(8 * weights);
        assertThat(plan.backend().floatType()).isEqualTo(DType.F64);
    }
}
