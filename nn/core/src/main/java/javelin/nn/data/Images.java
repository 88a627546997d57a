package javelin.nn.data;

import javelin.nn.io.AtomicFile;
import javelin.nn.io.FormatException;

import org.jspecify.annotations.Nullable;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads, writes and transforms single pictures.
///
/// Read are PNG, JPEG, BMP and GIF (the first frame). Palettes are resolved, 16 bits rounded to 8,
/// transparent pixels laid over white; colour profiles and the orientation of cameras (EXIF) are
/// ignored. A picture without colour has one channel.
public final class Images {
    /// Most pixels that are decoded.
    public static final long MAX_PIXELS = 100_000_000;

    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    private Images() {}

    /// Whether a name ends like that of a picture that can be read.
    public static boolean isImageName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /// Reads a file.
    ///
    /// @throws FormatException if it is not a sound picture, or has more than [#MAX_PIXELS]
    /// @throws IOException if it cannot be read
    public static Picture read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder, expected a picture");
        }
        return decode(Files.readAllBytes(file), file.toString());
    }

    /// Reads the content of a file.
    ///
    /// @param source what it is called in messages
    /// @throws FormatException if it is not a sound picture, or has more than [#MAX_PIXELS]
    public static Picture decode(byte[] file, String source) throws FormatException {
        String format = format(file);
        if (format == null) {
            throw new FormatException(
                    source,
                    file.length == 0
                            ? "is empty; expected a PNG, JPEG, BMP or GIF picture"
                            : "is not a picture; expected PNG, JPEG, BMP or GIF");
        }
        if (format.equals("PNG")) {
            Png.check(file, source);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next(); // each of the four comes with the JDK
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            var warnings = new StringBuilder();
            reader.addIIOReadWarningListener((_, warning) -> damage(warning, warnings));
            int w = reader.getWidth(0);
            int h = reader.getHeight(0);
            if ((long) w * h > MAX_PIXELS) {
                throw new FormatException(
                        source,
                        "%s of %d x %d pixels; at most %d pixels are decoded"
                                .formatted(format, w, h, MAX_PIXELS));
            }
            BufferedImage image = reader.read(0);
            if (!warnings.isEmpty()) {
                throw new FormatException(source, format + " is damaged (" + warnings + ")");
            }
            return picture(image);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // decoders let all kinds escape
            String reason = e.getMessage();
            throw new FormatException(
                    source,
                    "%s is cut short, damaged or of a kind that is not read (%s)"
                            .formatted(
                                    format,
                                    reason == null
                                            ? e.getClass().getSimpleName()
                                            : reason.lines().findFirst().orElse("")),
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static @Nullable String format(byte[] file) {
        if (Png.is(file)) {
            return "PNG";
        }
        if (file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8) {
            return "JPEG";
        }
        if (file.length > 6 && file[0] == 'G' && file[1] == 'I' && file[2] == 'F') {
            return "GIF";
        }
        return file.length > 26 && file[0] == 'B' && file[1] == 'M' ? "BMP" : null;
    }

    /// The JPEG decoder fills what is missing with grey and only warns. Bytes between markers and
    /// the like do no harm.
    private static void damage(String warning, StringBuilder into) {
        boolean harmless =
                !warning.contains("remature end") // "Premature end of JPEG file" and others
                        && !(warning.contains("Corrupt JPEG data")
                                && !warning.contains("extraneous"));
        if (!harmless && into.isEmpty()) {
            into.append(warning);
        }
    }

    /// Takes the samples as they are stored: conversions of the JDK would apply gamma curves.
    private static Picture picture(BufferedImage image) {
        int h = image.getHeight();
        int w = image.getWidth();
        ColorModel colours = image.getColorModel();
        return colours instanceof ComponentColorModel
                ? fromSamples(image.getRaster(), colours, h, w)
                : fromColours(image, h, w); // palettes and packed colours are exact there
    }

    private static Picture fromSamples(Raster raster, ColorModel colours, int h, int w) {
        int bands = raster.getNumBands();
        int c = bands >= 3 ? 3 : 1;
        int alpha = bands == 2 || bands == 4 ? bands - 1 : -1;
        double scale = 255.0 / ((1L << colours.getComponentSize(0)) - 1);
        byte[] pixels = new byte[Math.multiplyExact(h * w, c)];
        int[] row = new int[w * bands];
        for (int y = 0; y < h; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, w, 1, row);
            for (int x = 0; x < w; x++) {
                double a = alpha < 0 ? 255 : row[x * bands + alpha] * scale;
                for (int k = 0; k < c; k++) {
                    pixels[(y * w + x) * c + k] = overWhite(row[x * bands + k] * scale, a);
                }
            }
        }
        return new Picture(h, w, c, pixels);
    }

    private static Picture fromColours(BufferedImage image, int h, int w) {
        byte[] pixels = new byte[Math.multiplyExact(h * w, 3)];
        int[] row = new int[w];
        boolean grey = true;
        for (int y = 0; y < h; y++) {
            image.getRGB(0, y, w, 1, row, 0, w);
            for (int x = 0; x < w; x++) {
                int at = (y * w + x) * 3;
                for (int k = 0; k < 3; k++) {
                    int value = row[x] >>> (16 - 8 * k) & 0xff;
                    pixels[at + k] = overWhite(value, row[x] >>> 24);
                }
                grey &= pixels[at] == pixels[at + 1] && pixels[at] == pixels[at + 2];
            }
        }
        var picture = new Picture(h, w, 3, pixels);
        return grey ? picture.grey() : picture;
    }

    private static byte overWhite(double value, double alpha) {
        return (byte) Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }

    /// Writes a PNG file by way of [AtomicFile].
    public static void write(Path file, Picture picture) throws IOException {
        AtomicFile.write(file, png(picture));
    }

    /// Content of a PNG file.
    public static byte[] png(Picture picture) {
        return Png.encode(picture);
    }

    /// Scales to a size; results are rounded half up after each of the two passes.
    public static Picture resize(Picture p, int height, int width, Filter filter) {
        if (height == p.height() && width == p.width()) {
            return p;
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "resize: size %d x %d is not positive".formatted(width, height));
        }
        float[] values = new float[p.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = p.pixels()[i] & 0xff;
        }
        float[] scaled =
                Resampling.resize(
                        values, p.height(), p.width(), p.channels(), height, width, filter, true);
        byte[] pixels = new byte[scaled.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) scaled[i];
        }
        return new Picture(height, width, p.channels(), pixels);
    }

    /// Scales `[h, w, c]` values to `[height, width, c]` without rounding.
    public static float[] resize(
            float[] x, int h, int w, int c, int height, int width, Filter filter) {
        return Resampling.resize(x, h, w, c, height, width, filter, false);
    }

    /// A part.
    ///
    /// @throws IllegalArgumentException if it does not lie within the picture
    public static Picture crop(Picture p, int top, int left, int height, int width) {
        if (top < 0
                || left < 0
                || height < 1
                || width < 1
                || top > p.height() - height
                || left > p.width() - width) {
            throw new IllegalArgumentException(
                    "crop: %d x %d at (%d, %d) does not lie within a picture of %d x %d"
                            .formatted(width, height, left, top, p.width(), p.height()));
        }
        int row = width * p.channels();
        byte[] pixels = new byte[height * row];
        for (int y = 0; y < height; y++) {
            int from = ((top + y) * p.width() + left) * p.channels();
            System.arraycopy(p.pixels(), from, pixels, y * row, row);
        }
        return new Picture(height, width, p.channels(), pixels);
    }

    /// Scales so that the picture just covers a size, and cuts off what sticks out on two sides.
    public static Picture cover(Picture p, int height, int width, Filter filter) {
        double scale = Math.max((double) height / p.height(), (double) width / p.width());
        int h = Math.max(height, (int) Math.round(p.height() * scale));
        int w = Math.max(width, (int) Math.round(p.width() * scale));
        return crop(resize(p, h, w, filter), (h - height) / 2, (w - width) / 2, height, width);
    }

    /// Pictures of one size in rows, with white gaps; in colour if one of them is.
    public static Picture grid(List<Picture> pictures, int columns, int gap) {
        if (pictures.isEmpty() || columns < 1 || gap < 0) {
            throw new IllegalArgumentException("grid: no pictures, no columns, or a negative gap");
        }
        int h = pictures.getFirst().height();
        int w = pictures.getFirst().width();
        int c = pictures.stream().mapToInt(Picture::channels).max().orElse(1);
        int rows = Math.ceilDiv(pictures.size(), columns);
        int height = rows * (h + gap) - gap;
        int width = Math.min(columns, pictures.size()) * (w + gap) - gap;
        byte[] pixels = new byte[height * width * c];
        Arrays.fill(pixels, (byte) 255);
        for (int i = 0; i < pictures.size(); i++) {
            Picture p = c == 3 ? pictures.get(i).rgb() : pictures.get(i);
            if (p.height() != h || p.width() != w) {
                throw new IllegalArgumentException(
                        "grid: picture %d is %d x %d, the first is %d x %d"
                                .formatted(i, p.width(), p.height(), w, h));
            }
            for (int y = 0; y < h; y++) {
                int to = ((i / columns * (h + gap) + y) * width + i % columns * (w + gap)) * c;
                System.arraycopy(p.pixels(), y * w * c, pixels, to, w * c);
            }
        }
        return new Picture(height, width, c, pixels);
    }
}
