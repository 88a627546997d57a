package javelin.kernels.fft;

/// Where complex numbers of 64 bits lie: in two arrays or, interleaved, in one. Holds no copy.
///
/// @param re real parts: number `i` is at `atRe + i·step`
/// @param im imaginary parts: number `i` is at `atIm + i·step`; may be the array `re`
/// @param step 1 for split parts, 2 for interleaved ones
public record ComplexDoubles(double[] re, int atRe, double[] im, int atIm, int step)
        implements Complexes {
    /// Real and imaginary parts in arrays of their own.
    public static ComplexDoubles split(double[] re, double[] im) {
        return new ComplexDoubles(re, 0, im, 0, 1);
    }

    /// `re, im, re, im, …` from element `at` on.
    public static ComplexDoubles interleaved(double[] x, int at) {
        return new ComplexDoubles(x, at, x, at + 1, 2);
    }

    /// Real numbers, as the real plans read and write them.
    static ComplexDoubles real(double[] x, int at) {
        return new ComplexDoubles(x, at, x, at, 1);
    }

    @Override
    public double re(int i) {
        return re[atRe + i * step];
    }

    @Override
    public double im(int i) {
        return im[atIm + i * step];
    }

    @Override
    public void setRe(int i, double value) {
        re[atRe + i * step] = value;
    }

    @Override
    public void setIm(int i, double value) {
        im[atIm + i * step] = value;
    }

    @Override
    public ComplexDoubles swapped() {
        return new ComplexDoubles(im, atIm, re, atRe, step);
    }
}
