package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.tensor.Rng;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Parameters that no solver can work with are named at once.
class ConfigTest {
    private static final Backend CPU = Backends.cpu();

    @Test
    void totalVariationChecksItsParameters() {
        var good = TotalVariation.Config.DEFAULT;
        rejects(
                () -> good.withWeights(0, 32),
                "total variation: mu must be a number above 0, got 0.0");
        rejects(() -> good.withWeights(256, Double.NaN), "beta must be a number above 0, got NaN");
        rejects(() -> good.withLimits(-1e-4, 300, 10), "tolerance must be a number of 0 or more");
        rejects(() -> good.withLimits(1e-4, 0, 10), "maxIterations must be 1 or more, got 0");
        rejects(() -> good.withLimits(1e-4, 300, 0), "maxOuter must be 1 or more, got 0");
        rejects(
                () -> new TotalVariation.Config(256, 32, 512, 32, 1e-4, 1e-3, 300, 10, true, true),
                "mu goes from 512.0 to 256.0");
        rejects(
                () ->
                        new TotalVariation.Config(
                                256, 32, 256, 32, 1e-4, Double.POSITIVE_INFINITY, 9, 9, true, true),
                "innerTolerance must be a number of 0 or more, got Infinity");
    }

    @Test
    void fistaChecksItsParameters() {
        rejects(() -> new Fista.Config(0, 0.1, 6, 1e-4, 10), "first must be a number above 0");
        rejects(() -> new Fista.Config(0.1, -1, 6, 1e-4, 10), "last must be a number above 0");
        rejects(() -> new Fista.Config(0.1, 0.2, 6, 1e-4, 10), "0.1 is less than 0.2");
        rejects(() -> new Fista.Config(0.1, 0.01, 0, 1e-4, 10), "stages must be 1 or more");
        rejects(() -> new Fista.Config(0.1, 0.01, 6, Double.NaN, 10), "tolerance must be");
        rejects(() -> new Fista.Config(0.1, 0.01, 6, 1e-4, -3), "maxIterations must be 1 or more");
        assertThat(Fista.Config.DEFAULT.withLast(0.5).first()).isEqualTo(0.5);
    }

    @Test
    void admmChecksItsParameters() {
        rejects(() -> new LineAdmm.Config(0, 1, 1, 1, true, 0, 1), "rho must be a number above 0");
        rejects(() -> new LineAdmm.Config(1, -1, 1, 1, true, 0, 1), "kappa must be");
        rejects(() -> new LineAdmm.Config(1, 1, 0, 1, true, 0, 1), "epsilon must be");
        rejects(
                () -> LineAdmm.Config.DEFAULT.withTheta(-0.1),
                "theta must be a number of 0 or more");
        rejects(() -> new LineAdmm.Config(1, 1, 1, 1, true, -1, 1), "tolerance must be");
        rejects(() -> new LineAdmm.Config(1, 1, 1, 1, true, 0, 0), "maxIterations must be");
        Measurement a = DenseMeasurement.bernoulli(CPU, 2, 8, Rng.seed(1));
        rejects(() -> new LineAdmm(CPU, a, 0, LineAdmm.Config.DEFAULT), "lines must be 1 or more");
        rejects(
                () -> new JointAdmm(CPU, a, 4, 0, LineAdmm.Config.DEFAULT),
                "the weight between lines must be a number above 0, got 0.0");
        rejects(() -> new OneShot(CPU, a, 1, -1), "eta must be a number of 0 or more, got -1.0");
        rejects(() -> new OneShot(CPU, a, 0, 1), "lines must be 1 or more, got 0");
    }

    /// One sentence each: no line break, no second sentence.
    private static void rejects(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContainingAny("\n", ". ");
    }
}
