package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.algorithms.dcp.GreedySelection.Selection;
import javelin.kernels.Backends;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Algorithm 2 in 64 bits.
class GreedySelectionTest {
    private static final DcpConfig HALF =
            DcpConfig.of(PruningRate.of("0.5"), 0).withSub(new DcpConfig.Sub(3, 0.05, 1e-4, 10));
    private static final DcpConfig ALL =
            HALF.withStop(new StopRule.Adaptive(1e-300, 100)).withLambda(0);

    @ParameterizedTest
    @EnumSource(
            value = Criterion.class,
            names = {"DCP", "RANDOM", "RECONSTRUCTION", "DISCRIMINATION"})
    void exactlyTheWantedChannelsAreLeftAndTheObjectiveNeverGrows(Criterion criterion) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    DcpConfig config = HALF.withCriterion(criterion);
                    Selection found = select(toy, config, new SubProblem.Descent(config.sub()), 2);
                    assertThat(found.order()).hasSize(3).doesNotHaveDuplicates();
                    double[] w = toy.weight().doubles();
                    double[] sums = new double[6];
                    for (int i = 0; i < w.length; i++) {
                        sums[i / 4 % 6] += Math.abs(w[i]);
                    }
                    for (int k = 0; k < 6; k++) {
                        assertThat(sums[k] > 0).isEqualTo(found.order().contains(k));
                    }
                    assertThat(found.losses()).hasSize(4);
                    for (int t = 1; t < 4; t++) {
                        assertThat(found.losses().get(t))
                                .isLessThanOrEqualTo(found.losses().get(t - 1));
                    }
                });
    }

    @Test
    void sameSeedGivesTheSameChannels() {
        Backends.with(
                Backends.reference(),
                () -> {
                    DcpConfig random = HALF.withCriterion(Criterion.RANDOM);
                    var fit = new SubProblem.Descent(random.sub());
                    assertThat(select(Toy.make(), random, fit, 1))
                            .isEqualTo(select(Toy.make(), random, fit, 1));
                    assertThat(select(Toy.make(), HALF, fit, 1))
                            .isEqualTo(select(Toy.make(), HALF, fit, 1));
                });
    }

    /// With exact solutions and `λ = 0` the method is group orthogonal matching pursuit.
    @Test
    void withoutDiscriminationItIsOrthogonalMatchingPursuit() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    Selection found = select(toy, unsafe(ALL), new LeastSquares(), 2);
                    Toy whole = Toy.make();
                    var pursuit = MatchingPursuit.of(whole, 2);
                    assertThat(found.order()).isEqualTo(pursuit.order());
                    for (int t = 0; t <= 6; t++) {
                        assertThat(found.losses().get(t))
                                .isCloseTo(pursuit.losses().get(t), Offset.offset(1e-9));
                    }
                    assertThat(found.losses().getLast()).isLessThan(1e-12); // all channels
                });
    }

    private static DcpConfig unsafe(DcpConfig c) {
        return new DcpConfig(
                c.variant(),
                c.criterion(),
                c.losses(),
                c.lambda(),
                c.stop(),
                c.norm(),
                c.reference(),
                c.stage(),
                c.sub(),
                false,
                c.seed());
    }

    @Test
    void deadChannelIsTheLast() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    LayerProblemTest.dead(toy, 2);
                    Selection found =
                            select(
                                    toy,
                                    HALF.withStop(new StopRule.Budget(PruningRate.of("0.01"))),
                                    new SubProblem.Descent(HALF.sub()),
                                    2);
                    assertThat(found.order()).hasSize(6).endsWith(2);
                });
    }

    @Test
    void copyOfASelectedChannelHasNoGradientLeft() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Toy toy = Toy.make();
                    duplicate(toy, 0, 5);
                    Selection found = select(toy, unsafe(ALL), new LeastSquares(), 2);
                    int first = found.order().indexOf(0);
                    int second = found.order().indexOf(5);
                    assertThat(Math.max(first, second)).isEqualTo(5); // last of six
                });
    }

    @Test
    void redundantChannelsAreLeftOutByAdaptiveStopping() {
        Backends.with(
                Backends.reference(),
                () -> {
                    DcpConfig adaptive = unsafe(ALL).withStop(new StopRule.Adaptive(1e-6, 1));
                    Selection plain = select(Toy.make(), adaptive, new LeastSquares(), 2);
                    Toy redundant = Toy.make();
                    duplicate(redundant, 0, 5);
                    duplicate(redundant, 1, 4);
                    Selection fewer = select(redundant, adaptive, new LeastSquares(), 2);
                    assertThat(plain.order()).hasSize(6);
                    // the copy with which Eq. (10) first holds stays
                    assertThat(fewer.order()).hasSize(5);
                });
    }

    // ---- helpers ----

    /// Makes a channel of the first convolution a copy of another, batch norm included.
    private static void duplicate(Toy toy, int from, int to) {
        toy.state()
                .forEach((name, t) -> {
                    if (name.startsWith("first")) {
                        double[] v = t.doubles();
                        for (int i = 0; i < v.length; i += 6) {
                            v[i + to] = v[i + from];
                        }
                        t.assign(Tensor.of(v, t.shape().dims()));
                    }
                });
    }

    private static Selection select(Toy toy, DcpConfig config, SubProblem fit, int batches) {
        LayerProblem problem =
                LayerProblemTest.problem(
                        toy, config.reconstruction(), config.discrimination(), batches);
        return new GreedySelection(problem, config, fit, Rng.seed(config.seed())).run();
    }
}
