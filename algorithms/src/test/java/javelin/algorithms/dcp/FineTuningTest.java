package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.Module;
import javelin.nn.data.DrawnDigits;
import javelin.nn.data.augment.Normalize;
import javelin.nn.train.StopSignal;
import javelin.nn.train.TrainListener;
import javelin.nn.zoo.PlainCnn;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Training of the small network, and how it goes on after a break.
class FineTuningTest {
    private static final PruningData DATA =
            new PruningData(
                    DrawnDigits.draw(128, 1),
                    DrawnDigits.draw(50, 2),
                    new Normalize(List.of(0.1), List.of(0.3)));

    private final FineTuning training = new FineTuning(2, 0.02, 32, 1);

    @Test
    void brokenTrainingGoesOnToTheSameBits(@TempDir Path folder) throws IOException {
        Module whole = network();
        assertThat(training.run(whole, DATA, folder.resolve("a"), List.of(), new StopSignal()))
                .isTrue();
        Module broken = network();
        var stop = new StopSignal();
        TrainListener after =
                new TrainListener() {
                    @Override
                    public void onStep(Step step) {
                        if (step.step() == 3) {
                            stop.request();
                        }
                    }
                };
        Path checkpoints = folder.resolve("b");
        assertThat(training.run(broken, DATA, checkpoints, List.of(after), stop)).isFalse();
        Module resumed = network();
        assertThat(training.run(resumed, DATA, checkpoints, List.of(), new StopSignal())).isTrue();
        whole.state()
                .forEach((name, t) ->
                        assertThat(resumed.state().get(name).floats())
                                .as(name)
                                .isEqualTo(t.floats()));
    }

    @Test
    void trainingHelps() {
        Module network = network();
        double before = DATA.judge(network).loss();
        training.run(network, DATA);
        assertThat(DATA.judge(network).loss()).isLessThan(before);
    }

    @Test
    void selectionImagesTakeTheClassesInTurn() {
        Dcp.Data data = DATA.selection(70, 32, noFeed());
        assertThat(data.labels().dim(0)).isEqualTo(64);
        int[] counts = new int[10];
        for (int label : data.labels().ints()) {
            counts[label]++;
        }
        assertThat(counts).doesNotContain(0);
    }

    private static javelin.nn.data.Feed noFeed() {
        return javelin.nn.data.Feed.inOrder(
                javelin.tensor.Tensor.zeros(1, 1), javelin.tensor.Tensor.of(new int[1], 1), 1);
    }

    private static Module network() {
        return new PlainCnn.Config(28, 28, 1, List.of(4, 4), 16, 10).build(Rng.seed(1));
    }
}
