package javelin.nn;

import static org.assertj.core.api.Assertions.assertThat;

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

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The example of the README is the code of this class, and it works.
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

    @Test
    void exampleLearnsDigits() {
        assertThat(example()).isGreaterThan(0.85);
    }

    @Test
    void exampleIsTheOneInTheReadme() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("README.md"))) {
            root = root.getParent();
        }
        String source =
                Files.readString(root.resolve("nn/core/src/test/java/javelin/nn/ReadmeTest.java"));
        String code =
                source.substring(
                        source.indexOf("// begin of the example\n") + 24,
                        source.indexOf("        // end of the example"));
        assertThat(Files.readString(root.resolve("README.md")))
                .contains("```java\n" + code.stripTrailing().stripIndent() + "\n```");
    }
}
