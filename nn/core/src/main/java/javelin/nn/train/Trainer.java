package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Feed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Trains a network: forward pass, loss, gradients, clipping, step of the optimiser, batch after
/// batch; evaluates it after each epoch, tells its listeners, and writes checkpoints.
///
/// A run that is stopped and resumed gives the same bits as one that was not: parameters, buffers,
/// state of the optimiser, losses. For that the network, the data and the settings must be made in
/// the same way again before [#resume].
///
/// ```java
/// var trainer = new Trainer(model, config, Saving.in(folder), List.of(new ProgressBar()));
/// Trainer.Outcome outcome = trainer.fit(train, Evaluator.classification("validation", held), stop);
/// ```
///
/// A trainer is used once, by one thread.
public final class Trainer {
    private final Module model;
    private final TrainConfig config;
    private final Saving saving;
    private final List<TrainListener> listeners;

    /// How a run ended.
    ///
    /// @param stop why and where
    /// @param history metrics of all epochs
    /// @param last newest checkpoint; null if none was written
    /// @param best best checkpoint; null if none was written
    public record Outcome(
            TrainListener.Stop stop, History history, @Nullable Path last, @Nullable Path best) {}

    /// Trainer of `model`.
    ///
    /// @param listeners told of everything, in this order
    public Trainer(Module model, TrainConfig config, Saving saving, List<TrainListener> listeners) {
        this.model = model;
        this.config = config;
        this.saving = saving;
        this.listeners = List.copyOf(listeners);
    }

    /// Trains from the start.
    ///
    /// @param train batches to learn from
    /// @param metrics measured after epochs; null for none
    /// @param stop ends the run early when it is given
    /// @throws NotFiniteException if a number is not finite
    /// @throws java.io.UncheckedIOException if a checkpoint or a log cannot be written
    public Outcome fit(Feed train, @Nullable Metrics metrics, StopSignal stop) {
        return new TrainRun(model, config, saving, listeners, train, metrics, stop).run();
    }

    /// Trains from the start, without evaluation and to the end.
    public Outcome fit(Feed train) {
        return fit(train, null, new StopSignal());
    }

    /// Trains on from a checkpoint, as if the run had not been stopped.
    ///
    /// @param checkpoint file that an earlier run of the same settings wrote
    /// @throws IllegalArgumentException if the settings, the network or the data are others
    /// @throws javelin.nn.io.FormatException if the file is damaged or no checkpoint
    /// @throws IOException if it cannot be read
    /// @throws NotFiniteException if a number is not finite
    /// @throws java.io.UncheckedIOException if a checkpoint or a log cannot be written
    public Outcome resume(Path checkpoint, Feed train, @Nullable Metrics metrics, StopSignal stop)
            throws IOException {
        var run = new TrainRun(model, config, saving, listeners, train, metrics, stop);
        run.restore(checkpoint, Checkpoint.read(checkpoint));
        return run.run();
    }
}
