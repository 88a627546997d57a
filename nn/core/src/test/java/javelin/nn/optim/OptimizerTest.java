package javelin.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.nn.optim.Optimizer.Decay;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Steps of the optimisers against the recurrences of the papers, written for one number.
class OptimizerTest {
    private static final double[] GRADIENTS = {0.5, -2, 1e-3, 0, 3, -0.25};
    private static final double[] RATES = {0.1, 0.1, 0.05, 0.05, 0.2, 0.01};
    private static final double START = 0.8;

    /// One step of one number at time `t ≥ 1`; it remembers by itself.
    private interface Recurrence {
        double step(double w, double dw, double rate, int t);
    }

    private record Case(Optimizer rule, Supplier<Recurrence> recurrence) {}

    private static List<Case> cases() {
        return List.of(
                new Case(new Sgd(), () -> (w, dw, rate, _) -> w - rate * dw),
                new Case(new Sgd(0.9, false, Decay.all(0.01)), () -> momentum(0.9, false, 0.01)),
                new Case(new Sgd(0.9, true, Decay.all(0.01)), () -> momentum(0.9, true, 0.01)),
                new Case(new Adam(Decay.NONE), () -> adam(0.9, 0.999, 1e-8, 0, false)),
                new Case(
                        new Adam(0.5, 0.9, 1e-6, Decay.all(0.1)),
                        () -> adam(0.5, 0.9, 1e-6, 0.1, false)),
                new Case(new AdamW(Decay.all(0.1)), () -> adam(0.9, 0.999, 1e-8, 0.1, true)),
                new Case(new Rmsprop(Decay.NONE), () -> rmsprop(0.99, 0, 1e-8, 0)),
                new Case(
                        new Rmsprop(0.9, 0.8, 1e-3, Decay.all(0.02)),
                        () -> rmsprop(0.9, 0.8, 1e-3, 0.02)));
    }

    private static Recurrence momentum(double mu, boolean nesterov, double decay) {
        double[] v = {0};
        return (w, dw, rate, _) -> {
            double g = dw + decay * w;
            v[0] = mu * v[0] + g;
            return w - rate * (nesterov ? g + mu * v[0] : v[0]);
        };
    }

    private static Recurrence adam(
            double beta1, double beta2, double epsilon, double decay, boolean decoupled) {
        double[] m = {0};
        double[] v = {0};
        return (w, dw, rate, t) -> {
            double g = decoupled ? dw : dw + decay * w;
            m[0] = beta1 * m[0] + (1 - beta1) * g;
            v[0] = beta2 * v[0] + (1 - beta2) * g * g;
            double mean = m[0] / (1 - Math.pow(beta1, t));
            double square = v[0] / (1 - Math.pow(beta2, t));
            double shrink = decoupled ? decay * w : 0;
            return w - rate * (mean / (Math.sqrt(square) + epsilon) + shrink);
        };
    }

    private static Recurrence rmsprop(double rho, double mu, double epsilon, double decay) {
        double[] s = {0};
        double[] v = {0};
        return (w, dw, rate, _) -> {
            double g = dw + decay * w;
            s[0] = rho * s[0] + (1 - rho) * g * g;
            v[0] = mu * v[0] + g / (Math.sqrt(s[0]) + epsilon);
            return w - rate * v[0];
        };
    }

    @TestFactory
    List<DynamicTest> followsTheRecurrence() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case c : cases()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            c.rule + " in 64 bits",
                            () -> Backends.with(Backends.reference(), () -> follow(c, 1e-12))));
            tests.add(
                    DynamicTest.dynamicTest(
                            c.rule + " in 32 bits",
                            () -> Backends.with(Backends.cpu(), () -> follow(c, 2e-5))));
        }
        return tests;
    }

    /// 37 equal numbers: whole vectors and a tail.
    private static void follow(Case c, double tolerance) {
        Tensor w = Tensor.full(START, 37);
        var state = c.rule.start(Map.of("w", w));
        Recurrence recurrence = c.recurrence.get();
        double expected = START;
        for (int t = 1; t <= GRADIENTS.length; t++) {
            Tensor dw = Tensor.full(GRADIENTS[t - 1], 37);
            state.step(Map.of("w", dw), RATES[t - 1]);
            expected = recurrence.step(expected, GRADIENTS[t - 1], RATES[t - 1], t);
            for (double found : w.doubles()) {
                assertThat(found).isCloseTo(expected, within(tolerance));
            }
        }
        assertThat(state.steps()).isEqualTo(GRADIENTS.length);
    }

    @Test
    void decayOfMatricesLeavesVectorsAlone() {
        var parameters = Map.of("weight", Tensor.ones(2, 2), "bias", Tensor.ones(2));
        var zeros = Map.of("weight", Tensor.zeros(2, 2), "bias", Tensor.zeros(2));
        new Sgd(0, false, Decay.matrices(0.5)).start(parameters).step(zeros, 1);
        assertThat(parameters.get("weight").floats()).containsOnly(0.5f);
        assertThat(parameters.get("bias").floats()).containsOnly(1);
    }

    @Test
    void restoredStateContinuesWithTheSameBits() {
        for (Case c : cases()) {
            Rng rng = Rng.seed(7);
            Map<String, Tensor> w = parameters(rng.split(0));
            Optimizer.State whole = c.rule.start(w);
            whole.step(parameters(rng.split(1)), 0.1);

            Map<String, Tensor> copy = new LinkedHashMap<>();
            w.forEach((name, p) -> copy.put(name, Tensor.of(p.floats(), p.shape().dims())));
            Optimizer.State resumed = c.rule.start(copy);
            resumed.load(whole.tensors(), whole.numbers());

            whole.step(parameters(rng.split(2)), 0.1);
            resumed.step(parameters(rng.split(2)), 0.1);
            w.forEach((name, p) -> assertThat(copy.get(name).floats()).isEqualTo(p.floats()));
            assertThat(resumed.steps()).isEqualTo(2);
        }
    }

    private static Map<String, Tensor> parameters(Rng rng) {
        var map = new LinkedHashMap<String, Tensor>();
        map.put("a", rng.normal(0, 1, 3, 5));
        map.put("b", rng.normal(0, 1, 5));
        return map;
    }

    @Test
    void parametersWithoutGradientStay() {
        Map<String, Tensor> w = parameters(Rng.seed(1));
        float[] before = w.get("b").floats();
        new Sgd(0.9, false, Decay.all(0.1)).start(w).step(Map.of("a", Tensor.ones(3, 5)), 1);
        assertThat(w.get("b").floats()).isEqualTo(before);
    }

    @Test
    void misfitsAreNamed() {
        var state = new Sgd(0.9, false, Decay.NONE).start(parameters(Rng.seed(1)));
        assertThatThrownBy(() -> state.step(Map.of("c", Tensor.ones(1)), 1))
                .hasMessageContaining("'c'");
        assertThatThrownBy(() -> state.step(Map.of("a", Tensor.ones(5, 3)), 1))
                .hasMessageContaining("[5, 3]")
                .hasMessageContaining("[3, 5]");
        assertThatThrownBy(() -> state.step(Map.of(), Double.NaN)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new Sgd(1, false, Decay.NONE)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> Decay.all(-1)).hasMessageContaining("weight decay");
    }
}
