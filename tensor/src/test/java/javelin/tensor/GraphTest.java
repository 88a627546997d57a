package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.pool.Windows;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.ConvTranspose2d;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Relu;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class GraphTest {
    /// 8×8 image of 3 channels → 3×3 convolution to 4 channels with bias → relu → 2×2 pooling →
    /// depthwise 3×3, stride 2 → linear to 10.
    private final Tensor w1 = parameter(3, 3, 3, 4);

    private final Tensor b1 = parameter(4);
    private final Tensor w2 = parameter(3, 3, 1, 4);
    private final Tensor w3 = parameter(16, 10);
    private final Graph graph = Graph.of(network(dry(2, 8, 8, 3)));

    private Tensor network(Tensor x) {
        Tensor h = Relu.relu(Conv2d.conv2d(x, w1, b1, Geometry.of(1, 1)));
        h = MaxPool2d.maxPool2d(h, Windows.Sliding.of(2, 2, 0));
        h = Conv2d.conv2d(h, w2, Geometry.of(2, 1).groups(4));
        return Linear.linear(h.reshape(2, -1), w3, null);
    }

    private static Tensor parameter(int... shape) {
        return dry(shape).requireGrad();
    }

    private static Tensor dry(int... shape) {
        return Backends.with(Backends.dry(), () -> Tensor.zeros(shape));
    }

    @Test
    void countersByHand() {
        assertThat(graph.parameters()).isEqualTo(3 * 3 * 3 * 4 + 4 + 3 * 3 * 4 + 160);
        long conv = 2L * 8 * 8 * 4 * (3 * 3 * 3);
        long depthwise = 2L * 2 * 2 * 4 * (3 * 3);
        long linear = 2L * 16 * 10;
        assertThat(graph.macs()).isEqualTo(conv + depthwise + linear);
        long elements = 2 * (8 * 8 * 4 + 8 * 8 * 4 + 4 * 4 * 4 + 2 * 2 * 4 + 16 + 10);
        assertThat(graph.activationBytes()).isEqualTo(4 * elements);
    }

    @Test
    void transposedConvolutionCountsEachInputPixel() {
        Tensor y =
                ConvTranspose2d.convTranspose2d(
                        dry(1, 4, 4, 6).requireGrad(), dry(3, 3, 5, 6), Geometry.of(2, 1), 8, 8);
        assertThat(Graph.of(y).macs()).isEqualTo(4L * 4 * 6 * 3 * 3 * 5);
    }

    @Test
    void receptiveFieldByHand() {
        // 3, then 2×2 pooling sees 4 at distance 2, then 3 taps at distance 2 see 8
        assertThat(graph.receptiveField()).isEqualTo(new ReceptiveField(8, 8));
    }

    @Test
    void nodesComeAfterTheirInputs() {
        List<Node> nodes = graph.nodes();
        for (Node n : nodes) {
            assertThat(nodes.subList(0, nodes.indexOf(n))).containsAll(n.inputs());
        }
    }

    @Test
    void tracingRecordsWithoutGradients() {
        Graph traced = GradMode.off(() -> Graph.trace(() -> network(dry(2, 8, 8, 3))));
        assertThat(traced.macs()).isEqualTo(graph.macs());
        assertThat(traced.outputs().getFirst().shape()).isEqualTo(Shape.of(2, 10));
    }

    @Test
    void tableNamesLayers() {
        var names =
                Map.of(
                        w1.node(), "conv1.weight",
                        b1.node(), "conv1.bias",
                        w2.node(), "layer1.0.conv2.weight",
                        w3.node(), "fc.weight");
        assertThat(graph.table(names))
                .isEqualTo(
                        """
                        name            op         output        parameters    MACs  bytes
                        conv1           conv2d     [2, 8, 8, 4]         112  13,824  2,048
                                        relu       [2, 8, 8, 4]           -       -  2,048
                                        maxPool2d  [2, 4, 4, 4]           -       -    512
                        layer1.0.conv2  conv2d     [2, 2, 2, 4]          36     288    128
                                        reshape    [2, 16]                -       -    128
                        fc              linear     [2, 10]              160     320     80
                        total                                           308  14,432  4,944
                        """);
    }
}
