package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Objects;

/// The objective of a layer in 64 bits: its value by hand, its gradient by finite differences.
class LayerProblemTest {
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "0, 1", "1, 0.5"})
    void gradientMatchesFiniteDifferencesForSelectedAndUnselectedChannels(
            double reconstruction, double lambda) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    LayerProblem problem = problem(toy, reconstruction, lambda, 2);
                    double[] w = toy.weight().doubles();
                    for (int i = 0; i < w.length; i++) {
                        int channel = i / 4 % 6;
                        w[i] = channel < 3 ? w[i] : 0; // three channels are selected
                    }
                    set(toy, w);
                    double[] gradient = problem.slope().gradient();
                    for (int channel = 0; channel < 6; channel++) {
                        double[] d = Rng.seed(channel).uniform(-1, 1, w.length).doubles();
                        double expected = 0;
                        for (int i = 0; i < w.length; i++) {
                            d[i] = i / 4 % 6 == channel ? d[i] : 0;
                            expected += d[i] * gradient[i];
                        }
                        double up = at(problem, toy, w, d, STEP);
                        double down = at(problem, toy, w, d, -STEP);
                        double found = (up - down) / (2 * STEP);
                        assertThat(Math.abs(found - expected))
                                .as("channel %d: %s, differences %s", channel, expected, found)
                                .isLessThan(1e-6 * Math.max(Math.abs(expected), 1e-3));
                    }
                });
    }

    private static double at(LayerProblem p, Toy toy, double[] w, double[] d, double step) {
        double[] moved = w.clone();
        for (int i = 0; i < w.length; i++) {
            moved[i] += step * d[i];
        }
        set(toy, moved);
        double loss = p.loss();
        set(toy, w);
        return loss;
    }

    @Test
    void wholeLayerRebuildsItselfExactly() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    assertThat(problem(toy, 1, 0, 2).loss()).isZero();
                });
    }

    @Test
    void objectiveIsTheSumOfItsParts() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    LayerProblem both = problem(toy, 1, 0.7, 1);
                    LayerProblem rebuilt = problem(toy, 1, 0, 1);
                    LayerProblem classified = problem(toy, 0, 1, 1);
                    double[] w = toy.weight().doubles();
                    java.util.Arrays.fill(w, 0);
                    set(toy, w);
                    assertThat(both.loss())
                            .isCloseTo(
                                    rebuilt.loss() + 0.7 * classified.loss(),
                                    org.assertj.core.data.Offset.offset(1e-12));
                    // Eq. (3) with O = 0: half the mean square of the reference's outputs
                    double[] goal = goal();
                    double squares = 0;
                    for (double g : goal) {
                        squares += g * g;
                    }
                    assertThat(rebuilt.loss())
                            .isCloseTo(
                                    squares / (2 * goal.length),
                                    org.assertj.core.data.Offset.offset(1e-12));
                });
    }

    private static double[] goal() {
        Toy whole = Toy.make();
        Replay pass = Replay.of(whole, Toy.IMAGES);
        var conv =
                pass.nodes().stream()
                        .filter(n -> n.op() instanceof javelin.tensor.ops.Conv2d)
                        .toList()
                        .getLast();
        return Objects.requireNonNull(pass.run(images(0), List.of(conv)).get(conv)).doubles();
    }

    @Test
    void deadChannelHasNoGradient() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    dead(toy, 2);
                    LayerProblem problem = problem(toy, 1, 1, 2);
                    double[] w = new double[toy.weight().shape().length()];
                    set(toy, w);
                    double[] scores =
                            ScoreNorm.FROBENIUS.scores(problem.slope().gradient(), problem.shape());
                    for (int k = 0; k < 6; k++) {
                        assertThat(scores[k] == 0).as("channel %d", k).isEqualTo(k == 2);
                    }
                });
    }

    @Test
    void largestGradientDependsNeitherOnTheOrderOfTheDataNorOnTheScaleOfTheObjective() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    List<Tensor> images = List.of(images(0), images(1), images(2));
                    List<Tensor> labels = List.of(labels(0), labels(1), labels(2));
                    int expected = best(toy, toy.problem(Toy.make(), 1, 1, images, labels));
                    toy = Toy.make();
                    assertThat(
                                    best(
                                            toy,
                                            toy.problem(
                                                    Toy.make(),
                                                    1,
                                                    1,
                                                    images.reversed(),
                                                    labels.reversed())))
                            .isEqualTo(expected);
                    toy = Toy.make();
                    assertThat(best(toy, toy.problem(Toy.make(), 3, 3, images, labels)))
                            .isEqualTo(expected);
                });
    }

    private static int best(Toy toy, LayerProblem problem) {
        set(toy, new double[toy.weight().shape().length()]);
        double[] scores = ScoreNorm.FROBENIUS.scores(problem.slope().gradient(), problem.shape());
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }

    // ---- helpers ----

    static LayerProblem problem(Toy toy, double reconstruction, double lambda, int batches) {
        List<Tensor> images =
                java.util.stream.IntStream.range(0, batches)
                        .mapToObj(LayerProblemTest::images)
                        .toList();
        List<Tensor> labels =
                java.util.stream.IntStream.range(0, batches)
                        .mapToObj(LayerProblemTest::labels)
                        .toList();
        Toy goal = Toy.make();
        goal.load(toy.state());
        return toy.problem(goal, reconstruction, lambda, images, labels);
    }

    static Tensor images(int batch) {
        return Toy.images(1, 100 + batch);
    }

    static Tensor labels(int batch) {
        return Toy.labels(1, 100 + batch);
    }

    static void set(Toy toy, double[] w) {
        toy.weight().assign(Tensor.of(w, toy.weight().shape().dims()));
    }

    /// Makes a channel of the first convolution 0 for every image.
    static void dead(Toy toy, int channel) {
        for (String name : List.of("firstNorm.weight", "firstNorm.bias")) {
            Tensor t = Objects.requireNonNull(toy.state().get(name));
            double[] v = t.doubles();
            v[channel] = name.endsWith("bias") ? -0.5 : 0;
            t.assign(Tensor.of(v, v.length));
        }
    }
}
