package javelin.tensor.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// Every op in a plan against the op itself.
class PlanOpTest {
    static List<OpCase> all() {
        return OpCases.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void planIsTheOpOnTheReference(OpCase c) {
        check(c, Backends.reference(), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void planIsTheOpOnTheProcessor(OpCase c) {
        check(c, Backends.cpu(), 1e-5);
    }

    private static void check(OpCase c, Backend on, double tolerance) {
        Backends.with(
                on,
                () -> {
                    List<Tensor> examples = c.check().arguments();
                    Plan plan = Plan.of(x -> c.check().function().apply(x), examples);
                    List<Tensor> x = c.check().seed(2).arguments(); // values it was not traced on
                    Tensor expected = GradMode.off(() -> c.check().function().apply(x));
                    Tensor y = plan.run(x.toArray(Tensor[]::new));
                    assertThat(y.shape()).isEqualTo(expected.shape());
                    if (expected.type() == DType.I32) {
                        assertThat(y.ints()).containsExactly(expected.ints());
                    } else {
                        double largest = 1;
                        for (double e : expected.doubles()) {
                            largest = Math.max(largest, Math.abs(e));
                        }
                        assertThat(y.doubles())
                                .containsExactly(expected.doubles(), offset(tolerance * largest));
                    }
                });
    }
}
