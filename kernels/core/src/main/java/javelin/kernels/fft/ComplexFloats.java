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

    /// Whether the parts of a number are neighbours, the real one first.
    @SuppressWarnings("ReferenceEquality") // one array, not equal ones
    boolean isPairs() {
        return step == 2 && re == im && atIm == atRe + 1;
    }

    /// Where pair `i` begins.
    int at(int i) {
        return atRe + 2 * i;
    }

    /// Numbers `from … from+n−1` as pairs.
    void copyPairs(int from, int n, float[] to) {
        for (int k = 0; k < n; k++) {
            to[2 * k] = re[atRe + (from + k) * step];
            to[2 * k + 1] = im[atIm + (from + k) * step];
        }
    }

    /// Sets numbers `from … from+n−1`.
    void setPairs(int from, int n, float[] pairs) {
        for (int k = 0; k < n; k++) {
            re[atRe + (from + k) * step] = pairs[2 * k];
            im[atIm + (from + k) * step] = pairs[2 * k + 1];
        }
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
