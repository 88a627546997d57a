package javelin.algorithms.cli;

import static javelin.algorithms.cli.Run.javelin;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Images;
import javelin.nn.data.augment.Normalize;
import javelin.nn.io.Json;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.PlainCnn;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// `javelin prune` on drawn digits: what it writes can be used, and bad input leaves nothing.
class PruneCommandTest {
    private static final List<String> QUICK =
            List.of(
                    "--set",
                    "drawn",
                    "--limit",
                    "200",
                    "--samples",
                    "64",
                    "--stage-epochs",
                    "0",
                    "--finetune",
                    "1",
                    "-q");

    @TempDir Path folder;

    @Test
    void prunedNetworkIsReopenedWithTheSameAnswers() throws IOException {
        Path model = model(10, List.of(8, 16, 24));
        Path out = folder.resolve("pruned.safetensors");
        Path json = folder.resolve("pruned.json");
        Run run =
                prune(
                        model,
                        "--method",
                        "dcp",
                        "--rate",
                        "0.5",
                        "--out",
                        out.toString(),
                        "--json",
                        json.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("conv2", "8 -> 4", "16 -> 8", "parameters", "times as fast", "accuracy");
        Map<?, ?> results = Json.parseObject(Files.readString(json), "pruned.json");
        Map<?, ?> configuration = (Map<?, ?>) Objects.requireNonNull(results.get("configuration"));
        assertThat(configuration.get("layers")).isEqualTo(List.of(4L, 8L, 24L));

        Classifier small = Classifier.load(out);
        assertThat(small.config())
                .isEqualTo(new PlainCnn.Config(28, 28, 1, List.of(4, 8, 24), 32, 10));
        Run inspect = javelin("inspect", out.toString());
        assertThat(inspect.code()).as(inspect.err()).isZero();
        assertThat(inspect.out()).contains("plain-cnn", "pruning");

        Path image = folder.resolve("digit.png");
        Images.write(image, DrawnDigits.draw(1, 1).picture(0));
        Path answer = folder.resolve("answer.json");
        Run predict =
                javelin(
                        "predict",
                        out.toString(),
                        image.toString(),
                        "--top",
                        "10",
                        "--json",
                        answer.toString());
        assertThat(predict.code()).as(predict.err()).isZero();
        float[] pixels = new float[28 * 28];
        DrawnDigits.draw(1, 1).sample(0, pixels, 0);
        small.pixels().apply(pixels);
        float[] logits =
                GradMode.off(
                        () -> small.network().forward(Tensor.of(pixels, 1, 28, 28, 1)).floats());
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        assertThat(predict.out()).contains(small.classes().get(best));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void sweepWritesATableAndAPictureAndGoesOn() throws IOException {
        Path model = model(10, List.of(4, 6, 4));
        Path out = folder.resolve("curve.csv");
        Run run =
                prune(
                        model,
                        "--method",
                        "magnitude",
                        "--sweep",
                        "0.3:0.5:0.2",
                        "--out",
                        out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("rate,parameters,macs,ms,accuracy");
        assertThat(lines.get(1)).startsWith("0.3,");
        assertThat(Files.readString(folder.resolve("curve.svg"))).startsWith("<svg xmlns");
        Run again =
                prune(
                        model,
                        "--method",
                        "magnitude",
                        "--sweep",
                        "0.3:0.7:0.2",
                        "--out",
                        out.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllLines(out)).hasSize(4).startsWith(lines.toArray(String[]::new));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate 0 | --rate: the part of channels to remove must be above 0 and below 1, got 0",
                "--rate 1 | --rate: the part of channels to remove must be above 0 and below 1, got 1",
                "--rate NaN | --rate: expected a number above 0 and below 1 such as 0.3, got 'NaN'",
                "--method magnitud | unknown method 'magnitud' (did you mean 'magnitude'?)",
                "--method magnitude --rate adaptive | --rate adaptive needs a method that fits weights",
                "--round-to 0 | --round-to must be at least 1, got 0",
                "--fit -1 | --fit must be at least 0, got -1",
                "--epsilon 2 | --epsilon must be above 0 and below 1, got 2.0",
                "--sweep 0.1:0.7 | --sweep needs FROM:TO:STEP such as 0.1:0.7:0.1, got '0.1:0.7'",
                "--sweep 0.7:0.1:0.1 | --sweep is empty, 0.7 is above 0.1",
            })
    void wrongUseIsOneSentence(String options, String sentence) throws IOException {
        Path model = model(10, List.of(4, 4));
        List<String> all = new ArrayList<>(List.of("--out", folder.resolve("p").toString()));
        all.addAll(List.of(options.split(" ")));
        Run run = prune(model, all.toArray(String[]::new));
        assertThat(run.err()).contains(sentence).hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void classesThatDoNotMatchTheData() throws IOException {
        fails(
                model(7, List.of(4, 4)),
                "the model tells 7 classes apart in pictures of 28 x 28 x 1, but set 'drawn' has 10 classes");
    }

    @Test
    void networkWhoseChannelsCannotBeCut() throws IOException {
        fails(
                model(10, List.of(4)),
                "prune: no convolution alone reads channels that one layer makes; the channels of this network: those of conv1 are read by fc1.weight");
    }

    @Test
    void channelsWithoutBatchNormCannotBeSlimmed() throws IOException {
        fails(
                model(10, List.of(4, 4)),
                "slimming: the channels of conv1 go through no batch norm, so they have no scale to rank them by; use another method",
                "--method",
                "slimming");
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path text = folder.resolve("text");
        Files.writeString(text, "no tensors here");
        Run run = prune(text, "--out", folder.resolve("p").toString());
        assertThat(run.err()).hasLineCount(1).contains(text.toString());
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void anotherPruningIsNotGoneOnWith() throws IOException {
        Path model = model(10, List.of(4, 4));
        Path work = folder.resolve("p.work");
        Files.createDirectories(work);
        Files.writeString(work.resolve("settings.json"), "{}");
        Run run = prune(model, "--out", folder.resolve("p").toString());
        assertThat(run.err()).contains("holds a pruning with other settings").hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(folder.resolve("p")).doesNotExist();
    }

    // ---- helpers ----

    private void fails(Path model, String sentence, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("--out", folder.resolve("p").toString()));
        all.addAll(List.of(more));
        Run run = prune(model, all.toArray(String[]::new));
        assertThat(run.err()).contains(sentence).hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(folder.resolve("p")).doesNotExist();
    }

    private static Run prune(Path model, String... more) {
        List<String> all = new ArrayList<>(List.of("prune", model.toString()));
        all.addAll(QUICK);
        all.addAll(List.of(more));
        return javelin(all.toArray(String[]::new));
    }

    /// What a command should not leave behind.
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            f -> f.toString().endsWith(".work") || f.toString().endsWith(".tmp"))
                    .toList();
        }
    }

    /// A network with random weights.
    private Path model(int classes, List<Integer> layers) throws IOException {
        Path file = folder.resolve("model.safetensors");
        NetworkConfig config = new PlainCnn.Config(28, 28, 1, layers, 32, classes);
        List<String> names = DrawnDigits.draw(1, 1).classes();
        new Classifier(
                        config,
                        config.build(Rng.seed(1)),
                        new Normalize(List.of(0.1), List.of(0.3)),
                        28,
                        28,
                        names.subList(0, classes),
                        Map.of())
                .save(file);
        return file;
    }
}
