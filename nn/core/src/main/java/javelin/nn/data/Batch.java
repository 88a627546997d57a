package javelin.nn.data;

import javelin.tensor.Tensor;

/// Some samples of a set.
///
/// @param images `[b, h, w, c]`
/// @param labels `[b]` integers; -1 without labels
/// @param indices places of the samples in the set
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Batch(Tensor images, Tensor labels, int[] indices) {
    /// Number of samples.
    public int size() {
        return indices.length;
    }
}
