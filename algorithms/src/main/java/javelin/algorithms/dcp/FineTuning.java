package javelin.algorithms.dcp;

import javelin.nn.Module;
import javelin.nn.data.Loader;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.nn.train.Objective;
import javelin.nn.train.Saving;
import javelin.nn.train.StopSignal;
import javelin.nn.train.TrainConfig;
import javelin.nn.train.TrainListener;
import javelin.nn.train.Trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Training of a pruned network with the final loss: stochastic gradient descent with Nesterov
/// momentum 0.9 and weight decay 1e-4; the rate is divided by ten after 40 % and 60 % of the steps.
///
/// @param epochs passes over the training data; 400 in the paper
/// @param rate first learning rate; 0.1 in the paper
/// @param batch images per step; 128 in the paper
/// @param seed of order and random changes
public record FineTuning(int epochs, double rate, int batch, long seed) {
    /// Trains the network in place.
    public void run(Module network, PruningData data) {
        if (epochs > 0) {
            try (Loader feed = data.training(batch, seed)) {
                new Trainer(network, config(feed.batches()), Saving.none(), List.of()).fit(feed);
            }
        }
        network.training(false);
    }

    /// Trains the network in place, with a checkpoint after each epoch; goes on from the one in the
    /// folder, if there is any.
    ///
    /// @return whether it came to its end and was not stopped
    /// @throws IOException if the checkpoint cannot be read
    public boolean run(
            Module network,
            PruningData data,
            Path folder,
            List<TrainListener> listeners,
            StopSignal stop)
            throws IOException {
        if (epochs == 0) {
            return true;
        }
        try (Loader feed = data.training(batch, seed)) {
            var trainer =
                    new Trainer(network, config(feed.batches()), Saving.in(folder), listeners);
            Path last = folder.resolve("last.safetensors");
            Trainer.Outcome outcome =
                    Files.exists(last)
                            ? trainer.resume(last, feed, null, stop)
                            : trainer.fit(feed, null, stop);
            network.training(false);
            return outcome.stop().reason() == TrainListener.Reason.FINISHED;
        }
    }

    private TrainConfig config(int stepsPerEpoch) {
        long steps = (long) epochs * stepsPerEpoch;
        List<Long> drops = List.of(Math.max(1, steps * 2 / 5), Math.max(2, steps * 3 / 5));
        return new TrainConfig(
                epochs,
                new Sgd(0.9, true, Optimizer.Decay.all(1e-4)),
                new Schedule.MultiStep(rate, drops, 0.1),
                Objective.classification(0));
    }
}
