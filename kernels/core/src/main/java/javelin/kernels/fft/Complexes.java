package javelin.kernels.fft;

/// Complex numbers in arrays, by number; see [ComplexFloats] and [ComplexDoubles].
sealed interface Complexes permits ComplexFloats, ComplexDoubles {
    /// Real part of number `i`.
    double re(int i);

    /// Imaginary part of number `i`.
    double im(int i);

    /// Sets the real part of number `i`.
    void setRe(int i, double value);

    /// Sets the imaginary part of number `i`.
    void setIm(int i, double value);

    /// The same memory with the parts exchanged: a forward transform between two of these is an
    /// inverse one.
    Complexes swapped();
}
