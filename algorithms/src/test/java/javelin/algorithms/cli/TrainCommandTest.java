package javelin.algorithms.cli;

import static javelin.algorithms.cli.Run.javelin;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Images;
import javelin.nn.io.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `train` on a small folder of drawn digits, and what follows from it.
class TrainCommandTest {
    @TempDir static Path work;

    /// A folder of pictures, one subfolder per digit: 96 to learn from, 24 held back.
    private static Path digits() throws Exception {
        Path root = work.resolve("digits");
        if (!Files.exists(root)) {
            var images = DrawnDigits.draw(120, 3);
            for (int i = 0; i < images.size(); i++) {
                String part = i % 5 == 4 ? "val" : "train";
                Path folder = root.resolve(part).resolve("digit" + images.label(i) % 3);
                Files.createDirectories(folder);
                Images.write(folder.resolve("%03d.png".formatted(i)), images.picture(i));
            }
        }
        return root;
    }

    private static Run train(Path out, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("train", "--model", "lenet5", "--set"));
        args.addAll(List.of("folder", "--data", digits().toString(), "--out", out.toString()));
        args.addAll(List.of("--batch", "16", "--epochs", "2", "--quiet"));
        args.addAll(List.of(more));
        return javelin(args.toArray(String[]::new));
    }

    private static Map<String, Object> results(Path out) throws Exception {
        Path file = out.resolve("results.json");
        return Json.parseObject(Files.readString(file), file.toString());
    }

    private static Object curve(Path out) throws Exception {
        return ((Map<?, ?>) results(out).get("steps")).get("loss");
    }

    @Test
    void runLeavesEverythingBehind() throws Exception {
        Path out = work.resolve("whole");
        Run run = train(out, "--profile");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("validation accuracy", "images per second")
                .containsPattern("conv2dWeight +\\d+ ")
                .contains("all ops");
        assertThat(out.resolve("checkpoints/last.safetensors")).exists();
        assertThat(out.resolve("model.safetensors")).exists();
        assertThat(out.resolve("steps.csv")).exists();
        assertThat(out.resolve("tensorboard")).isNotEmptyDirectory();
        assertThat(out.resolve("report.html")).content().contains("<svg", "</html>");
        Map<String, Object> results = results(out);
        assertThat(results)
                .containsKeys("seed", "jdk", "device", "threads", "data", "images_per_second");
        assertThat((List<?>) curve(out)).hasSize(12);
    }

    @Test
    void curveDoesNotDependOnThreads() throws Exception {
        Path one = work.resolve("one");
        Path two = work.resolve("two");
        assertThat(train(one, "--threads", "1").code()).isZero();
        assertThat(train(two, "--threads", "2").code()).isZero();
        assertThat(curve(two)).isEqualTo(curve(one));
        assertThat(results(one)).containsEntry("threads", 1L);
        assertThat(results(two)).containsEntry("threads", 2L);
    }

    @Test
    void otherSeedsGiveOtherCurves() throws Exception {
        Path one = work.resolve("seed1");
        Path two = work.resolve("seed2");
        assertThat(train(one, "--seed", "1").code()).isZero();
        assertThat(train(two, "--seed", "2").code()).isZero();
        assertThat(curve(two)).isNotEqualTo(curve(one));
    }

    @Test
    void modelPredictsAndIsInspected() throws Exception {
        Path out = work.resolve("used");
        assertThat(train(out).code()).isZero();
        String model = out.resolve("model.safetensors").toString();

        Path json = work.resolve("predict.json");
        Path some;
        try (var pictures = Files.walk(work.resolve("digits/val"))) {
            some = pictures.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Run predict = javelin("predict", model, some.toString(), "--json", json.toString());
        assertThat(predict.code()).as(predict.err()).isZero();
        assertThat(predict.out()).startsWith(some + ": digit").contains("%").hasLineCount(1);
        assertThat(Json.parseObject(Files.readString(json), "json")).containsKey("predictions");

        Path zip = work.resolve("some.zip");
        try (var archive = new ZipOutputStream(Files.newOutputStream(zip))) {
            archive.putNextEntry(new ZipEntry("one.png"));
            archive.write(Files.readAllBytes(some));
        }
        Run packed = javelin("predict", model, zip.toString());
        assertThat(packed.out())
                .isEqualTo(predict.out().replace(some.toString(), zip + "!one.png"));

        Run inspect = javelin("inspect", model);
        assertThat(inspect.code()).as(inspect.err()).isZero();
        assertThat(inspect.out())
                .contains("conv1", "parameters", "multiply-adds", "digit0, digit1, digit2", "seed")
                .doesNotContain("GFLOP/s");
        assertThat(javelin("inspect", model, "--plan").out())
                .contains("conv1", "Conv2d", "GFLOP/s", "workspace");
    }

    @Test
    void pictureOfAnotherSizeIsFittedWithANoteOrRefused() throws Exception {
        Path out = work.resolve("sizes");
        assertThat(train(out).code()).isZero();
        String model = out.resolve("model.safetensors").toString();
        Path large = work.resolve("large.png");
        Images.write(
                large,
                Images.resize(
                        DrawnDigits.draw(1, 5).picture(0).rgb(),
                        50,
                        40,
                        javelin.nn.data.Filter.BILINEAR));
        Run fitted = javelin("predict", model, large.toString());
        assertThat(fitted.code()).as(fitted.err()).isZero();
        assertThat(fitted.out())
                .contains("1 of 1 pictures were fitted to the network's input of 28 x 28");
        Run strict = javelin("predict", "--strict", model, large.toString());
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err())
                .contains(
                        "is 40 x 50 with 3 channels, but the network takes 28 x 28 with 1 channel")
                .hasLineCount(1);
    }

    @Test
    void resumedRunHasTheSameBits() throws Exception {
        Path whole = work.resolve("unbroken");
        assertThat(train(whole).code()).isZero();
        Path part = work.resolve("part");
        Run stopped = train(part, "--stop-after", "8"); // in the middle of the second epoch
        assertThat(stopped.code()).isZero();
        assertThat(stopped.err()).contains("go on with: javelin train --resume --out " + part);
        assertThat(part.resolve("results.json")).doesNotExist();
        Run resumed =
                javelin(
                        "train",
                        "--resume",
                        "--out",
                        part.toString(),
                        "--data",
                        digits().toString(),
                        "--quiet");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(curve(part)).isEqualTo(curve(whole));
        assertThat(
                        Files.mismatch(
                                part.resolve("checkpoints/last.safetensors"),
                                whole.resolve("checkpoints/last.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void resumeRefusesOtherSettings() throws Exception {
        Path out = work.resolve("settings");
        assertThat(train(out).code()).isZero();
        Run run =
                javelin(
                        "train",
                        "--resume",
                        "--out",
                        out.toString(),
                        "--data",
                        digits().toString(),
                        "--lr",
                        "0.7");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("has --lr 0.1, not 0.7").hasLineCount(1);
        assertThat(javelin("train", "--resume", "--out", work.resolve("nothing").toString()).err())
                .contains("holds no run that could be resumed")
                .hasLineCount(1);
    }

    @Test
    void finishedRunIsNotOverwritten() throws Exception {
        Path out = work.resolve("kept");
        assertThat(train(out).code()).isZero();
        Run again = train(out);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("holds a run already").hasLineCount(1);
    }

    @Test
    void aRunThatDiedEarlyCanBeStartedAgain() throws Exception {
        Path out = Files.createDirectories(work.resolve("died"));
        Files.writeString(out.resolve("settings.json"), "{}");
        Files.writeString(out.resolve("steps.csv"), "left over\n");
        Run run = train(out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(out.resolve("steps.csv")).content().doesNotContain("left over");
    }

    @Test
    void someImagesAreSomeOfEachClass() throws Exception {
        Path out = work.resolve("some");
        assertThat(train(out, "--limit", "12").code()).isZero();
        var sets = Sets.load("folder", digits(), 12, 0);
        assertThat(sets.train().size()).isEqualTo(12);
        assertThat(sets.train().histogram()).doesNotContain(0);
    }

    @Test
    void picturesAreScaledToASize() throws Exception {
        Path out = work.resolve("scaled");
        Run run = train(out, "--size", "32");
        assertThat(run.code()).as(run.err()).isZero();
        Run inspect = javelin("inspect", out.resolve("model.safetensors").toString());
        assertThat(inspect.out()).contains("[1, 32, 32, 6]");
    }
}
