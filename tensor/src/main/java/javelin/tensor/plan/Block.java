package javelin.tensor.plan;

/// A run of elements that is needed for some time.
///
/// @param size elements
/// @param first step at which it is first needed
/// @param last step at which it is last needed, inclusive
record Block(long size, int first, int last) {
    /// Whether both are needed at some step.
    boolean meets(Block other) {
        return first <= other.last && other.first <= last;
    }

    /// The time of both, in room for the larger one.
    Block joined(Block other) {
        return new Block(
                Math.max(size, other.size),
                Math.min(first, other.first),
                Math.max(last, other.last));
    }
}
