package javelin.tensor.ops;

import static javelin.tensor.ops.CircularConv.circularConv;
import static javelin.tensor.ops.SpectralConv.spectralConv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Convolutions by spectra against their sums.
class SpectralConvTest {
    private static final double CLOSE = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 13})
    void signalsFollowTheDirectSum(int n) {
        Backends.with(
                Backends.reference(),
                () -> {
                    double[] x = normal(1, n).doubles();
                    double[] w = normal(2, n).doubles();
                    Tensor y = circularConv(Tensor.of(x, n), Tensor.of(w, n));
                    assertThat(y.doubles()).containsExactly(direct(x, w, 1, n), offset(CLOSE));
                });
    }

    @Test
    void imagesFollowTheDirectSum() {
        Backends.with(
                Backends.reference(),
                () -> {
                    double[] x = normal(1, 5, 6).doubles();
                    double[] w = normal(2, 5, 6).doubles();
                    Tensor y = circularConv(Tensor.of(x, 5, 6), Tensor.of(w, 5, 6), 0, 1);
                    assertThat(y.doubles()).containsExactly(direct(x, w, 5, 6), offset(CLOSE));
                });
    }

    /// Results are of size `√n`; the rounding of three transforms and a product is a small multiple
    /// of `2⁻²⁴` of that.
    @ParameterizedTest
    @ValueSource(ints = {97, 256, 1000})
    void floatsFollowTheDirectSum(int n) {
        Backends.with(
                Backends.cpu(),
                () -> {
                    Tensor x = normal(1, n);
                    Tensor w = normal(2, n);
                    double[] expected = direct(x.doubles(), w.doubles(), 1, n);
                    assertThat(circularConv(x, w).doubles())
                            .containsExactly(expected, offset(4e-6 * Math.sqrt(n)));
                });
    }

    @Test
    void unitImpulseShifts() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5}, 5);
                    Tensor w = Tensor.of(new double[] {0, 0, 1, 0, 0}, 5);
                    assertThat(circularConv(x, w).doubles())
                            .containsExactly(new double[] {4, 5, 1, 2, 3}, offset(CLOSE));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void allFrequenciesOfKernelsMakeTheirCircularConvolution(int n) {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor x = normal(1, 2, n, 3);
                    Tensor w = normal(2, n, 3, 4);
                    Tensor y = spectralConv(x, Rfft.rfft(w, 0));
                    Tensor apart = circularConv(x.reshape(2, n, 3, 1), w, 1);
                    assertThat(y.shape()).isEqualTo(Shape.of(2, n, 4));
                    assertThat(y.doubles()).containsExactly(apart.sum(2).doubles(), offset(CLOSE));
                });
    }

    /// `y[p,q] = 1/(h·v) · Σ_{k,l} Re(w[k,l] · X[k,l] · e^(2πi·(kp/h + lq/v)))` over the kept
    /// frequencies and, for `l` above 0 and below `v/2`, their mirror images.
    @Test
    void keptFrequenciesFollowTheDirectSum() {
        int h = 6;
        int v = 8;
        int[] rows = {0, 1, -1};
        Backends.with(
                Backends.reference(),
                () -> {
                    double[] x = normal(1, h, v).doubles();
                    double[] w = normal(2, 3, 5, 2).doubles();
                    double[] y = new double[h * v];
                    for (int i = 0; i < 3; i++) {
                        for (int l = 0; l < 5; l++) {
                            int two = l == 0 || 2 * l == v ? 1 : 2;
                            for (int p = 0; p < h * v; p++) {
                                for (int q = 0; q < h * v; q++) {
                                    double turns =
                                            rows[i] * (p / v - q / v) / (double) h
                                                    + l * (p % v - q % v) / (double) v;
                                    double re = w[2 * (5 * i + l)] * Math.cos(2 * Math.PI * turns);
                                    double im =
                                            w[2 * (5 * i + l) + 1] * Math.sin(2 * Math.PI * turns);
                                    y[p] += two * x[q] * (re - im) / (h * v);
                                }
                            }
                        }
                    }
                    Tensor found =
                            spectralConv(Tensor.of(x, 1, h, v, 1), Tensor.of(w, 3, 5, 1, 1, 2));
                    assertThat(found.doubles()).containsExactly(y, offset(CLOSE));
                });
    }

    @Test
    void oneSpectrumServesTwoResolutions() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Tensor w = normal(3, 3, 1, 1, 2);
                    double[] coarse = spectralConv(wave(8), w).doubles();
                    double[] fine = spectralConv(wave(16), w).doubles();
                    for (int i = 0; i < 8; i++) {
                        assertThat(fine[2 * i]).isCloseTo(coarse[i], within(CLOSE));
                    }
                });
    }

    /// `[1, n, 1]`: one turn and two turns.
    private static Tensor wave(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.cos(2 * Math.PI * i / n) + Math.sin(4 * Math.PI * i / n);
        }
        return Tensor.of(x, 1, n, 1);
    }

    /// `y[i,j] = Σ_{p,q} x[p,q] · w[(i−p) mod h, (j−q) mod v]`.
    private static double[] direct(double[] x, double[] w, int h, int v) {
        double[] y = new double[h * v];
        for (int i = 0; i < h * v; i++) {
            for (int p = 0; p < h * v; p++) {
                int row = Math.floorMod(i / v - p / v, h);
                int column = Math.floorMod(i % v - p % v, v);
                y[i] += x[p] * w[row * v + column];
            }
        }
        return y;
    }

    private static Tensor normal(long seed, int... shape) {
        return Rng.seed(seed).normal(0, 1, shape);
    }
}
