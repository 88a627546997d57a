package javelin.algorithms.fourierspi.sensing;

/// An orthonormal transform of images in which they are sparse. One thread at a time.
public interface Transform {
    /// Number of pixels, and of coefficients.
    int size();

    /// `z = Ψᵀ·x`, coefficients of an image. The arrays must differ.
    void analyse(float[] x, float[] z);

    /// `x = Ψ·z`. The arrays must differ.
    void synthesise(float[] z, float[] x);

    /// Whether a coefficient belongs to the mean or the coarse picture, which is not sparse.
    boolean isCoarse(int coefficient);
}
