package javelin.tensor.plan;

import static javelin.tensor.ops.Conv2d.conv2d;
import static javelin.tensor.ops.ConvTranspose2d.convTranspose2d;
import static javelin.tensor.ops.Relu.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.pool.Windows;
import javelin.tensor.GradMode;
import javelin.tensor.OnReference;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Moments;
import javelin.tensor.ops.Normalize;
import javelin.tensor.ops.Sigmoid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What is moved into products and convolutions, by the number of kernels that are left, and that
/// the result stays.
@ExtendWith(OnReference.class)
class EpiloguesTest {
    private static final Shape IMAGE = Shape.of(2, 5, 4, 6);

    private final Rng rng = Rng.seed(1);
    private final Tensor weight = Backends.with(Backends.reference(), () -> normal(3, 3, 6, 6));
    private final Tensor bias = Backends.with(Backends.reference(), () -> normal(6));

    private Tensor normal(int... shape) {
        return rng.normal(0, 1, shape);
    }

    private Tensor conv(Tensor x) {
        return conv2d(x, weight, Geometry.of(1, 1));
    }

    /// Batch norm of `c` channels with constants.
    private UnaryOperator<Tensor> norm(int c) {
        Tensor moments = rng.uniform(0.5, 2, 2, c);
        Tensor gamma = normal(c);
        Tensor beta = normal(c);
        return x -> Normalize.normalize(x, moments, gamma, beta, 1e-3);
    }

    private Plan expectKernels(int kernels, Shape input, UnaryOperator<Tensor> network) {
        return expectKernels(kernels, List.of(input), x -> network.apply(x.getFirst()));
    }

    private Plan expectKernels(
            int kernels, List<Shape> inputs, Function<List<Tensor>, Tensor> network) {
        List<Tensor> x = inputs.stream().map(s -> normal(s.dims())).toList();
        Plan plan = Plan.of(network, inputs.stream().map(s -> normal(s.dims())).toList());
        double[] expected = GradMode.off(() -> network.apply(x)).doubles();
        double[] y = plan.run(x.toArray(Tensor[]::new)).doubles();
        assertThat(y).containsExactly(expected, offset(1e-10));
        assertThat(plan.kernelCalls()).as(plan.outline()).isEqualTo(kernels);
        return plan;
    }

    @Test
    void batchNormGoesIntoTheWeights() {
        UnaryOperator<Tensor> norm = norm(6);
        Plan plan = expectKernels(1, IMAGE, x -> norm.apply(conv(x)));
        assertThat(plan.constantBytes()).isEqualTo(8 * (9 * 36 + 6)); // weight and bias, no scale
    }

    @Test
    void batchNormGoesIntoGroups() {
        UnaryOperator<Tensor> norm = norm(6);
        Tensor depthwise = normal(3, 3, 1, 6);
        expectKernels(
                1, IMAGE, x -> norm.apply(conv2d(x, depthwise, bias, Geometry.of(1, 1).groups(6))));
    }

    @Test
    void batchNormGoesIntoTransposedConvolutions() {
        UnaryOperator<Tensor> norm = norm(4);
        Tensor whole = normal(3, 3, 4, 6);
        Tensor grouped = normal(3, 3, 2, 6);
        Geometry g = Geometry.of(2, 1);
        for (Plan plan :
                List.of(
                        expectKernels(
                                1, IMAGE, x -> norm.apply(convTranspose2d(x, whole, g, 9, 7))),
                        expectKernels(
                                1,
                                IMAGE,
                                x -> norm.apply(convTranspose2d(x, grouped, g.groups(2), 9, 7))))) {
            assertThat(plan.outline()).contains("Conv2dInput");
        }
    }

    @Test
    void batchNormGoesIntoProducts() {
        UnaryOperator<Tensor> norm = norm(6);
        Tensor w = normal(4, 6);
        Tensor transposed = normal(6, 4);
        Shape rows = Shape.of(3, 4);
        expectKernels(1, rows, x -> relu(norm.apply(Linear.linear(x, w, bias))));
        expectKernels(1, Shape.of(2, 3, 4), x -> relu(norm.apply(Linear.linear(x, w, bias))));
        expectKernels(
                1,
                rows,
                x -> norm.apply(javelin.tensor.ops.Matmul.matmul(x, transposed, false, true)));
    }

    @Test
    void batchNormOfAProductOfInputsIsScaledInTheEpilogue() {
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(
                1,
                List.of(Shape.of(3, 4), Shape.of(4, 6)),
                x -> norm.apply(x.get(0).matmul(x.get(1))));
    }

    @Test
    void batchNormOfTheBatchIsKept() {
        Tensor gamma = normal(6);
        expectKernels(
                3,
                IMAGE,
                x -> {
                    Tensor y = conv(x);
                    return javelin.tensor.ops.BatchNorm.batchNorm(
                            y, Moments.moments(y), gamma, bias, 1e-3);
                });
    }

    @Test
    void factorsAndSummandsPerChannelAreJoined() {
        Tensor factors = normal(1, 1, 1, 6);
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(
                1,
                IMAGE,
                x -> relu(norm.apply(conv(x).add(bias).mul(factors)).sub(0.5).mul(2).add(bias)));
    }

    @Test
    void aNumberMinusTheProductIsKept() {
        expectKernels(2, IMAGE, x -> conv(x).rsub(1));
    }

    @Test
    void summandsThatAreNotPerChannelStay() {
        Tensor column = normal(4, 1); // one number per image column
        expectKernels(2, IMAGE, x -> conv(x).add(column));
        expectKernels(2, IMAGE, x -> conv(x).mul(column));
    }

    @Test
    void aBiasMayBeAnInput() {
        expectKernels(1, List.of(IMAGE, Shape.of(6)), x -> relu(conv(x.get(0)).add(x.get(1))));
    }

    @Test
    void residualSumsAndReluAreFused() {
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(1, IMAGE, x -> relu(norm.apply(conv(x)).add(x)));
        expectKernels(1, IMAGE, x -> relu(x.add(norm.apply(conv(x)))));
    }

    @Test
    void bothBranchesMayBeConvolutions() {
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(
                3,
                IMAGE,
                x -> {
                    Tensor main = norm.apply(conv(relu(norm.apply(conv(x)))));
                    return relu(main.add(norm.apply(conv(x))));
                });
    }

    @Test
    void aResidualThatIsComputedLaterIsWaitedFor() {
        expectKernels(4, IMAGE, x -> conv(x).add(x.neg().exp().neg()));
    }

    @Test
    void theSumOfAResultWithItselfIsKept() {
        expectKernels(
                2,
                IMAGE,
                x -> {
                    Tensor y = conv(x);
                    return y.add(y);
                });
    }

    @Test
    void resultsWithSeveralReadersAreKept() {
        expectKernels(
                4,
                IMAGE,
                x -> {
                    Tensor y = conv(x);
                    return relu(y).add(y.exp());
                });
    }

    @Test
    void workAfterAnActivationIsKept() {
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(2, IMAGE, x -> norm.apply(relu(conv(x))));
        expectKernels(2, IMAGE, x -> relu(conv(x)).add(x));
    }

    @Test
    void batchNormAfterASumIsKept() {
        UnaryOperator<Tensor> norm = norm(6);
        expectKernels(2, IMAGE, x -> norm.apply(conv(x).add(x)));
    }

    @Test
    void otherActivationsAreKept() {
        expectKernels(2, IMAGE, x -> Sigmoid.sigmoid(conv(x)));
    }

    @Test
    void attentionScalesInTheProduct() {
        expectKernels(
                1,
                List.of(Shape.of(2, 3, 4), Shape.of(2, 5, 4)),
                x -> javelin.tensor.ops.Matmul.matmul(x.get(0), x.get(1), false, true).mul(0.5));
    }

    @Test
    void whatDependsOnNoInputIsComputedOnce() {
        Plan plan = expectKernels(1, IMAGE, x -> conv2d(x, weight.mul(2).exp(), Geometry.UNIT));
        assertThat(plan.constantBytes()).isEqualTo(8 * 9 * 36);
    }

    @Test
    void copiesAreNotMade() {
        expectKernels(
                1,
                Shape.of(2, 1, 3),
                x -> x.permute(1, 0, 2).reshape(2, 3).broadcastTo(1, 2, 3).neg());
        expectKernels(2, Shape.of(2, 3), x -> x.permute(1, 0).neg());
    }

    @Test
    void poolingOfSinglePixelsIsACopy() {
        expectKernels(1, IMAGE, x -> MaxPool2d.maxPool2d(x, Windows.Sliding.of(1, 1, 0)).neg());
        expectKernels(2, IMAGE, x -> MaxPool2d.maxPool2d(x, Windows.Sliding.of(1, 2, 0)).neg());
    }

    @Test
    void resultsThatNobodyReadsAreNotComputed() {
        expectKernels(
                1,
                IMAGE,
                x -> {
                    Tensor unused = conv(x);
                    return x.mul(unused.shape().dim(0));
                });
    }
}
