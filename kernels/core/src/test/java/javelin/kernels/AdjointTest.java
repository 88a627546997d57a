package javelin.kernels;

import static javelin.kernels.Host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.fft.Fft;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;
import javelin.kernels.index.Gather;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.reduce.Reduce;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// `⟨A x, y⟩ = ⟨x, Aᵀ y⟩` for every pair of linear kernels of which one is the gradient of the
/// other.
class AdjointTest {
    /// A linear kernel from `x` to `y` and its adjoint; `rest` are further inputs of both.
    record Pair(Kernel forward, Kernel backward, Shape x, Shape y, List<View> rest) {}

    static Stream<Pair> pairs() {
        View index = Host.whole(4, 0, 4, 2);
        List<Integer> start = List.of(1, 0, 2);
        List<Integer> step = List.of(2, 1, 3);
        Shape cube = Shape.of(5, 4, 9);
        Shape part = Shape.of(2, 4, 3);
        Shape channels = Shape.of(2, 3, 4, 5);
        return Stream.concat(
                Stream.of(
                        new Pair(
                                new Gather(1),
                                new ScatterAdd(1),
                                Shape.of(3, 5, 2),
                                Shape.of(3, 4, 2),
                                List.of(index)),
                        new Pair(
                                new Slice(start, step),
                                new SliceInput(start, step),
                                cube,
                                part,
                                List.of()),
                        new Pair(
                                new Broadcast(),
                                new Reduce(Reduce.Kind.SUM, 0b0111),
                                Shape.of(5),
                                channels,
                                List.of()),
                        new Pair(
                                new Broadcast(),
                                new Reduce(Reduce.Kind.SUM, 0b0110),
                                Shape.of(2, 1, 1, 5),
                                channels,
                                List.of()),
                        new Pair(
                                new Permute(List.of(2, 0, 1)),
                                new Permute(List.of(1, 2, 0)),
                                cube,
                                Shape.of(9, 5, 4),
                                List.of()),
                        new Pair(new Flip(0b101), new Flip(0b101), cube, cube, List.of()),
                        new Pair(
                                new Fft(0b101, false, 0.5),
                                new Fft(0b101, true, 0.5),
                                Shape.of(5, 3, 8, 2),
                                Shape.of(5, 3, 8, 2),
                                List.of()),
                        new Pair(
                                new Rfft(1, 2, 0.7),
                                new Irfft(1, 2, 0.7),
                                Shape.of(3, 10, 4),
                                Shape.of(3, 6, 4, 2),
                                List.of()),
                        new Pair(
                                new Rfft(0, 2, 1),
                                new Irfft(0, 2, 1),
                                Shape.of(7, 4),
                                Shape.of(4, 4, 2),
                                List.of())),
                Stream.of(Pad.Mode.values())
                        .map(mode ->
                                new Pair(
                                        new Pad(mode, List.of(1, 0, 2), 0),
                                        new PadInput(mode, List.of(1, 0, 2)),
                                        Shape.of(3, 4, 5),
                                        Shape.of(5, 4, 8),
                                        List.of())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void innerProductsAgree(Pair p) {
        var random = new SplittableRandom(7);
        double[] x = random.doubles(p.x().size(), -1, 1).toArray();
        double[] y = random.doubles(p.y().size(), -1, 1).toArray();
        double[] ax = run(p.forward(), p.y(), inputs(p, p.x(), x));
        double[] ay = run(p.backward(), p.x(), inputs(p, p.y(), y));
        assertThat(dot(ax, y)).isCloseTo(dot(x, ay), within(1e-12));
    }

    private static View[] inputs(Pair p, Shape shape, double[] values) {
        return Stream.concat(Stream.of(Host.real(shape, values)), p.rest().stream())
                .toArray(View[]::new);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
