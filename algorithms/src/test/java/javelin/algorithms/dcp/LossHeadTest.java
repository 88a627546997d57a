package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/// Eq. (4) and (5) by hand, and results tapped from the middle of a pass.
class LossHeadTest {
    @Test
    void logitsAreThoseOfTheAveragedPositiveParts() {
        Backends.with(
                Backends.reference(),
                () -> {
                    var head = new LossHead(2, 2, Rng.seed(1));
                    head.training(false);
                    head.parameters()
                            .forEach((name, p) -> {
                                if (name.equals("classifier.weight")) {
                                    p.assign(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2)); // θ
                                } else if (name.equals("norm.bias")) {
                                    p.assign(Tensor.of(new double[] {1, -1}, 2));
                                }
                            });
                    // two pixels of two channels; batch norm adds 1 and −1 to them
                    Tensor o = Tensor.of(new double[] {1, 2, -3, 0}, 1, 1, 2, 2);
                    // F = (max(0, 2) + max(0, −2)) / 2 = 1 and (max(0, 1) + max(0, −1)) / 2 = 0.5
                    double[] logits = head.forward(o).doubles();
                    assertThat(logits[0]).isCloseTo(1 * 1 + 0.5 * 3, Offset.offset(1e-4));
                    assertThat(logits[1]).isCloseTo(1 * 2 + 0.5 * 4, Offset.offset(1e-4));
                });
    }

    @Test
    void tapsTakeTheSameResultInTrainingAndInInference() {
        Toy toy = Toy.make();
        Replay pass = Replay.of(toy, Toy.IMAGES);
        var at =
                pass.nodes().stream()
                        .filter(n -> n.op() instanceof javelin.tensor.ops.Conv2d)
                        .toList()
                        .getLast();
        Tensor x = Toy.images(1, 3);
        var taps = new Taps(pass, List.of(at));
        float[] replayed = Objects.requireNonNull(pass.run(x, List.of(at)).get(at)).floats();
        assertThat(taps.during(() -> toy.forward(x)).tapped().getFirst().floats())
                .isEqualTo(replayed);
        toy.training(true);
        assertThat(taps.during(() -> toy.forward(x)).tapped().getFirst().shape())
                .isEqualTo(Shape.of(Toy.BATCH, 5, 5, 4));
        assertThatThrownBy(() -> taps.during(() -> toy.forward(x).add(toy.forward(x))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("dcp: the network runs other ops in training");
    }
}
