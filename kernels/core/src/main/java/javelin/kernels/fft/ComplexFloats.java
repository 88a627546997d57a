package javelin.kernels.fft;

/// Where complex numbers of 32 bits lie: in two arrays or, interleaved, in one. Holds no copy.
///
/// @param re real parts: number `i` is at `atRe + i·step`
/// @param im imaginary parts: number `i` is at `atIm + i·step`; may be the array `re`
/// @param step 1 for split parts, 2 for interleaved ones
public record ComplexFloats(float[] re, int atRe, float[] im, int atIm, int step)
        implements Complexes {
    /// Real and imaginary parts in arrays of their own.
    public static ComplexFloats split(float[] re, float[] im) {
        return new ComplexFloats(re, 0, im, 0, 1);
    }

    /// `re, im, re, im, …` from element `at` on.
    public static ComplexFloats interleaved(float[] x, int at) {
        return new ComplexFloats(x, at, x, at + 1, 2);
    }

    /// Real numbers, as the real plans read and write them.
    static ComplexFloats real(float[] x, int at) {
        return new ComplexFloats(x, at, x, at, 1);
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
        re[atRe + i * step] = (float) value;
    }

    @Override
    public void setIm(int i, double value) {
        im[atIm + i * step] = (float) value;
    }

    @Override
    public ComplexFloats swapped() {
        return new ComplexFloats(im, atIm, re, atRe, step);
    }
}
