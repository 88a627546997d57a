package javelin.kernels.fft;

/// How many transforms there are around one: data are `[outer, n, inner]`, row-major.
record Batch(int outer, int inner) {
    /// Number of transforms.
    int count() {
        return outer * inner;
    }
}
