package javelin.nn.io;

import javelin.tensor.Tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A safetensors file: named arrays and a map of texts.
///
/// Opening maps the file and checks its header; values are read when they are asked for, so a file
/// may be larger than memory. Layout: the length of the header (8 bytes, little-endian), the header
/// (JSON: type, shape and byte range of each tensor), the values (little-endian, row-major, without
/// gaps). Files of the PyTorch world hold weights with channels first; [Layouts] converts.
///
/// Instances may be used from several threads. After [#close] nothing can be read.
///
/// @see "Hugging Face, safetensors format, https://github.com/huggingface/safetensors"
public final class Safetensors implements AutoCloseable {
    /// Longest header that is read, in bytes (the limit of the original implementation).
    public static final long MAX_HEADER = 100_000_000;

    /// Most axes a tensor may have.
    public static final int MAX_RANK = 64;

    // Unaligned: other writers need not align, and the header shifts everything.
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final Arena arena;
    private final MemorySegment values;
    private final SafetensorsHeader header;

    private Safetensors(String file, Arena arena, MemorySegment all, SafetensorsHeader header) {
        this.file = file;
        this.arena = arena;
        this.header = header;
        this.values = all.asSlice(header.begin());
    }

    // ---- reading ----

    /// Opens a file and checks its whole header.
    ///
    /// @throws FormatException if it is not a sound safetensors file
    /// @throws IOException if it cannot be read
    @SuppressWarnings("MustBeClosedChecker") // closed by close(), or below
    public static Safetensors open(Path path) throws IOException {
        String file = path.toString();
        if (!Files.exists(path)) {
            throw new NoSuchFileException(file, null, "no such file");
        }
        if (Files.isDirectory(path)) {
            throw new FileSystemException(file, null, "is a folder, expected a safetensors file");
        }
        Arena arena = Arena.ofShared();
        boolean done = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment all =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var result = new Safetensors(file, arena, all, SafetensorsHeader.read(file, all));
            done = true;
            return result;
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    /// Names of the tensors, in the order of their values in the file.
    public Set<String> names() {
        return Collections.unmodifiableSet(header.entries().keySet());
    }

    /// The texts stored beside the tensors.
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /// Element type of a tensor.
    ///
    /// @throws FormatException if there is none of that name
    public StoredType type(String name) throws FormatException {
        return entry(name).type();
    }

    /// Sizes of a tensor along its axes.
    ///
    /// @throws FormatException if there is none of that name, or a size exceeds 32 bits
    public int[] shape(String name) throws FormatException {
        List<Long> shape = entry(name).shape();
        for (long d : shape) {
            if (d > Integer.MAX_VALUE) {
                throw new FormatException(
                        file,
                        "tensor \"%s\" has shape %s, larger than can be held"
                                .formatted(Json.clip(name), shape));
            }
        }
        return shape.stream().mapToInt(Long::intValue).toArray();
    }

    /// Number of elements of a tensor.
    ///
    /// @throws FormatException if there is none of that name
    public long elements(String name) throws FormatException {
        return entry(name).elements();
    }

    /// Values of a tensor of any type, rounded to 32-bit numbers.
    ///
    /// @throws FormatException if there is none of that name, or it is larger than a Java array
    public float[] floats(String name) throws FormatException {
        return floats(name, 0, length(name));
    }

    /// As [#floats(String)], for `count` elements from `from`.
    public float[] floats(String name, long from, int count) throws FormatException {
        SafetensorsHeader.Entry e = entry(name);
        MemorySegment s = part(e, from, count);
        float[] y = new float[count];
        switch (e.type()) {
            case F32 -> MemorySegment.copy(s, FLOAT, 0, y, 0, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    y[i] = Float.float16ToFloat(s.getAtIndex(SHORT, i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    y[i] = Float.intBitsToFloat(s.getAtIndex(SHORT, i) << 16);
                }
            }
            case F64, I64, I32, I16, I8, U8, BOOL -> {
                double[] wide = doubles(name, from, count);
                for (int i = 0; i < count; i++) {
                    y[i] = (float) wide[i];
                }
            }
        }
        return y;
    }

    /// Values of a tensor of any type as 64-bit numbers; only `I64` beyond 2⁵³ is rounded.
    ///
    /// @throws FormatException if there is none of that name, or it is larger than a Java array
    public double[] doubles(String name) throws FormatException {
        return doubles(name, 0, length(name));
    }

    private double[] doubles(String name, long from, int count) throws FormatException {
        SafetensorsHeader.Entry e = entry(name);
        double[] y = new double[count];
        switch (e.type()) {
            case F64 -> MemorySegment.copy(part(e, from, count), DOUBLE, 0, y, 0, count);
            case F32, F16, BF16 -> {
                float[] x = floats(name, from, count);
                for (int i = 0; i < count; i++) {
                    y[i] = x[i];
                }
            }
            case I64, I32, I16, I8, U8, BOOL -> {
                long[] x = longs(name, from, count);
                for (int i = 0; i < count; i++) {
                    y[i] = x[i];
                }
            }
        }
        return y;
    }

    /// Values of a tensor of integers.
    ///
    /// @throws FormatException if there is none of that name, it holds no integers, or it is larger
    ///   than a Java array
    public long[] longs(String name) throws FormatException {
        return longs(name, 0, length(name));
    }

    private long[] longs(String name, long from, int count) throws FormatException {
        SafetensorsHeader.Entry e = entry(name);
        MemorySegment s = part(e, from, count);
        long[] y = new long[count];
        for (int i = 0; i < count; i++) {
            y[i] =
                    switch (e.type()) {
                        case I64 -> s.getAtIndex(LONG, i);
                        case I32 -> s.getAtIndex(INT, i);
                        case I16 -> s.getAtIndex(SHORT, i);
                        case I8 -> s.get(ValueLayout.JAVA_BYTE, i);
                        case U8, BOOL -> s.get(ValueLayout.JAVA_BYTE, i) & 0xff;
                        case F64, F32, F16, BF16 ->
                                throw new FormatException(
                                        file,
                                        "tensor \"%s\" is of type %s; expected integers"
                                                .formatted(Json.clip(name), e.type()));
                    };
        }
        return y;
    }

    /// The bytes of a tensor as they are in the file, `count` elements from `from`.
    ///
    /// @throws FormatException if there is none of that name, or they exceed a Java array
    public byte[] bytes(String name, long from, int count) throws FormatException {
        MemorySegment s = part(entry(name), from, count);
        if (s.byteSize() > Integer.MAX_VALUE - 8) {
            throw tooLarge(name);
        }
        return s.toArray(ValueLayout.JAVA_BYTE);
    }

    /// A tensor on the current backend: real numbers in the type of the backend, integers as 32
    /// bits.
    ///
    /// @throws FormatException if there is none of that name, it is larger than a Java array, or an
    ///   integer does not fit 32 bits
    public Tensor tensor(String name) throws FormatException {
        int[] shape = shape(name);
        return switch (type(name)) {
            case F32, F16, BF16 -> Tensor.of(floats(name), shape);
            case F64 -> Tensor.of(doubles(name), shape);
            case I64, I32, I16, I8, U8, BOOL -> {
                long[] x = longs(name);
                int[] y = new int[x.length];
                for (int i = 0; i < y.length; i++) {
                    y[i] = (int) x[i];
                    if (y[i] != x[i]) {
                        throw new FormatException(
                                file,
                                "tensor \"%s\" holds %d, which does not fit 32 bits"
                                        .formatted(Json.clip(name), x[i]));
                    }
                }
                yield Tensor.of(y, shape);
            }
        };
    }

    private SafetensorsHeader.Entry entry(String name) throws FormatException {
        SafetensorsHeader.Entry e = header.entries().get(name);
        if (e == null) {
            throw new FormatException(
                    file,
                    "has no tensor \"%s\"; it has %d: %s%s"
                            .formatted(
                                    Json.clip(name),
                                    header.entries().size(),
                                    header.entries().keySet().stream()
                                            .limit(8)
                                            .map(Json::clip)
                                            .collect(Collectors.joining(", ")),
                                    header.entries().size() > 8 ? ", …" : ""));
        }
        return e;
    }

    private int length(String name) throws FormatException {
        long n = entry(name).elements();
        if (n > Integer.MAX_VALUE - 8) {
            throw tooLarge(name);
        }
        return (int) n;
    }

    private FormatException tooLarge(String name) throws FormatException {
        return new FormatException(
                file,
                "tensor \"%s\" has %d elements, more than one array can hold; read it in parts"
                        .formatted(Json.clip(name), entry(name).elements()));
    }

    private MemorySegment part(SafetensorsHeader.Entry e, long from, int count) {
        if (from < 0 || count < 0 || from > e.elements() - count) {
            throw new IndexOutOfBoundsException(
                    "safetensors: elements %d to %d of %d"
                            .formatted(from, from + count, e.elements()));
        }
        return values.asSlice(e.begin() + from * e.type().bytes(), (long) count * e.type().bytes());
    }

    /// Unmaps the file.
    @Override
    public void close() {
        arena.close();
    }

    // ---- writing ----

    /// Writes a file by way of [AtomicFile].
    ///
    /// The same content gives the same bytes: tensors stand in the order of falling element size,
    /// then of name, and metadata in the order of the keys. Values are aligned to their own size,
    /// the first to 8 bytes.
    ///
    /// @throws IllegalArgumentException if the header would exceed [#MAX_HEADER]
    /// @throws IOException if it cannot be written; a file of that name is then unchanged
    public static void write(
            Path path, Map<String, TensorValues> tensors, Map<String, String> metadata)
            throws IOException {
        AtomicFile.write(path, out -> write(out, tensors, metadata));
    }

    /// Writes the content of a file to a stream.
    static void write(
            OutputStream out, Map<String, TensorValues> tensors, Map<String, String> metadata)
            throws IOException {
        List<Map.Entry<String, TensorValues>> order = new ArrayList<>(tensors.entrySet());
        order.sort(
                Comparator.comparingInt(
                                (Map.Entry<String, TensorValues> e) -> -e.getValue().type.bytes())
                        .thenComparing(Map.Entry.comparingByKey()));
        var header = new LinkedHashMap<String, Object>();
        if (!metadata.isEmpty()) {
            header.put(SafetensorsHeader.METADATA, new TreeMap<>(metadata));
        }
        long at = 0;
        for (Map.Entry<String, TensorValues> e : order) {
            if (e.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException(
                        "safetensors: a tensor cannot be named " + SafetensorsHeader.METADATA);
            }
            TensorValues v = e.getValue();
            long end = Math.addExact(at, (long) v.length * v.type.bytes());
            var entry = new LinkedHashMap<String, Object>();
            entry.put("dtype", v.type.name());
            entry.put("shape", v.shape);
            entry.put("data_offsets", new long[] {at, end});
            header.put(e.getKey(), entry);
            at = end;
        }
        byte[] text = Json.write(header).getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(text.length, 8) * 8;
        if (padded > MAX_HEADER) {
            throw new IllegalArgumentException(
                    "safetensors: the header would have %d bytes; readers take at most %d"
                            .formatted(padded, MAX_HEADER));
        }
        byte[] blanks = new byte[padded - text.length];
        Arrays.fill(blanks, (byte) ' ');
        var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(padded).array());
        out.write(text);
        out.write(blanks);
        for (Map.Entry<String, TensorValues> e : order) {
            e.getValue().writeTo(out);
        }
    }
}
