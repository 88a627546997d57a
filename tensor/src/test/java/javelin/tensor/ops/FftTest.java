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

import javelin.kernels.Backends;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

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

    private static Tensor normal(int... shape) {
        return Rng.seed(11).normal(0, 1, shape);
    }

    private static void same(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.doubles()).containsExactly(b.doubles(), offset(CLOSE));
    }
}
