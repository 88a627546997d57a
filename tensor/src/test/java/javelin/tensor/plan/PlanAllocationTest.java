package javelin.tensor.plan;

import static javelin.tensor.ops.Conv2d.conv2d;
import static javelin.tensor.ops.Relu.relu;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.kernels.pool.Windows;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Clamp;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Normalize;
import javelin.tensor.ops.Softmax;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.function.UnaryOperator;

/// A run with the kernels of the processor allocates nothing on its thread.
class PlanAllocationTest {
    private static final Shape IMAGE = Shape.of(1, 12, 12, 8);

    /// What networks of images consist of: 3×3, 1×1, strided and depthwise convolutions, batch
    /// norm, a residual sum, pooling, a mean, a classifier.
    private static UnaryOperator<Tensor> network() {
        Rng rng = Rng.seed(1);
        Tensor square = rng.normal(0, 0.1, 3, 3, 8, 8);
        Tensor strided = rng.normal(0, 0.1, 3, 3, 8, 16);
        Tensor point = rng.normal(0, 0.1, 1, 1, 16, 16);
        Tensor depthwise = rng.normal(0, 0.1, 3, 3, 1, 16);
        Tensor moments = rng.uniform(0.5, 2, 2, 8);
        Tensor gamma = rng.uniform(0.5, 2, 8);
        Tensor beta = rng.normal(0, 1, 8);
        Tensor classes = rng.normal(0, 1, 16, 10);
        return x -> {
            Tensor y = Normalize.normalize(x, moments, gamma, beta, 1e-5);
            y = relu(conv2d(y, square, Geometry.of(1, 1)).add(x));
            y = relu(conv2d(y, strided, Geometry.of(2, 1)));
            y = Clamp.clamp(conv2d(y, depthwise, Geometry.of(1, 1).groups(16)), 0, 6);
            y = conv2d(y, point, Geometry.UNIT);
            y = MaxPool2d.maxPool2d(y, Windows.Sliding.of(2, 2, 0));
            return Softmax.softmax(Linear.linear(y.mean(1, 2), classes, null));
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunAllocatesNothing(boolean simd) throws ReflectiveOperationException {
        Backend on = new CpuBackend(1, simd && Simd.isAvailable());
        Plan plan = Backends.with(on, () -> Plan.of(network(), IMAGE));
        float[] x = new float[IMAGE.length()];
        float[] y = new float[10];
        assertThat(Allocation.perCall(() -> plan.run(x, y))).as(plan.outline()).isZero();
    }
}
