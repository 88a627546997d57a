package javelin.nn.data;

import javelin.nn.io.FormatException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// IDX files of unsigned bytes, plain or gzip, as MNIST comes in.
///
/// | bytes | what |
/// |---|---|
/// | 4 | `00 00 08 d`: unsigned bytes, `d` sizes (1 labels, 3 images) |
/// | 4·d | sizes, big-endian: count, then height and width of images |
/// | rest | values, row-major |
///
/// @see "LeCun, Cortes and Burges, The MNIST database of handwritten digits"
public final class Idx {
    private static final int MAX_SIDE = 1 << 16;

    private Idx() {}

    /// Reads images and their labels; the classes are called after the numbers.
    ///
    /// @throws FormatException if a file is not a sound IDX file, or the counts differ
    public static ByteImages read(Path images, Path labels) throws IOException {
        int[] read = labels(labels);
        int classes = Arrays.stream(read).max().orElse(-1) + 1;
        List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        return read(images, labels, names);
    }

    /// Reads images, and their labels where given.
    ///
    /// @throws FormatException if a file is not a sound IDX file, the counts differ, or a label is
    ///   not that of a class
    public static ByteImages read(Path images, @Nullable Path labels, List<String> classes)
            throws IOException {
        int[] read = labels == null ? null : labels(labels);
        for (int i = 0; read != null && i < read.length; i++) {
            if (read[i] >= classes.size()) {
                throw new FormatException(
                        String.valueOf(labels),
                        "label %d at byte %d; expected 0 to %d"
                                .formatted(read[i], 8 + i, classes.size() - 1));
            }
        }
        try (InputStream in = open(images)) {
            int[] sizes = head(in, images, 3, "images");
            if (read != null && sizes[0] != read.length) {
                throw new FormatException(
                        String.valueOf(labels),
                        "has %d labels, but %s has %d images"
                                .formatted(read.length, images.getFileName(), sizes[0]));
            }
            int h = sizes[1];
            int w = sizes[2];
            if (h < 1 || w < 1 || h > MAX_SIDE || w > MAX_SIDE || h > Images.MAX_PIXELS / w) {
                throw new FormatException(
                        images.toString(),
                        "images of %s x %s pixels at byte 8; expected 1 to %d pixels each"
                                .formatted(
                                        Integer.toUnsignedString(w),
                                        Integer.toUnsignedString(h),
                                        Images.MAX_PIXELS));
            }
            checkLength(images, 16 + (long) sizes[0] * h * w, "%d images".formatted(sizes[0]));
            List<byte[]> pixels = new ArrayList<>(); // grows with what is really there
            for (int i = 0; i < sizes[0]; i++) {
                byte[] image = in.readNBytes(h * w);
                if (image.length < h * w) {
                    throw new FormatException(
                            images.toString(),
                            "is cut short in image %d of %d".formatted(i, sizes[0]));
                }
                pixels.add(image);
            }
            checkEnd(in, images);
            return new ByteImages(h, w, 1, pixels.toArray(byte[][]::new), read, classes, null);
        } catch (EOFException | ZipException e) {
            throw damaged(images, e);
        }
    }

    /// Reads labels.
    ///
    /// @throws FormatException if it is not a sound IDX file of labels
    public static int[] labels(Path file) throws IOException {
        try (InputStream in = open(file)) {
            int n = head(in, file, 1, "labels")[0];
            checkLength(file, 8 + (long) n, n + " labels");
            byte[] bytes = in.readNBytes(n);
            if (bytes.length < n) {
                throw new FormatException(
                        file.toString(),
                        "is cut short after %d of %d labels".formatted(bytes.length, n));
            }
            checkEnd(in, file);
            int[] labels = new int[n];
            for (int i = 0; i < n; i++) {
                labels[i] = bytes[i] & 0xff;
            }
            return labels;
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        }
    }

    private static FormatException damaged(Path file, IOException cause) {
        return new FormatException(
                file.toString(),
                "gzip is cut short or damaged (%s)".formatted(cause.getMessage()),
                cause);
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return isGzip(file) ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e instanceof EOFException || e instanceof ZipException ? damaged(file, e) : e;
        }
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(2);
            return magic.length == 2 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b;
        }
    }

    private static int[] head(InputStream in, Path file, int rank, String what) throws IOException {
        byte[] head = in.readNBytes(4 + 4 * rank);
        if (head.length >= 4) {
            int magic = ByteBuffer.wrap(head).getInt();
            if (magic != (0x800 | rank)) {
                throw new FormatException(
                        file.toString(),
                        "begins with %s; expected %s (IDX, unsigned bytes, %s)"
                                .formatted(hex(magic), hex(0x800 | rank), what));
            }
        }
        if (head.length < 4 + 4 * rank) {
            throw new FormatException(
                    file.toString(),
                    "is cut short at byte %d; an IDX file of %s has a head of %d bytes"
                            .formatted(head.length, what, 4 + 4 * rank));
        }
        int[] sizes = new int[rank];
        ByteBuffer.wrap(head, 4, 4 * rank).asIntBuffer().get(sizes);
        if (sizes[0] < 0) {
            throw new FormatException(
                    file.toString(),
                    "has a count of %s at byte 4; expected at most %d"
                            .formatted(Integer.toUnsignedString(sizes[0]), Integer.MAX_VALUE));
        }
        return sizes;
    }

    private static String hex(int magic) {
        return "%02x %02x %02x %02x"
                .formatted(magic >>> 24, magic >>> 16 & 0xff, magic >>> 8 & 0xff, magic & 0xff);
    }

    /// A plain file tells by its length, before anything is read.
    private static void checkLength(Path file, long expected, String what) throws IOException {
        long size = Files.size(file);
        if (!isGzip(file) && size < expected) {
            throw new FormatException(
                    file.toString(),
                    "is cut short at byte %d; %s need %d bytes".formatted(size, what, expected));
        }
    }

    private static void checkEnd(InputStream in, Path file) throws IOException {
        if (in.read() >= 0) {
            throw new FormatException(
                    file.toString(), "goes on after the last value; expected its end");
        }
    }
}
