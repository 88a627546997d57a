package javelin.algorithms.cli;

import static javelin.algorithms.cli.Run.javelin;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.Module;
import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Images;
import javelin.nn.data.augment.Normalize;
import javelin.nn.io.Safetensors;
import javelin.nn.io.TensorValues;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Wrong input ends in one sentence on standard error and the right exit code.
class BadInputTest {
    @TempDir Path folder;
    private Path model;
    private Path image;

    @BeforeEach
    void writeModelAndImage() throws Exception {
        model = folder.resolve("model.safetensors");
        image = folder.resolve("digit.png");
        NetworkConfig config = Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 10));
        Module network = config.build(Rng.seed(1));
        new Classifier(
                        config,
                        network,
                        new Normalize(List.of(0.1), List.of(0.3)),
                        28,
                        28,
                        DrawnDigits.draw(1, 1).classes(),
                        Map.of())
                .save(model);
        Images.write(image, DrawnDigits.draw(1, 1).picture(0));
    }

    private static void fails(int code, String sentence, String... args) {
        Run run = javelin(args);
        assertThat(run.err()).as(String.join(" ", args)).contains(sentence).hasLineCount(1);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
    }

    @Test
    void unknownNames() {
        fails(
                2,
                "unknown network 'resnet21' (did you mean 'resnet20'?); choose one of lenet5",
                "train",
                "--set",
                "drawn",
                "--model",
                "resnet21");
        fails(2, "unknown set 'cifar' (did you mean", "train", "--set", "cifar");
        fails(2, "--set is missing; choose one of mnist", "train");
        fails(
                2,
                "unknown optimizer 'adan' (did you mean 'adam'?)",
                "train",
                "--set",
                "drawn",
                "--optimizer",
                "adan");
        fails(2, "unknown schedule", "train", "--set", "drawn", "--schedule", "circle");
        fails(2, "unknown option '--epoch' (did you mean '--epochs'?)", "train", "--epoch", "3");
        fails(2, "unknown preset 'tiny'", "demo", "--preset", "tiny");
    }

    @Test
    void numbersOutOfRange() {
        fails(2, "--epochs must be from 1 to", "train", "--set", "drawn", "--epochs", "0");
        fails(2, "--lr must be from 0 to", "train", "--set", "drawn", "--lr", "-1");
        fails(2, "--ema must be from 0", "train", "--set", "drawn", "--ema", "1");
        fails(2, "--top must be at least 1", "predict", "--top", "0", "" + model, "" + image);
    }

    @Test
    void missingData() {
        fails(1, "no data set mnist", "train", "--set", "mnist", "--data", folder.toString());
        fails(
                1,
                "no data set mnist",
                "demo",
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("o").toString());
    }

    @Test
    void damagedModels() throws Exception {
        byte[] bytes = Files.readAllBytes(model);
        Path cut = folder.resolve("cut.safetensors");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path noise = folder.resolve("noise.safetensors");
        Files.writeString(noise, "this is no model");
        for (String command : List.of("predict", "inspect")) {
            String[] cutArgs = {command, cut.toString(), image.toString()};
            String[] noiseArgs = {command, noise.toString(), image.toString()};
            String[] missing = {command, folder.resolve("no.st").toString(), image.toString()};
            int n = command.equals("predict") ? 3 : 2;
            fails(1, cut.toString(), java.util.Arrays.copyOf(cutArgs, n));
            fails(1, noise.toString(), java.util.Arrays.copyOf(noiseArgs, n));
            fails(1, "no such file", java.util.Arrays.copyOf(missing, n));
        }
    }

    @Test
    void modelsOfOthers() throws Exception {
        Path other = folder.resolve("other.safetensors");
        var tensors = new LinkedHashMap<String, TensorValues>();
        tensors.put("weight", TensorValues.of(new float[6], 2, 3));
        Safetensors.write(other, tensors, Map.of("format", "pt"));
        fails(
                1,
                "is a safetensors file but no model",
                "predict",
                other.toString(),
                image.toString());
        Run inspect = javelin("inspect", other.toString());
        assertThat(inspect.code()).isZero();
        assertThat(inspect.out()).contains("weight", "F32", "[2, 3]", "1 tensors, 6 elements");
        fails(2, "--plan needs a model file of javelin", "inspect", other.toString(), "--plan");
    }

    @Test
    void damagedPictures() throws Exception {
        byte[] bytes = Files.readAllBytes(image);
        Path cut = folder.resolve("cut.png");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        fails(1, "PNG", "predict", model.toString(), cut.toString());
        Path text = folder.resolve("text.png");
        Files.writeString(text, "no picture");
        fails(1, "is not a picture", "predict", model.toString(), text.toString());
        fails(1, "no such file", "predict", model.toString(), "nowhere.png");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        fails(1, "holds no pictures", "predict", model.toString(), empty.toString());
        fails(2, "missing required parameter", "predict", model.toString());
        Path zip = folder.resolve("cut.zip");
        Files.write(zip, new byte[] {'P', 'K', 3, 4, 0});
        fails(1, "is not a sound zip archive", "predict", model.toString(), zip.toString());
    }

    @Test
    void outputThatCannotBeWritten() {
        String below = image.resolve("out").toString(); // below a file
        fails(
                1,
                "cannot be written to; choose another --out",
                "demo",
                "--preset",
                "smoke",
                "--out",
                below);
        fails(
                1,
                "is a file; --out needs a folder",
                "train",
                "--set",
                "drawn",
                "--out",
                image.toString());
    }

    @Test
    void networksThatNeedLargerPictures() {
        String[] args = {"train", "--set", "drawn", "--model", "vgg16", "--limit", "32"};
        fails(1, "network vgg16 does not take pictures of 28 x 28", args);
        fails(2, "--size is for pictures of a folder", "train", "--set", "drawn", "--size", "40");
    }

    @Test
    void oneBadPictureAmongGoodOnes() throws Exception {
        Path text = folder.resolve("text.png");
        Files.writeString(text, "no picture");
        Run run = javelin("predict", model.toString(), text.toString(), image.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains(image.toString());
        assertThat(run.err()).contains("text.png: is not a picture").hasLineCount(1);
    }
}
