package javelin.nn.data;

import javelin.nn.io.FormatException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// PNG files: writes them, and checks them from end to end before they are decoded, because the
/// decoder of the JDK neither checks sums nor notices every file that is cut short.
///
/// @see "W3C, Portable Network Graphics (PNG) Specification, second edition, 2003"
final class Png {
    private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};

    private Png() {}

    static boolean is(byte[] file) {
        return file.length >= 8 && Arrays.equals(file, 0, 8, SIGNATURE, 0, 8);
    }

    /// Walks the chunks of a file.
    static void check(byte[] file, String source) throws FormatException {
        int at = 8;
        while (true) {
            if (file.length - at < 12) {
                throw new FormatException(
                        source,
                        "PNG is cut short at byte %d; expected another chunk, the last being IEND"
                                .formatted(file.length));
            }
            int length = ByteBuffer.wrap(file).getInt(at);
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > file.length - at - 12) {
                throw new FormatException(
                        source,
                        "PNG chunk %s at byte %d should have %d bytes, but the file ends %d bytes after its head; it is cut short or damaged"
                                .formatted(
                                        printable(type),
                                        at,
                                        length & 0xffff_ffffL,
                                        file.length - at - 8));
            }
            var crc = new CRC32();
            crc.update(file, at + 4, length + 4);
            if ((int) crc.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
                throw new FormatException(
                        source,
                        "PNG chunk %s at byte %d is damaged, its checksum differs"
                                .formatted(printable(type), at));
            }
            if (type.equals("IEND")) {
                return;
            }
            at += length + 12;
        }
    }

    private static String printable(String type) {
        return type.replaceAll("[^A-Za-z]", "?");
    }

    /// File of 8-bit grey or RGB. The same picture gives the same bytes on the same JDK.
    static byte[] encode(Picture p) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte colourType = (byte) (p.channels() == 1 ? 0 : 2);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(p.width())
                        .putInt(p.height())
                        .put((byte) 8)
                        .put(colourType)
                        .array());
        chunk(out, "IDAT", deflate(filter(p)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] head = type.getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(head);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(head);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /// Each row as it is, or as the difference to the pixel before or above, whichever has the
    /// smallest sum of absolute values (the heuristic of the specification, section 12.8).
    private static byte[] filter(Picture p) {
        int row = p.width() * p.channels();
        byte[] x = p.pixels();
        byte[] y = new byte[Math.addExact(x.length, p.height())];
        byte[][] candidates = new byte[3][row];
        for (int r = 0; r < p.height(); r++) {
            int[] cost = new int[3];
            for (int i = 0; i < row; i++) {
                int at = r * row + i;
                int left = i < p.channels() ? 0 : x[at - p.channels()];
                int up = r == 0 ? 0 : x[at - row];
                candidates[0][i] = x[at];
                candidates[1][i] = (byte) (x[at] - left);
                candidates[2][i] = (byte) (x[at] - up);
                for (int f = 0; f < 3; f++) {
                    cost[f] += Math.abs(candidates[f][i]);
                }
            }
            int best = cost[1] < cost[0] ? 1 : 0;
            best = cost[2] < cost[best] ? 2 : best;
            y[r * (row + 1)] = (byte) best; // 0 none, 1 left, 2 up
            System.arraycopy(candidates[best], 0, y, r * (row + 1) + 1, row);
        }
        return y;
    }

    private static byte[] deflate(byte[] data) {
        try (var deflater = new Deflater(6)) {
            deflater.setInput(data);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 15];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        }
    }
}
