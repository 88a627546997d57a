package javelin.kernels;

/// Memory of a backend: a run of elements of one type. The `reference` and `cpu` backends use
/// [HostBuffer], a GPU backend brings its own.
public interface Buffer {
    /// Type of the elements.
    DType type();

    /// Number of elements.
    long size();
}
