package javelin.nn.data;

import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.Iterator;

/// Where training and evaluation get their batches from.
///
/// The batches of an epoch depend on its number only (order, augmentation): a run that is resumed
/// in the middle of an epoch sees what it would have seen.
public interface Feed {
    /// Number of batches of an epoch.
    int batches();

    /// Batches of an epoch from its beginning.
    default Iterable<Batch> epoch(int epoch) {
        return () -> epoch(epoch, 0);
    }

    /// Batches of epoch number `epoch`, from batch `from` (counted from 0) to the last.
    Iterator<Batch> epoch(int epoch, int from);

    /// What the data is, in words that differ for other data, batch sizes and orders: a run is only
    /// resumed with a feed of the same description.
    String description();

    /// Examples held in memory, on the current backend of whoever asks for batches.
    ///
    /// @param inputs `[n, …]`
    /// @param targets `[n, …]`
    /// @param batch examples per batch; the last batch of an epoch may be smaller
    /// @param order gives each epoch an order of its own
    static Feed shuffled(Tensor inputs, Tensor targets, int batch, Rng order) {
        return new TensorFeed(new Batch(inputs, targets), batch, order);
    }

    /// As [#shuffled], in the given order.
    static Feed inOrder(Tensor inputs, Tensor targets, int batch) {
        return new TensorFeed(new Batch(inputs, targets), batch, null);
    }
}
