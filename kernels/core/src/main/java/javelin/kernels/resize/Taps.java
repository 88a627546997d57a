package javelin.kernels.resize;

/// Interpolation along one axis as a table: output pixel `p` is `Σ_t weight[p][t] · x[first[p] +
/// t]`.
///
/// The weights of positions outside the image are added to the pixel at the edge, and the weights
/// of one output sum to 1.
///
/// @param first first input pixel of each output pixel
/// @param weight weights of the pixels from there on
record Taps(int[] first, double[][] weight) {
    /// Table from `in` to `out` pixels.
    static Taps of(Interpolation f, int in, int out) {
        var taps = new Taps(new int[out], new double[out][]);
        for (int p = 0; p < out; p++) {
            switch (f) {
                case Interpolation.Nearest _ -> {
                    taps.first[p] = (int) ((long) p * in / out);
                    taps.weight[p] = new double[] {1};
                }
                case Interpolation.Bilinear b -> taps.set(p, b.antialias(), 0, 1, in);
                case Interpolation.Bicubic b -> taps.set(p, b.antialias(), b.a(), 2, in);
            }
        }
        return taps;
    }

    /// Largest number of weights of one output pixel.
    int width() {
        int max = 0;
        for (double[] w : weight) {
            max = Math.max(max, w.length);
        }
        return max;
    }

    private void set(int p, boolean antialias, double a, int radius, int in) {
        double step = (double) in / first.length;
        double stretch = antialias ? Math.max(step, 1) : 1;
        double centre = (p + 0.5) * step - 0.5;
        int from = (int) Math.ceil(centre - radius * stretch);
        int to = (int) Math.floor(centre + radius * stretch);
        int low = Math.clamp(from, 0, in - 1);
        double[] w = new double[Math.clamp(to, 0, in - 1) - low + 1];
        double sum = 0;
        for (int i = from; i <= to; i++) {
            double distance = Math.abs(i - centre) / stretch;
            double k = radius == 1 ? Math.max(1 - distance, 0) : cubic(distance, a);
            w[Math.clamp(i, 0, in - 1) - low] += k;
            sum += k;
        }
        for (int t = 0; t < w.length; t++) {
            w[t] /= sum;
        }
        first[p] = low;
        weight[p] = w;
    }

    /// `(a+2)d³ − (a+3)d² + 1` up to distance 1, `a·d³ − 5a·d² + 8a·d − 4a` up to 2, then 0.
    private static double cubic(double d, double a) {
        if (d <= 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
    }
}
