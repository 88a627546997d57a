package javelin.nn.train;

import javelin.nn.Module;

import java.util.List;

/// A training run, as its listeners see it.
public interface Run {
    /// The network that is trained.
    Module model();

    /// Steps done so far; more than 0 at the start of a resumed run.
    long step();

    /// Number of the epoch that is running, from 1.
    int epoch();

    /// Number of epochs wanted.
    int epochs();

    /// Steps of one epoch.
    long stepsPerEpoch();

    /// Names of the metrics of each [TrainListener.Epoch], in order.
    List<String> metrics();

    /// Asks the run to end after the current step or epoch, with a checkpoint.
    ///
    /// @param reason one short sentence for the user
    void stop(String reason);

    /// Steps of the whole run.
    default long totalSteps() {
        return epochs() * stepsPerEpoch();
    }
}
