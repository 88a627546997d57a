package javelin.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.Module;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ModelFileTest {
    private static final NetworkConfig CONFIG = Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 3));

    @TempDir Path folder;

    @Test
    void opensWhatItSaved() throws Exception {
        Path file = folder.resolve("m.safetensors");
        ModelFile.Model model = model();
        Tensor weight = model.network().parameters().values().iterator().next();
        float[] odd = weight.floats();
        odd[0] = Float.NaN;
        odd[1] = Float.NEGATIVE_INFINITY;
        weight.assign(Tensor.of(odd, weight.shape().dims()));
        ModelFile.save(file, model);
        ModelFile.Model read = ModelFile.open(file);
        assertThat(Zoo.config(read.spec())).isEqualTo(CONFIG);
        assertThat(read.height()).isEqualTo(28);
        assertThat(read.channels()).isEqualTo(1);
        assertThat(read.mean()).containsExactly(0.25);
        assertThat(read.std()).containsExactly(0.5);
        assertThat(read.classes()).containsExactly("a", "b", "c");
        assertThat(read.origin()).containsEntry("seed", 7L).containsEntry("note", null);
        assertThat(read.network().isTraining()).isFalse();
        read.network()
                .state()
                .forEach((name, t) ->
                        assertThat(t.floats())
                                .isEqualTo(model.network().state().get(name).floats()));
    }

    @Test
    void sameModelGivesTheSameBytes() throws Exception {
        ModelFile.save(folder.resolve("a"), model());
        ModelFile.save(folder.resolve("b"), model());
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void refusesTensorsOfAnotherArchitecture() throws Exception {
        Path file = folder.resolve("m.safetensors");
        ModelFile.save(file, model());
        String text;
        var tensors = new LinkedHashMap<String, TensorValues>();
        try (var read = Safetensors.open(file)) {
            text = read.metadata().get("javelin.model");
            for (String name : read.names()) {
                tensors.put(name, TensorValues.of(read.tensor(name)));
            }
        }
        String first = tensors.keySet().iterator().next();
        var lacking = new LinkedHashMap<>(tensors);
        lacking.remove(first);
        rewrite(file, lacking, text);
        refused(file, "lacks tensor \"" + first + "\" of family 'lenet5'");
        var more = new LinkedHashMap<>(tensors);
        more.put("extra", TensorValues.of(new float[1], 1));
        rewrite(file, more, text);
        refused(file, "has tensor \"extra\", which family 'lenet5' does not have");
        var bent = new LinkedHashMap<>(tensors);
        bent.put(first, TensorValues.of(new float[2], 2, 1));
        rewrite(file, bent, text);
        refused(file, "tensor \"" + first + "\" has shape [2, 1], but this 'lenet5' needs [");
        rewrite(file, tensors, text.replace("\"lenet5\"", "\"lenet6\""));
        refused(file, "no family 'lenet6'");
        rewrite(file, tensors, text.replace("\"version\":1", "\"version\":2"));
        refused(file, "is a model of version 2; this program reads version 1");
        rewrite(file, tensors, text.replace("\"deviation\":[0.5]", "\"deviation\":[0]"));
        refused(file, "is damaged, its checksum does not fit");
        rewrite(file, tensors, text.replace("\"fc1\":120", "\"fc1\":1048576"));
        refused(file, "has shape");
        rewrite(file, tensors, "{}");
        refused(file, "has a model whose 'version' is not a whole number");
    }

    @Test
    void otherSafetensorsAreNoModels() throws Exception {
        Path file = folder.resolve("x");
        Safetensors.write(file, Map.of(), Map.of());
        refused(file, "is a safetensors file but no model");
    }

    @Test
    void damageIsNoticedAndNeverFailsInAnotherWay() throws Exception {
        Path file = folder.resolve("m.safetensors");
        ModelFile.save(file, model());
        byte[] good = Files.readAllBytes(file);
        var random = new Random(4);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(random.nextBoolean() ? 2500 : bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            assertThatThrownBy(() -> ModelFile.open(file))
                    .as("bit of byte %d", at)
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageStartingWith(file + ": ");
        }
        for (int i = 0; i < 100; i++) {
            Files.write(file, Arrays.copyOf(good, random.nextInt(good.length)));
            assertThatThrownBy(() -> ModelFile.open(file))
                    .isExactlyInstanceOf(FormatException.class);
        }
    }

    private static ModelFile.Model model() {
        Module network = CONFIG.build(Rng.seed(1));
        var origin = new LinkedHashMap<String, Object>();
        origin.put("seed", 7L);
        origin.put("note", null);
        return new ModelFile.Model(
                CONFIG.spec(),
                network,
                28,
                28,
                List.of(0.25),
                List.of(0.5),
                List.of("a", "b", "c"),
                origin);
    }

    private static void rewrite(Path file, Map<String, TensorValues> tensors, String text)
            throws Exception {
        Safetensors.write(
                file, tensors, Map.of("javelin.model", text, "javelin.checksum", "00000000"));
    }

    private static void refused(Path file, String problem) {
        assertThatThrownBy(() -> ModelFile.open(file))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }
}
