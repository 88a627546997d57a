package javelin.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;
import javelin.tensor.check.GradCheck;

import org.junit.jupiter.api.Test;

class SsimTest {
    @Test
    void equalImagesHaveOne() {
        Tensor x = Rng.seed(1).uniform(0, 1, 2, 13, 12, 3);
        assertThat(Ssim.ssim(x, x, 1).item()).isCloseTo(1, within(1e-6));
        assertThat(Losses.ssim(x, x, 1).item()).isCloseTo(0, within(1e-6));
    }

    /// Flat images have no variance: `(2ab + C₁) / (a² + b² + C₁)`.
    @Test
    void flatImagesCompareMeans() {
        double found =
                Backends.with(
                        Backends.reference(),
                        () ->
                                Ssim.ssim(
                                                Tensor.full(100, 1, 11, 11, 1),
                                                Tensor.full(150, 1, 11, 11, 1),
                                                255)
                                        .item());
        double c1 = 2.55 * 2.55;
        assertThat(found)
                .isCloseTo((2 * 100 * 150 + c1) / (100 * 100 + 150 * 150 + c1), within(1e-9));
    }

    /// One window, with the moments summed as the paper's Eq. (14) to (16) write them.
    @Test
    void oneWindowIsTheFormula() {
        double found =
                Backends.with(
                        Backends.reference(),
                        () -> {
                            Rng rng = Rng.seed(1);
                            Tensor x = rng.uniform(0, 1, 1, 11, 11, 1);
                            Tensor y = rng.uniform(0, 1, 1, 11, 11, 1);
                            return Ssim.ssim(x, y, 1).item() - formula(x.doubles(), y.doubles());
                        });
        assertThat(found).isCloseTo(0, within(1e-12));
    }

    private static double formula(double[] x, double[] y) {
        double[] w = new double[121];
        double total = 0;
        for (int i = 0; i < 121; i++) {
            int u = i / 11 - 5;
            int v = i % 11 - 5;
            w[i] = Math.exp(-(u * u + v * v) / (2 * 1.5 * 1.5));
            total += w[i];
        }
        double mx = 0;
        double my = 0;
        for (int i = 0; i < 121; i++) {
            w[i] /= total;
            mx += w[i] * x[i];
            my += w[i] * y[i];
        }
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int i = 0; i < 121; i++) {
            sxx += w[i] * (x[i] - mx) * (x[i] - mx);
            syy += w[i] * (y[i] - my) * (y[i] - my);
            sxy += w[i] * (x[i] - mx) * (y[i] - my);
        }
        double c1 = 1e-4;
        double c2 = 9e-4;
        return (2 * mx * my + c1) * (2 * sxy + c2) / ((mx * mx + my * my + c1) * (sxx + syy + c2));
    }

    @Test
    void gradientMatchesFiniteDifference() {
        GradCheck.of("ssim", x -> Ssim.ssim(x.get(0), x.get(1), 1))
                .on(Shape.of(1, 12, 11, 2), Shape.of(1, 12, 11, 2))
                .in(0, 1)
                .run();
    }

    @Test
    void imagesMustHoldAWindow() {
        assertThatThrownBy(() -> Ssim.ssim(Tensor.ones(1, 10, 11, 1), Tensor.ones(1, 10, 11, 1), 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("at least 11 pixels");
    }
}
