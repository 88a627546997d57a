package javelin.algorithms.fourierspi.files;

import javelin.nn.io.FormatException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// NumPy's array files, versions 1 to 3, as far as measurements need them.
///
/// @see "NumPy Enhancement Proposal 1, A Simple File Format for NumPy Arrays, 2007"
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<|=>])([a-z])(\\d+)'");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private NpyFile() {}

    /// Rows of the array; an array of one axis is one row.
    static double[][] read(byte[] file, String source) throws FormatException {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < MAGIC.length; i++) {
            if (file.length < 12 || file[i] != MAGIC[i]) {
                throw new FormatException(source, "is no NPY file; its first bytes differ");
            }
        }
        in.position(8);
        int length = file[6] == 1 ? in.getShort() & 0xffff : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new FormatException(source, "is cut short in its head");
        }
        byte[] text = new byte[length];
        in.get(text);
        String head = new String(text, StandardCharsets.UTF_8);
        Matcher type = TYPE.matcher(head);
        Matcher shape = SHAPE.matcher(head);
        if (!type.find() || !shape.find() || head.contains("'fortran_order': True")) {
            throw new FormatException(
                    source, "needs numbers of one type in C order, found " + head.strip());
        }
        if (type.group(1).equals(">")) {
            throw new FormatException(source, "is big-endian; store it as little-endian");
        }
        int[] dims = dims(shape.group(1), source);
        int rows = dims.length == 2 ? dims[0] : 1;
        int columns = dims[dims.length - 1];
        String kind = type.group(2) + type.group(3);
        int bytes = Integer.parseInt(type.group(3));
        if (in.remaining() != (long) rows * columns * bytes || rows == 0 || columns == 0) {
            throw new FormatException(
                    source,
                    "has %d bytes of numbers, its shape (%s) needs %d"
                            .formatted(
                                    in.remaining(), shape.group(1), (long) rows * columns * bytes));
        }
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] =
                        switch (kind) {
                            case "f4" -> in.getFloat();
                            case "f8" -> in.getDouble();
                            case "i2" -> in.getShort();
                            case "u2" -> in.getShort() & 0xffff;
                            case "i1" -> in.get();
                            case "u1" -> in.get() & 0xff;
                            case "i4" -> in.getInt();
                            case "u4" -> in.getInt() & 0xffffffffL;
                            case "i8" -> in.getLong();
                            default ->
                                    throw new FormatException(
                                            source,
                                            "has numbers of type '%s'; f4, f8, i1, i2, i4, i8, u1, u2 and u4 are read"
                                                    .formatted(kind));
                        };
            }
        }
        return values;
    }

    private static int[] dims(String text, String source) throws FormatException {
        String[] words = text.strip().replaceAll(",$", "").split("\\s*,\\s*", -1);
        int[] dims = new int[words.length];
        for (int i = 0; i < dims.length; i++) {
            if (dims.length > 2 || !words[i].matches("\\d{1,9}")) {
                throw new FormatException(
                        source, "must have one or two axes, its shape is (" + text + ")");
            }
            dims[i] = Integer.parseInt(words[i]);
        }
        return dims;
    }
}
