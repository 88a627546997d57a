package javelin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import javelin.kernels.Shape;
import javelin.nn.data.DataSets;
import javelin.nn.data.Loader;
import javelin.nn.data.Splits;
import javelin.nn.optim.Adam;
import javelin.nn.optim.Optimizer.Decay;
import javelin.nn.schedule.Schedule;
import javelin.nn.train.Evaluator;
import javelin.nn.train.Objective;
import javelin.nn.train.ProgressBar;
import javelin.nn.train.Saving;
import javelin.nn.train.TrainConfig;
import javelin.nn.train.Trainer;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The examples of the README are the code of this class, and they work.
class ReadmeTest {
    private static double example() {
        // begin of the example
        Splits digits = DataSets.drawn(4000, 0, 500, 1);
        Module network = Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 10)).build(Rng.seed(1));

        var config =
                new TrainConfig(
                        3,
                        new Adam(Decay.NONE),
                        new Schedule.Constant(2e-3),
                        Objective.classification(0));
        try (var batches = new Loader(digits.train(), Loader.Config.training(32, 1))) {
            new Trainer(network, config, Saving.none(), List.of(new ProgressBar())).fit(batches);
        }
        try (var batches = new Loader(digits.test(), Loader.Config.evaluation(100))) {
            return Evaluator.classification("test", batches).report(network).accuracy();
        }
        // end of the example
    }

    private static float[] inference(Module network, float[] pixels) {
        // begin of the inference
        Plan plan = network.plan(Shape.of(1, 28, 28, 1));
        float[] scores = new float[10];
        plan.run(pixels, scores); // by any number of threads; allocates nothing itself
        System.out.println(plan.profile(100)); // where the time goes, kernel by kernel
        // end of the inference
        return scores;
    }

    @Test
    void exampleLearnsDigits() {
        assertThat(example()).isGreaterThan(0.85);
    }

    @Test
    void inferenceIsThatOfTheNetwork() {
        Module network = Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 10)).build(Rng.seed(1));
        Tensor digit = Rng.seed(2).uniform(0, 1, 1, 28, 28, 1);
        float[] expected = network.inference(() -> network.forward(digit)).floats();
        assertThat(inference(network, digit.floats())).containsExactly(expected, offset(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "inference"})
    void examplesAreThoseInTheReadme(String name) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("README.md"))) {
            root = root.getParent();
        }
        String source =
                Files.readString(root.resolve("nn/core/src/test/java/javelin/nn/ReadmeTest.java"));
        String begin = "// begin of the %s\n".formatted(name);
        String code =
                source.substring(
                        source.indexOf(begin) + begin.length(),
                        source.indexOf("        // end of the %s\n".formatted(name)));
        assertThat(Files.readString(root.resolve("README.md")))
                .contains("```java\n" + code.stripTrailing().stripIndent() + "\n```");
    }
}
