package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.loss.Losses;
import javelin.tensor.Tensor;

/// What a step of training makes smaller.
///
/// An objective that is a record keeps its parameters in checkpoints, so that a run cannot be
/// resumed under another one by mistake.
@FunctionalInterface
public interface Objective {
    /// Loss of a batch: one number, recorded, the mean over the examples.
    Tensor loss(Module model, Batch batch);

    /// Cross entropy between the network's logits `[b, k]` and the labels `[b]`.
    ///
    /// @param smoothing part of each label that is spread evenly over all classes, in `[0, 1)`
    static Objective classification(double smoothing) {
        return new Classification(smoothing);
    }

    /// Mean squared difference between the network's results and the targets.
    static Objective regression() {
        return new Regression();
    }

    /// The objective of [#classification].
    ///
    /// @param smoothing part of each label that is spread evenly over all classes
    record Classification(double smoothing) implements Objective {
        @Override
        public Tensor loss(Module model, Batch batch) {
            Tensor logits = model.forward(batch.inputs());
            return Losses.crossEntropy(logits, batch.targets(), smoothing);
        }
    }

    /// The objective of [#regression].
    record Regression() implements Objective {
        @Override
        public Tensor loss(Module model, Batch batch) {
            return Losses.mse(model.forward(batch.inputs()), batch.targets());
        }
    }
}
