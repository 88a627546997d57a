package javelin.tensor.ops;

import static javelin.tensor.ops.Fft.fft;
import static javelin.tensor.ops.Fft.fft2;
import static javelin.tensor.ops.Fft.ifft;
import static javelin.tensor.ops.Fft.ifft2;
import static javelin.tensor.ops.Irfft.irfft;
import static javelin.tensor.ops.Irfft.irfft2;
import static javelin.tensor.ops.Rfft.rfft;
import static javelin.tensor.ops.Rfft.rfft2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Autograd;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Laws of the Fourier transform, in 64 bits.
class FftTest {
    private static final double CLOSE = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 12, 37, 64})
    void inverseUndoesTheTransform(int n) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(3, n, 4, 2);
                    same(ifft(fft(x, 1), 1), x);
                    same(ifft2(fft2(x)), x);
                    Tensor r = normal(3, 4, n);
                    same(irfft(rfft(r), n), r);
                    same(irfft2(rfft2(r), n), r);
                });
    }

    /// `Σ|y|² = n·Σ|x|²`.
    @ParameterizedTest
    @ValueSource(ints = {1, 6, 31, 100})
    void energyIsKept(int n) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(n, 2);
                    assertThat(fft(x).square().sum().item())
                            .isCloseTo(n * x.square().sum().item(), within(1e-9));
                });
    }

    @Test
    void sumsGoToSums() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(20, 2);
                    Tensor y = normal(20, 2);
                    same(fft(x.mul(3).add(y)), fft(x).mul(3).add(fft(y)));
                });
    }

    /// Numbers moved on by `s` places turn `y[k]` by `−2π·ks/n`.
    @Test
    void shiftTurnsPhases() {
        Backends.with(
                Backends.reference(),
                () -> {
                    int n = 14;
                    int s = 3;
                    double[] x = normal(n, 2).doubles();
                    double[] moved = new double[2 * n];
                    for (int i = 0; i < 2 * n; i++) {
                        moved[(i + 2 * s) % (2 * n)] = x[i];
                    }
                    double[] y = fft(Tensor.of(x, n, 2)).doubles();
                    double[] z = fft(Tensor.of(moved, n, 2)).doubles();
                    for (int k = 0; k < n; k++) {
                        double c = Math.cos(2 * Math.PI * k * s / n);
                        double i = -Math.sin(2 * Math.PI * k * s / n);
                        assertThat(z[2 * k])
                                .isCloseTo(y[2 * k] * c - y[2 * k + 1] * i, within(CLOSE));
                        assertThat(z[2 * k + 1])
                                .isCloseTo(y[2 * k] * i + y[2 * k + 1] * c, within(CLOSE));
                    }
                });
    }

    @Test
    void severalAxesAreOneAfterTheOther() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(3, 4, 5, 2, 2);
                    Tensor steps = fft(fft(fft(fft(x, 0), 1), 2), 3);
                    same(fft(x, 0, 1, 2, 3), steps);
                    same(fft(x, -1, 1, 0, -2), steps);
                    same(ifft(steps, 3, 2, 1, 0), x);
                    Tensor r = normal(4, 3, 6, 5);
                    same(rfft(r, 3, 0, 2), fft(fft(rfft(r, 2), 0), 3));
                    same(irfft(rfft(r, 3, 0, 2), 6, 0, 3, 2), r);
                    same(rfft2(r), rfft(r, -2, -1));
                });
    }

    /// `y[k,l,m] = Σ x[a,b,c] · e^(−2πi·(ak/2 + bl/3 + cm/4))`.
    @Test
    void volumesFollowTheDefinition() {
        Backends.with(
                Backends.reference(),
                () -> {
                    double[] x = normal(2, 3, 4).doubles();
                    double[] y = rfft(Tensor.of(x, 2, 3, 4), 0, 1, 2).doubles();
                    for (int to = 0; to < 2 * 3 * 3; to++) {
                        double re = 0;
                        double im = 0;
                        for (int from = 0; from < x.length; from++) {
                            double turns =
                                    (from / 12) * (to / 9) / 2.0
                                            + (from / 4 % 3) * (to / 3 % 3) / 3.0
                                            + (from % 4) * (to % 3) / 4.0;
                            re += x[from] * Math.cos(2 * Math.PI * turns);
                            im -= x[from] * Math.sin(2 * Math.PI * turns);
                        }
                        assertThat(y[2 * to]).isCloseTo(re, within(CLOSE));
                        assertThat(y[2 * to + 1]).isCloseTo(im, within(CLOSE));
                    }
                });
    }

    static Stream<Arguments> maps() {
        UnaryOperator<Tensor> complex = x -> fft(x, 0, 2, 1);
        UnaryOperator<Tensor> inverse = x -> ifft(x, -1, 0);
        UnaryOperator<Tensor> real = x -> rfft(x, 2, 0, 1);
        UnaryOperator<Tensor> back = x -> irfft(x, 6, 1, 0);
        return Stream.of(
                arguments("fft", complex, Shape.of(3, 4, 5, 2)),
                arguments("ifft", inverse, Shape.of(3, 4, 5, 2)),
                arguments("rfft", real, Shape.of(3, 4, 5)),
                arguments("irfft", back, Shape.of(4, 3, 5, 2)));
    }

    /// `⟨A x, dy⟩ = ⟨x, Aᵀ dy⟩`, with `Aᵀ` from the gradient.
    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void gradientIsTheAdjoint(String name, UnaryOperator<Tensor> map, Shape shape) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(shape.dims()).requireGrad();
                    Tensor y = map.apply(x);
                    Tensor dy = Rng.seed(12).normal(0, 1, y.shape().dims());
                    Tensor dx = Autograd.vjp(y, dy, List.of(x), false).getFirst();
                    assertThat(y.mul(dy).sum().item())
                            .as(name)
                            .isCloseTo(x.mul(dx).sum().item(), within(1e-11));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 64})
    void realTransformIsHalfOfTheComplexOne(int n) {
        for (var backend : new javelin.kernels.Backend[] {Backends.reference(), Backends.cpu()}) {
            Backends.with(
                    backend,
                    () -> {
                        double[] x = normal(n).doubles();
                        double[] pairs = new double[2 * n];
                        for (int i = 0; i < n; i++) {
                            pairs[2 * i] = x[i];
                        }
                        double[] whole = fft(Tensor.of(pairs, n, 2)).doubles();
                        double close = backend.name().equals("cpu") ? 1e-4 : CLOSE;
                        assertThat(rfft(Tensor.of(x, n)).doubles())
                                .containsExactly(
                                        Arrays.copyOf(whole, n / 2 * 2 + 2), offset(close));
                    });
        }
    }

    /// What is not finite spoils all numbers of its transform, and nothing beside or after it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 13, 37, 60, 64, 97, 128, 207, 1000, 1024, 4096})
    void whatIsNotFiniteSpreadsOverItsTransformOnly(int n) {
        Backend cpu = Backends.cpu();
        for (Backend on : n > 100 ? List.of(cpu) : List.of(cpu, Backends.reference())) {
            Backends.with(
                    on,
                    () -> {
                        Tensor x = normal(3, n, 2);
                        spreads(t -> fft(t), x, 2);
                        spreads(t -> ifft(t), x, 2);
                        spreads(t -> fft(t.permute(1, 0, 2), 0).permute(1, 0, 2), x, 2);
                        spreads(t -> rfft(t), normal(3, n), 2);
                        spreads(t -> irfft(t, n), normal(3, n / 2 + 1, 2), 1);
                    });
        }
    }

    /// @param parts of each number of the result, of which one at least is not finite
    private static void spreads(UnaryOperator<Tensor> map, Tensor x, int parts) {
        double[] clean = map.apply(x).doubles();
        for (double odd : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            double[] values = x.doubles();
            int row = values.length / 3;
            values[row + row / 6 * 2] = odd; // the second row; a real part
            double[] y = map.apply(Tensor.of(values, x.shape().dims())).doubles();
            row = y.length / 3;
            for (int i = 0; i < y.length; i += parts) {
                if (i / row == 1) {
                    assertThat(y[i] + y[i + parts - 1]).isNotFinite();
                } else {
                    assertThat(y[i]).isEqualTo(clean[i]);
                }
            }
            assertThat(map.apply(x).doubles()).containsExactly(clean);
        }
    }

    /// The bound is that of two transforms in 32 bits one after the other.
    @Test
    void lengthMayBeAHugePrime() {
        int n = 1_000_003;
        double bound = 2 * 2.5 * 0x1p-24 * Math.sqrt(Math.log(2.0 * n) / Math.log(2));
        Backends.with(
                Backends.cpu(),
                () -> {
                    Tensor x = normal(n, 2);
                    assertThat(relative(ifft(fft(x)), x)).isLessThan(bound);
                    Tensor r = normal(n);
                    assertThat(relative(irfft(rfft(r), n), r)).isLessThan(bound);
                });
    }

    private static double relative(Tensor y, Tensor x) {
        return Math.sqrt(y.sub(x).square().sum().item() / x.square().sum().item());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 13, 37, 60, 64, 97, 128})
    void partsThatDoNotCountMayBeAnything(int n) {
        for (Backend on : List.of(Backends.cpu(), Backends.reference())) {
            Backends.with(
                    on,
                    () -> {
                        Tensor y = normal(2, n / 2 + 1, 2);
                        double[] odd = y.doubles();
                        for (int row = 0; row < 2; row++) {
                            odd[row * (n / 2 + 1) * 2 + 1] = Double.NaN;
                            if (n % 2 == 0) {
                                odd[row * (n / 2 + 1) * 2 + n + 1] = Double.POSITIVE_INFINITY;
                            }
                        }
                        assertThat(irfft(Tensor.of(odd, 2, n / 2 + 1, 2), n).doubles())
                                .as(on.name())
                                .containsExactly(irfft(y, n).doubles());
                    });
        }
    }

    private static Tensor normal(int... shape) {
        return Rng.seed(11).normal(0, 1, shape);
    }

    private static void same(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.doubles()).containsExactly(b.doubles(), offset(CLOSE));
    }
}
