package javelin.algorithms.fourierspi.targets;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

import javelin.tensor.Rng;

import java.util.Map;

/// A QR code with its quiet zone of four modules, which fills the field.
///
/// @param text what it says
/// @param version 1 to 40; the code has `17 + 4·version` modules on a side
/// @param across modules on a side, quiet zone included
/// @param modules transmission of the modules `[across, across]`: 0 dark, 1 light
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QrCode(String text, int version, int across, float[] modules) {
    private static final int QUIET = 4;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// Characters that fit at level M, versions 1 to 4, some to spare.
    private static final int[] LENGTHS = {0, 20, 38, 61, 90};

    /// How much of a code may be damaged.
    public enum Correction {
        /// About 7 %.
        L,
        /// About 15 %.
        M,
        /// About 25 %.
        Q,
        /// About 30 %.
        H
    }

    /// The code of a text.
    ///
    /// @throws IllegalArgumentException if the text does not fit the version
    public static QrCode of(String text, int version, Correction correction) {
        ByteMatrix code;
        try {
            code =
                    Encoder.encode(
                                    text,
                                    ErrorCorrectionLevel.valueOf(correction.name()),
                                    Map.of(EncodeHintType.QR_VERSION, version))
                            .getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "qr: %d characters do not fit version %d at level %s"
                            .formatted(text.length(), version, correction),
                    e);
        }
        int across = code.getWidth() + 2 * QUIET;
        float[] modules = new float[across * across];
        java.util.Arrays.fill(modules, 1);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                modules[(y + QUIET) * across + x + QUIET] = code.get(x, y) == 1 ? 0 : 1;
            }
        }
        return new QrCode(text, version, across, modules);
    }

    /// A code of random characters, level M.
    ///
    /// @param version 1 to 4
    public static QrCode random(int version, Rng rng) {
        if (version < 1 || version >= LENGTHS.length) {
            throw new IllegalArgumentException(
                    "qr: random codes have version 1 to 4, got " + version);
        }
        var text = new StringBuilder();
        for (int i = 0; i < LENGTHS[version]; i++) {
            text.append(ALPHABET.charAt(rng.nextInt(ALPHABET.length())));
        }
        return of(text.toString(), version, Correction.M);
    }

    /// The code in pixels, each the mean over its area.
    ///
    /// @param dark transmission of dark modules
    /// @param light transmission of light modules
    /// @return `[height, width]`
    public float[] drawn(int width, int height, float dark, float light) {
        float[] picture = new float[Math.multiplyExact(width, height)];
        double[] rows = new double[across];
        for (int y = 0; y < height; y++) {
            double top = (double) y * across / height;
            double bottom = (double) (y + 1) * across / height;
            java.util.Arrays.fill(rows, 0);
            for (int m = (int) top; m < across && m < bottom; m++) {
                double part = (Math.min(m + 1, bottom) - Math.max(m, top)) / (bottom - top);
                for (int x = 0; x < across; x++) {
                    rows[x] += part * modules[m * across + x];
                }
            }
            for (int x = 0; x < width; x++) {
                double left = (double) x * across / width;
                double right = (double) (x + 1) * across / width;
                double sum = 0;
                for (int m = (int) left; m < across && m < right; m++) {
                    sum += rows[m] * (Math.min(m + 1, right) - Math.max(m, left));
                }
                picture[y * width + x] = (float) (dark + (light - dark) * sum / (right - left));
            }
        }
        return picture;
    }
}
