package javelin.algorithms.fourierspi.recognition;

/// Distance of a picture to the true one, both for a range of 1, after clipping to `[0, 1]`.
///
/// @param rmse root of the mean squared error
/// @param psnr peak signal-to-noise ratio in decibels; infinite for equal pictures
/// @param ssim structural similarity, 1 for equal pictures; where a picture is smaller than the
///   window of 11 pixels, the window is as large as an odd number of pixels can be
public record ImageQuality(double rmse, double psnr, double ssim) {
    private static final int WINDOW = 11;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    /// Compares pictures `[height, width]`.
    public static ImageQuality of(float[] picture, float[] truth, int width) {
        if (picture.length != truth.length || width < 1 || truth.length % width != 0) {
            throw new IllegalArgumentException(
                    "quality: pictures of %d and %d pixels, rows of %d"
                            .formatted(picture.length, truth.length, width));
        }
        float[] x = new float[picture.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.clamp(picture[i], 0f, 1f);
            double d = (double) x[i] - truth[i];
            sum += d * d;
        }
        double mse = sum / x.length;
        return new ImageQuality(
                Math.sqrt(mse),
                -10 * Math.log10(mse),
                similarity(x, truth, width, x.length / width));
    }

    /// Mean over all windows that lie inside; weights are Gaussian with a deviation of 1.5 pixels.
    ///
    /// @see "Wang et al., Image quality assessment: from error visibility to structural similarity,
    ///   2004"
    private static double similarity(float[] x, float[] y, int width, int height) {
        double[] across = weights(width);
        double[] along = weights(height);
        double sum = 0;
        int columns = width - across.length + 1;
        int rows = height - along.length + 1;
        double[][] moments = new double[5][height * columns];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < columns; c++) {
                for (int i = 0; i < across.length; i++) {
                    double a = x[r * width + c + i];
                    double b = y[r * width + c + i];
                    int at = r * columns + c;
                    moments[0][at] += across[i] * a;
                    moments[1][at] += across[i] * b;
                    moments[2][at] += across[i] * a * a;
                    moments[3][at] += across[i] * b * b;
                    moments[4][at] += across[i] * a * b;
                }
            }
        }
        double[] m = new double[5];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                for (int k = 0; k < 5; k++) {
                    m[k] = 0;
                    for (int i = 0; i < along.length; i++) {
                        m[k] += along[i] * moments[k][(r + i) * columns + c];
                    }
                }
                double varX = m[2] - m[0] * m[0];
                double varY = m[3] - m[1] * m[1];
                double covariance = m[4] - m[0] * m[1];
                sum +=
                        (2 * m[0] * m[1] + C1)
                                * (2 * covariance + C2)
                                / ((m[0] * m[0] + m[1] * m[1] + C1) * (varX + varY + C2));
            }
        }
        return sum / ((double) rows * columns);
    }

    /// Weights of the window along a side, of sum 1.
    private static double[] weights(int side) {
        double[] weights = new double[Math.min(WINDOW, side - 1 + side % 2)];
        double total = 0;
        int middle = weights.length / 2;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-(i - middle) * (i - middle) / (2 * 1.5 * 1.5));
            total += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
        }
        return weights;
    }
}
