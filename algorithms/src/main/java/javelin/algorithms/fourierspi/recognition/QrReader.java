package javelin.algorithms.fourierspi.recognition;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads QR codes from grey pictures with ZXing: local thresholds first, then a global one.
public final class QrReader {
    private static final Map<DecodeHintType, Object> HINTS =
            Map.of(
                    DecodeHintType.TRY_HARDER,
                    true,
                    DecodeHintType.POSSIBLE_FORMATS,
                    List.of(BarcodeFormat.QR_CODE));

    private static final List<Function<LuminanceSource, Binarizer>> THRESHOLDS =
            List.of(HybridBinarizer::new, GlobalHistogramBinarizer::new);

    private QrReader() {}

    /// The text of the code in a picture, if there is one that can be read.
    ///
    /// @param picture `[height, width]`, 0 dark, 1 light; what lies outside is clipped
    /// @param width pixels of a row; four per module are enough
    public static Optional<String> read(float[] picture, int width) {
        if (width < 1 || picture.length == 0 || picture.length % width != 0) {
            throw new IllegalArgumentException(
                    "qr: %d pixels are not rows of %d".formatted(picture.length, width));
        }
        int height = picture.length / width;
        byte[] grey = new byte[picture.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) Math.round(255 * Math.clamp(picture[i], 0f, 1f));
        }
        var source = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
        return THRESHOLDS.stream()
                .map(threshold -> decoded(new BinaryBitmap(threshold.apply(source))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The text of the code in a picture of unknown quality: as it is and with its levels
    /// stretched, then with noise averaged over squares of 2, 4, … pixels, up to a 64th of the
    /// width.
    ///
    /// @param picture as for [#read]
    public static Optional<String> search(float[] picture, int width) {
        for (int side = 1; side == 1 || side <= width / 64; side *= 2) {
            float[] calm = side == 1 ? picture : averaged(picture, width, side);
            Optional<String> text = read(calm, width).or(() -> read(stretched(calm), width));
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    /// Means of the `side²` pixels around each, fewer at the border.
    private static float[] averaged(float[] picture, int width, int side) {
        int height = picture.length / width;
        float[] across = new float[picture.length];
        float[] all = new float[picture.length];
        for (int i = 0; i < height; i++) {
            sums(picture, i * width, 1, width, side, across);
        }
        for (int j = 0; j < width; j++) {
            sums(across, j, width, height, side, all);
        }
        return all;
    }

    /// Moving means of `n` numbers that lie `step` apart.
    private static void sums(float[] x, int at, int step, int n, int side, float[] y) {
        double sum = 0;
        for (int i = -side; i < n; i++) {
            int enters = i + side / 2;
            int leaves = enters - side;
            if (enters >= 0 && enters < n) {
                sum += x[at + enters * step];
            }
            if (leaves >= 0) {
                sum -= x[at + leaves * step];
            }
            if (i >= 0) {
                int count = Math.min(n - 1, enters) - Math.max(-1, leaves);
                y[at + i * step] = (float) (sum / count);
            }
        }
    }

    private static Optional<String> decoded(BinaryBitmap bitmap) {
        try {
            return Optional.of(new QRCodeReader().decode(bitmap, HINTS).getText());
        } catch (ReaderException _) {
            return Optional.empty(); // no code, or one that cannot be read
        }
    }

    /// Lines of a camera resampled along the flow: neighbours are averaged with the weights ¼, ½,
    /// ¼, since lines lie closer than modules are high, then cubics laid between them.
    ///
    /// @param lines `[n, width]`
    /// @param times rows per line
    /// @return `[n·times, width]`
    public static float[] resampled(float[] lines, int width, int times) {
        int n = lines.length / width;
        float[] smooth = new float[lines.length];
        for (int r = 0; r < n; r++) {
            int above = Math.max(0, r - 1) * width;
            int below = Math.min(n - 1, r + 1) * width;
            for (int c = 0; c < width; c++) {
                smooth[r * width + c] =
                        0.5f * lines[r * width + c] + 0.25f * (lines[above + c] + lines[below + c]);
            }
        }
        float[] picture = new float[Math.multiplyExact(lines.length, times)];
        for (int r = 0; r < n * times; r++) {
            double place = (r + 0.5) / times - 0.5;
            int row = (int) Math.floor(place);
            double t = place - row;
            double[] weights = { // Keys, a = −½
                ((2 - t) * t - 1) * t / 2,
                ((3 * t - 5) * t * t + 2) / 2,
                ((4 - 3 * t) * t + 1) * t / 2,
                (t - 1) * t * t / 2
            };
            for (int j = 0; j < 4; j++) {
                int from = Math.clamp(row - 1L + j, 0, n - 1) * width;
                for (int c = 0; c < width; c++) {
                    picture[r * width + c] += (float) (weights[j] * smooth[from + c]);
                }
            }
        }
        return picture;
    }

    /// Values stretched so that the 1st percentile becomes 0 and the 99th 1; for pictures without a
    /// blank to compare with.
    public static float[] stretched(float[] picture) {
        float[] sorted = picture.clone();
        Arrays.sort(sorted);
        float low = sorted[sorted.length / 100];
        float high = sorted[sorted.length - 1 - sorted.length / 100];
        float[] y = new float[picture.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = high > low ? Math.clamp((picture[i] - low) / (high - low), 0f, 1f) : 0.5f;
        }
        return y;
    }
}
