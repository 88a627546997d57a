package javelin.nn.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Told what happens in a training run; all methods do nothing unless overridden.
///
/// They are called on the training thread, in the order in which the listeners were given. What a
/// listener throws ends the run, after a last checkpoint.
public interface TrainListener {
    /// The run begins, or goes on from [Run#step()].
    default void onStart(Run run) {}

    /// A step is done.
    default void onStep(Step step) {}

    /// The network was evaluated; comes before [#onEpochEnd].
    default void onEvaluate(Evaluation evaluation) {}

    /// An epoch is done.
    default void onEpochEnd(Epoch epoch) {}

    /// A checkpoint was written.
    ///
    /// @param best whether it is the best so far, not the regular one
    default void onCheckpoint(Path file, boolean best) {}

    /// The run is over; the last call.
    default void onStop(Stop stop) {}

    /// Name under which [#state()] is kept in checkpoints; unique among the listeners of a run.
    default String key() {
        return getClass().getSimpleName();
    }

    /// What this listener must remember to go on after a resume; by default nothing.
    default Map<String, Double> state() {
        return Map.of();
    }

    /// Sets what [#state()] gave; called before [#onStart] of a resumed run.
    default void restore(Map<String, Double> state) {}

    /// One step.
    ///
    /// @param step number of the step, from 1
    /// @param epoch number of the epoch, from 1
    /// @param examples number of examples in the batch
    /// @param loss loss of the batch before the step
    /// @param rate learning rate of the step
    /// @param gradientNorm Euclidean length of all gradients together, before clipping
    /// @param seconds time the step took, waiting for its batch included
    record Step(
            long step,
            int epoch,
            int examples,
            double loss,
            double rate,
            double gradientNorm,
            double seconds) {}

    /// One evaluation.
    ///
    /// @param step steps done
    /// @param epoch number of the epoch, from 1
    /// @param metrics values by name, in order
    record Evaluation(long step, int epoch, Map<String, Double> metrics) {
        /// Copies the map.
        public Evaluation {
            metrics = new LinkedHashMap<>(metrics);
        }
    }

    /// One epoch.
    ///
    /// @param step steps done
    /// @param epoch number of the epoch, from 1
    /// @param metrics values by name, in order: `loss` is the mean over the examples of the epoch;
    ///   then those of the evaluation, if there was one
    record Epoch(long step, int epoch, Map<String, Double> metrics) {
        /// Copies the map.
        public Epoch {
            metrics = new LinkedHashMap<>(metrics);
        }
    }

    /// How a run ended.
    ///
    /// @param reason kind of end
    /// @param message one sentence for the user
    /// @param step steps done
    /// @param epoch epochs done
    record Stop(Reason reason, String message, long step, int epoch) {}

    /// Kind of end.
    enum Reason {
        /// All epochs are done.
        FINISHED,
        /// A listener asked for it, for instance [EarlyStopping].
        LISTENER,
        /// [StopSignal], for instance Ctrl-C.
        INTERRUPTED,
        /// A number was not finite.
        NOT_FINITE,
        /// Something threw an exception.
        FAILED
    }
}
