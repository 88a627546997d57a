package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.Module;
import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Loader;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Flatten;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

class DigitsTest {
    @Test
    void learnsDrawnDigits() {
        Rng rng = Rng.seed(1);
        Module model =
                new Sequential(
                        new Conv2d(Conv2d.Config.same(1, 16, 3).stride(2), rng),
                        new BatchNorm(16),
                        Activation.relu(),
                        new Conv2d(Conv2d.Config.same(16, 32, 3).stride(2), rng),
                        new BatchNorm(32),
                        Activation.relu(),
                        new Flatten(),
                        new Linear(7 * 7 * 32, 10, rng));
        try (var train = new Loader(DrawnDigits.draw(6000, 2), Loader.Config.training(50, 3));
                var held = new Loader(DrawnDigits.draw(500, 4), Loader.Config.evaluation(100))) {
            int epochs = 5;
            var config =
                    new TrainConfig(
                            epochs,
                            new Sgd(0.9, true, Optimizer.Decay.matrices(5e-4)),
                            new Schedule.Cosine(0.1, 0, (long) epochs * train.batches()),
                            Objective.classification(0));
            new Trainer(model, config, Saving.none(), List.of()).fit(train);
            Evaluator.Report report = Evaluator.classification("test", held).report(model);
            assertThat(report.accuracy()).isGreaterThan(0.95);
        }
    }
}
