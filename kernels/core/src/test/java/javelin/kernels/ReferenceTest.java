package javelin.kernels;

import static javelin.kernels.Host.real;
import static javelin.kernels.Host.run;
import static javelin.kernels.Host.runInts;
import static javelin.kernels.Host.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.index.Gather;
import javelin.kernels.index.OneHot;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Concat;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.kernels.norm.Moments;
import javelin.kernels.optim.AdamStep;
import javelin.kernels.optim.RmspropStep;
import javelin.kernels.optim.SgdStep;
import javelin.kernels.reduce.ArgReduce;
import javelin.kernels.reduce.Reduce;
import javelin.kernels.reduce.Reduce.Kind;
import javelin.kernels.softmax.Softmax;
import javelin.kernels.softmax.SoftmaxCrossEntropy;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The reference backend on numbers worked out by hand.
class ReferenceTest {
    private static final Shape TWO_BY_THREE = Shape.of(2, 3);
    private static final View X = real(TWO_BY_THREE, 1, 2, 3, 4, 5, 6);

    @Test
    void elementwiseBroadcasts() {
        assertThat(run(Binary.ADD, TWO_BY_THREE, X, real(10, 20, 30)))
                .containsExactly(11, 22, 33, 14, 25, 36);
        assertThat(run(Binary.MUL, TWO_BY_THREE, real(Shape.of(2, 1), 2, -1), X))
                .containsExactly(2, 4, 6, -4, -5, -6);
        assertThat(run(Ternary.WHERE, TWO_BY_THREE, real(0, 1, 0), real(9), X))
                .containsExactly(1, 9, 3, 4, 9, 6);
    }

    @Test
    void elementwiseLimits() {
        double inf = Double.POSITIVE_INFINITY;
        View ends = real(-inf, 0, inf);
        Shape three = Shape.of(3);
        assertThat(run(Unary.SIGMOID, three, ends)).containsExactly(0, 0.5, 1);
        assertThat(run(Unary.ERF, three, ends)).containsExactly(-1, 0, 1);
        assertThat(run(Unary.SOFTPLUS, three, ends)).containsExactly(0, Math.log(2), inf);
        assertThat(run(Unary.SILU, three, ends)).containsExactly(-0.0, 0, inf);
        assertThat(run(Unary.ERF, Shape.of(1), real(1))[0]) // Abramowitz and Stegun, table 7.1
                .isCloseTo(0.8427007929497149, within(1e-15));
    }

    @Test
    void reductions() {
        assertThat(run(new Reduce(Kind.SUM, 0b10), Shape.of(2), X)).containsExactly(6, 15);
        assertThat(run(new Reduce(Kind.MEAN, 0b01), Shape.of(3), X)).containsExactly(2.5, 3.5, 4.5);
        assertThat(run(new Reduce(Kind.MAX, 0b11), Shape.SCALAR, X)).containsExactly(6);
        assertThat(run(new Reduce(Kind.MIN, 0b10), Shape.of(2), X)).containsExactly(1, 4);
        assertThat(run(new Reduce(Kind.VARIANCE, 0b01), Shape.of(3), X))
                .containsExactly(2.25, 2.25, 2.25);
        assertThat(run(new Reduce(Kind.SUM, 0), TWO_BY_THREE, X)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void reductionsOverNothing() {
        View nothing = real(Shape.of(0, 2));
        Shape two = Shape.of(2);
        assertThat(run(new Reduce(Kind.SUM, 0b1), two, nothing)).containsExactly(0, 0);
        assertThat(run(new Reduce(Kind.MEAN, 0b1), two, nothing)).containsOnly(Double.NaN);
        assertThat(run(new Reduce(Kind.MAX, 0b1), two, nothing))
                .containsOnly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void argReduceTakesTheFirstOfEqualsAndTheFirstNaN() {
        View x = real(Shape.of(2, 4), 1, 7, 7, 0, 3, Double.NaN, 9, Double.NaN);
        assertThat(runInts(new ArgReduce(true, 1), Shape.of(2), x)).containsExactly(1, 1);
        assertThat(runInts(new ArgReduce(false, 1), Shape.of(2), x)).containsExactly(3, 1);
    }

    @Test
    void softmaxOfHugeValues() {
        assertThat(run(new Softmax(false), Shape.of(2), real(1e4, 1e4))).containsExactly(0.5, 0.5);
        assertThat(run(new Softmax(true), Shape.of(2), real(0, 1e4))).containsExactly(-1e4, 0);
    }

    @Test
    void crossEntropy() {
        View x = real(Shape.of(2, 2), Math.log(3), 0, 0, 0);
        View label = whole(0, -1);
        assertThat(run(new SoftmaxCrossEntropy(0), Shape.of(2), x, label))
                .containsExactly(new double[] {-Math.log(0.75), 0}, within(1e-15));
        assertThat(run(new SoftmaxCrossEntropy(0.2), Shape.of(2), x, label))
                .containsExactly(
                        new double[] {-0.9 * Math.log(0.75) - 0.1 * Math.log(0.25), 0},
                        within(1e-15));
        View dy = real(2, 5);
        assertThat(run(new SoftmaxCrossEntropyInput(0), Shape.of(2, 2), x, label, dy))
                .containsExactly(new double[] {-0.5, 0.5, 0, 0}, within(1e-15));
    }

    @Test
    void batchNorm() {
        View x = real(Shape.of(2, 2), 1, 10, 3, 30);
        View moments = real(Shape.of(2, 2), run(new Moments(), Shape.of(2, 2), x));
        assertThat(Backends.reference().downloadDoubles(moments)).containsExactly(2, 20, 1, 100);
        View gamma = real(2, 1);
        View beta = real(5, 0);
        assertThat(run(new BatchNorm(0), x.shape(), x, moments, gamma, beta))
                .containsExactly(3, -1, 7, 1);
        View dy = real(Shape.of(2, 2), 1, 0, 2, 4);
        double[] sums = run(new BatchNormSums(0), Shape.of(2, 2), x, dy, moments);
        assertThat(sums).containsExactly(1, 4, 3, 4);
        // two samples: their normalised values are ±1 whatever they are, so nothing flows back
        View s = real(Shape.of(2, 2), sums);
        assertThat(run(new BatchNormInput(0), x.shape(), x, dy, moments, s, gamma))
                .containsOnly(0.0);
    }

    @Test
    void selection() {
        assertThat(run(new Gather(1), Shape.of(2, 2), X, whole(2, 0))).containsExactly(3, 1, 6, 4);
        assertThat(run(new ScatterAdd(0), Shape.of(2, 3), X, whole(1, 1)))
                .containsExactly(0, 0, 0, 5, 7, 9);
        assertThat(run(new OneHot(), Shape.of(3, 2), whole(1, -1, 0)))
                .containsExactly(0, 1, 0, 0, 1, 0);
    }

    @Test
    void moves() {
        assertThat(run(new Permute(List.of(1, 0)), Shape.of(3, 2), X))
                .containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(run(new Flip(0b10), TWO_BY_THREE, X)).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(run(new Broadcast(), Shape.of(2, 2), real(Shape.of(2, 1), 7, 8)))
                .containsExactly(7, 7, 8, 8);
        assertThat(run(new Concat(1), Shape.of(2, 4), X, real(Shape.of(2, 1), 8, 9)))
                .containsExactly(1, 2, 3, 8, 4, 5, 6, 9);
        assertThat(run(new Slice(List.of(0, 0), List.of(1, 2)), Shape.of(2, 2), X))
                .containsExactly(1, 3, 4, 6);
        assertThat(run(new SliceInput(List.of(1), List.of(2)), Shape.of(5), real(7, 8)))
                .containsExactly(0, 7, 0, 8, 0);
        assertThat(runInts(new Cast(), Shape.of(3), real(-1.7, 0.9, 2))).containsExactly(-1, 0, 2);
    }

    @Test
    void frames() {
        View x = real(1, 2, 3);
        Shape seven = Shape.of(7);
        List<Integer> before = List.of(2);
        assertThat(run(new Pad(Pad.Mode.CONSTANT, before, 9), seven, x))
                .containsExactly(9, 9, 1, 2, 3, 9, 9);
        assertThat(run(new Pad(Pad.Mode.REFLECT, before, 9), seven, x))
                .containsExactly(3, 2, 1, 2, 3, 2, 1);
        assertThat(run(new Pad(Pad.Mode.EDGE, before, 9), seven, x))
                .containsExactly(1, 1, 1, 2, 3, 3, 3);
        View dy = real(1, 2, 3, 4, 5, 6, 7);
        assertThat(run(new PadInput(Pad.Mode.CONSTANT, before), Shape.of(3), dy))
                .containsExactly(3, 4, 5);
        assertThat(run(new PadInput(Pad.Mode.REFLECT, before), Shape.of(3), dy))
                .containsExactly(10, 12, 6);
        assertThat(run(new PadInput(Pad.Mode.EDGE, before), Shape.of(3), dy))
                .containsExactly(6, 4, 18);
    }

    @Test
    void optimiserSteps() {
        View w = real(1.0);
        View v = real(2.0);
        step(new SgdStep(0.5, 0.5, false, 1), w, real(3.0), v); // g = 3 + 1, v = 1 + 4
        assertThat(value(v)).isEqualTo(5);
        assertThat(value(w)).isEqualTo(1 - 0.5 * 5);

        w = real(1.0);
        v = real(2.0);
        step(new SgdStep(0.5, 0.5, true, 0), w, real(3.0), v); // v = 1 + 3, step = 3 + 2
        assertThat(value(w)).isEqualTo(1 - 0.5 * 5);

        w = real(1.0);
        View m = real(0.0);
        View s = real(0.0);
        step(new AdamStep(0.1, 0.9, 0.99, 0, 0.5, true, 1), w, real(-4.0), m, s);
        assertThat(value(w)).isCloseTo(1 - 0.1 * (-1 + 0.5), within(1e-12)); // m̂/√v̂ is the sign
        assertThat(value(m)).isCloseTo(-0.4, within(1e-12));
        assertThat(value(s)).isCloseTo(0.16, within(1e-12));

        w = real(1.0);
        s = real(4.0);
        step(new RmspropStep(0.1, 0.75, 0, 0, 0), w, real(4.0), s); // s = 3 + 4
        assertThat(value(w)).isCloseTo(1 - 0.1 * 4 / Math.sqrt(7), within(1e-12));
    }

    private static void step(Kernel kernel, View w, View... inputs) {
        Backends.reference().run(kernel, List.of(inputs), w);
    }

    private static double value(View x) {
        return x.doubles()[0];
    }
}
