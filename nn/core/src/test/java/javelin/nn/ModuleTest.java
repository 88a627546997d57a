package javelin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Dropout;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Residual;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;

class ModuleTest {
    private static Sequential network(long seed) {
        Rng rng = Rng.seed(seed);
        var layers = new LinkedHashMap<String, Module>();
        layers.put("fc1", new Linear(3, 4, rng));
        layers.put("norm", new BatchNorm(4));
        layers.put("block", new Residual(new Sequential(new Linear(4, 4, rng))));
        layers.put("drop", new Dropout(0.5, rng));
        layers.put("fc2", new Linear(Linear.Config.of(4, 2).bias(false), rng));
        return new Sequential(layers);
    }

    @Test
    void namesAreDottedAndInOrderOfDeclaration() {
        Module m = network(1);
        assertThat(m.parameters().keySet())
                .containsExactly(
                        "fc1.weight",
                        "fc1.bias",
                        "norm.weight",
                        "norm.bias",
                        "block.body.0.weight",
                        "block.body.0.bias",
                        "fc2.weight");
        assertThat(m.buffers().keySet()).containsExactly("norm.running_mean", "norm.running_var");
        assertThat(m.state()).hasSize(9).containsKeys("norm.weight", "norm.running_var");
        assertThat(m.generators().keySet()).containsExactly("drop.mask");
        assertThat(m.children().keySet()).containsExactly("fc1", "norm", "block", "drop", "fc2");
        assertThat(m.modules().keySet()).startsWith("", "fc1", "norm", "block", "block.body");
    }

    @Test
    void parametersWantGradientsAndBuffersDoNot() {
        Module m = network(1);
        assertThat(m.parameters().values()).allMatch(Tensor::requiresGrad);
        assertThat(m.buffers().values()).noneMatch(Tensor::requiresGrad);
        assertThat(m.parameterCount()).isEqualTo(12 + 4 + 4 + 4 + 16 + 4 + 8);
    }

    @Test
    void loadCopiesTheWholeState() {
        Module from = network(1);
        Module to = network(2);
        Tensor x = Rng.seed(3).normal(0, 1, 5, 3);
        from.forward(x); // moves the running statistics
        to.load(from.state());
        from.training(false);
        to.training(false);
        assertThat(to.forward(x).floats()).isEqualTo(from.forward(x).floats());
    }

    @Test
    void loadNamesWhatDoesNotFitAndChangesNothing() {
        Module m = network(1);
        float[] before = m.parameters().get("fc1.weight").floats();
        var state = new LinkedHashMap<>(network(2).state());
        state.put("fc1.bias", Tensor.zeros(7));
        state.put("extra", state.remove("fc2.weight"));
        assertThatThrownBy(() -> m.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing [fc2.weight]")
                .hasMessageContaining("unknown [extra]")
                .hasMessageContaining("fc1.bias is [7], expected [4]");
        assertThat(m.parameters().get("fc1.weight").floats()).isEqualTo(before);
    }

    @Test
    void generatorsContinueFromASavedState() {
        Module m = network(1);
        var states = new LinkedHashMap<String, Rng.State>();
        m.generators().forEach((name, rng) -> states.put(name, rng.state()));
        Tensor x = Rng.seed(3).normal(0, 1, 5, 3);
        float[] first = m.forward(x).floats();
        assertThat(m.forward(x).floats()).isNotEqualTo(first);
        m.loadGenerators(states);
        assertThat(m.forward(x).floats()).isEqualTo(first);
        assertThatThrownBy(() -> m.loadGenerators(new LinkedHashMap<>()))
                .hasMessageContaining("drop.mask");
    }

    @Test
    void modeReachesAllPartsAndInferenceRestoresIt() {
        Module m = network(1);
        assertThat(m.modules().values()).allMatch(Module::isTraining);
        m.children().get("norm").training(false);
        m.inference(() -> assertThat(m.modules().values()).noneMatch(Module::isTraining));
        assertThat(m.isTraining()).isTrue();
        assertThat(m.children().get("norm").isTraining()).isFalse();
    }

    @Test
    void aNameIsTakenOnce() {
        var layers = new LinkedHashMap<String, Module>();
        layers.put("a.b", Activation.relu());
        assertThatThrownBy(() -> new Sequential(layers)).hasMessageContaining("'a.b'");
    }

    @Test
    void aSharedPartHasItsParametersOnce() {
        var shared = new Linear(2, 2, Rng.seed(1));
        assertThat(new Sequential(shared, shared).parameters().keySet())
                .containsExactly("0.weight", "0.bias");
    }

    @Test
    void summaryHasARowPerOpAndTotals() {
        String table = Backends.with(Backends.dry(), () -> network(1).summary(Shape.of(1, 3)));
        assertThat(table.lines().filter(l -> l.startsWith("fc1 ")).findFirst().orElseThrow())
                .containsPattern("fc1 +linear +\\[1, 4\\] +16 +12 +16");
        assertThat(table.lines().reduce((_, last) -> last).orElseThrow())
                .containsPattern("total +52 +36 ");
    }
}
