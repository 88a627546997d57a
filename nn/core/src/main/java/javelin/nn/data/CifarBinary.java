package javelin.nn.data;

import javelin.nn.io.FormatException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Record files in the layout of CIFAR-10: per record one byte of class, then the red, green and
/// blue plane, each `h·w` bytes, row-major. There is no head; the count follows from the length.
///
/// @see "Krizhevsky, Learning multiple layers of features from tiny images, 2009"
public final class CifarBinary {
    private CifarBinary() {}

    /// Reads files of 32 × 32 pixels one after the other.
    public static ByteImages read(List<Path> files, List<String> classes) throws IOException {
        return read(files, 32, 32, classes);
    }

    /// Reads files of any size of image one after the other.
    ///
    /// @throws FormatException if a file is not a whole number of records, or a label is not that
    ///   of a class
    public static ByteImages read(List<Path> files, int h, int w, List<String> classes)
            throws IOException {
        int plane = Math.multiplyExact(h, w);
        int record = Math.addExact(1, Math.multiplyExact(3, plane));
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString(), null, "no such file");
            }
            long size = Files.size(file);
            if (size == 0 || size % record != 0) {
                throw new FormatException(
                        file.toString(),
                        "has %d bytes, which is not a whole number of records of %d (a class and 3 planes of %d x %d)"
                                .formatted(size, record, w, h));
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                for (long i = 0; i < size / record; i++) {
                    byte[] bytes = in.readNBytes(record);
                    if (bytes.length < record) {
                        throw new FormatException(
                                file.toString(), "became shorter while it was read");
                    }
                    int label = bytes[0] & 0xff;
                    if (label >= classes.size()) {
                        throw new FormatException(
                                file.toString(),
                                "class %d at byte %d; expected 0 to %d"
                                        .formatted(label, i * record, classes.size() - 1));
                    }
                    labels.add(label);
                    pixels.add(interleaved(bytes, plane));
                }
            }
        }
        return new ByteImages(
                h,
                w,
                3,
                pixels.toArray(byte[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                classes,
                null);
    }

    private static byte[] interleaved(byte[] record, int plane) {
        byte[] image = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                image[3 * i + c] = record[1 + c * plane + i];
            }
        }
        return image;
    }
}
