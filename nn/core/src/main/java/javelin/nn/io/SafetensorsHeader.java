package javelin.nn.io;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The checked header of a safetensors file.
///
/// @param entries tensors by name, in the order of their values
/// @param metadata the texts stored beside them
/// @param begin where in the file the values begin
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long begin) {
    /// Name of the object of texts.
    static final String METADATA = "__metadata__";

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// What the header says of one tensor; `begin` and `end` are bytes from the start of the
    /// values.
    record Entry(StoredType type, List<Long> shape, long elements, long begin, long end) {}

    /// Reads the header of a file and checks it against the size of the file.
    ///
    /// @throws FormatException if anything is wrong with it
    static SafetensorsHeader read(String file, MemorySegment all) throws FormatException {
        long size = all.byteSize();
        if (size < 8) {
            throw new FormatException(
                    file,
                    "only %d bytes long; a safetensors file begins with 8 bytes that give the length of its header"
                            .formatted(size));
        }
        long length = all.get(LONG, 0);
        if (length < 2 || length > Safetensors.MAX_HEADER) {
            throw new FormatException(
                    file,
                    "bytes 0 to 7 give a header of %s bytes; a safetensors header has 2 to %d"
                            .formatted(Long.toUnsignedString(length), Safetensors.MAX_HEADER));
        }
        if (length > size - 8) {
            throw new FormatException(
                    file,
                    "the header should be %d bytes long, but only %d bytes follow its length; the file is cut short or of another kind"
                            .formatted(length, size - 8));
        }
        Map<String, @Nullable Object> json =
                Json.parseObject(text(file, all.asSlice(8, length)), file);
        Map<String, String> metadata = metadata(file, json.remove(METADATA));
        var entries = new LinkedHashMap<String, Entry>();
        for (Map.Entry<String, @Nullable Object> e : json.entrySet()) {
            entries.put(e.getKey(), entry(file, e.getKey(), e.getValue()));
        }
        return new SafetensorsHeader(
                inFileOrder(file, entries, size - 8 - length), metadata, 8 + length);
    }

    private static String text(String file, MemorySegment bytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException(file, "the header is not UTF-8 text", e);
        }
    }

    private static Map<String, String> metadata(String file, @Nullable Object value)
            throws FormatException {
        var result = new LinkedHashMap<String, String>();
        if (value == null) {
            return result;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new FormatException(file, METADATA + " is not an object of texts");
        }
        for (Map.Entry<?, ?> e : map.entrySet()) {
            if (!(e.getValue() instanceof String s)) {
                throw new FormatException(
                        file,
                        "%s has a value for \"%s\" that is not a text"
                                .formatted(METADATA, Json.clip((String) e.getKey())));
            }
            result.put((String) e.getKey(), s);
        }
        return Collections.unmodifiableMap(result);
    }

    private static Entry entry(String file, String name, @Nullable Object value)
            throws FormatException {
        String where = "tensor \"" + Json.clip(name) + "\"";
        if (!(value instanceof Map<?, ?> map)) {
            throw new FormatException(
                    file, where + " has no object with dtype, shape and data_offsets");
        }
        StoredType type = null;
        for (StoredType t : StoredType.values()) {
            if (t.name().equals(map.get("dtype"))) {
                type = t;
            }
        }
        if (type == null) {
            throw new FormatException(
                    file,
                    "%s has dtype %s; known are %s"
                            .formatted(
                                    where,
                                    map.get("dtype") instanceof String s ? Json.clip(s) : "none",
                                    Arrays.toString(StoredType.values())));
        }
        List<Long> shape = wholeNumbers(file, where, "shape", map.get("shape"));
        if (shape.size() > Safetensors.MAX_RANK) {
            throw new FormatException(
                    file,
                    "%s has %d axes; at most %d are read"
                            .formatted(where, shape.size(), Safetensors.MAX_RANK));
        }
        List<Long> range = wholeNumbers(file, where, "data_offsets", map.get("data_offsets"));
        if (range.size() != 2 || range.get(0) > range.get(1)) {
            throw new FormatException(
                    file, "%s has data_offsets %s; expected [begin, end]".formatted(where, range));
        }
        long elements = 1;
        long bytes;
        try {
            for (long d : shape) {
                elements = Math.multiplyExact(elements, d);
            }
            bytes = Math.multiplyExact(elements, type.bytes());
        } catch (ArithmeticException e) {
            throw new FormatException(
                    file, "%s has shape %s, more than 2^63 bytes".formatted(where, shape), e);
        }
        if (range.get(1) - range.get(0) != bytes) {
            throw new FormatException(
                    file,
                    "%s has %d bytes (data_offsets %s) but shape %s of %s needs %d"
                            .formatted(
                                    where, range.get(1) - range.get(0), range, shape, type, bytes));
        }
        return new Entry(type, shape, elements, range.get(0), range.get(1));
    }

    private static List<Long> wholeNumbers(
            String file, String where, String what, @Nullable Object value) throws FormatException {
        if (!(value instanceof List<?> list)) {
            throw new FormatException(file, "%s has no list %s".formatted(where, what));
        }
        if (list.size() > 1000) {
            throw new FormatException(
                    file, "%s has a %s of %d numbers".formatted(where, what, list.size()));
        }
        var result = new ArrayList<Long>();
        for (Object x : list) {
            if (!(x instanceof Long n) || n < 0) {
                throw new FormatException(
                        file,
                        "%s has %s in its %s; expected whole numbers from 0 to 2^63-1"
                                .formatted(
                                        where,
                                        x instanceof Number ? x : "something else than a number",
                                        what));
            }
            result.add(n);
        }
        return List.copyOf(result);
    }

    /// Checks that the byte ranges cover the values exactly, and orders the tensors by them.
    private static Map<String, Entry> inFileOrder(
            String file, Map<String, Entry> entries, long size) throws FormatException {
        List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
        order.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()));
        var result = new LinkedHashMap<String, Entry>();
        long end = 0;
        for (Map.Entry<String, Entry> e : order) {
            Entry entry = e.getValue();
            if (entry.begin() != end) {
                throw new FormatException(
                        file,
                        "tensor \"%s\" begins at byte %d of the values, but the one before it ends at %d; ranges must follow each other without %s"
                                .formatted(
                                        Json.clip(e.getKey()),
                                        entry.begin(),
                                        end,
                                        entry.begin() < end ? "overlap" : "gap"));
            }
            end = entry.end();
            if (end > size) {
                throw new FormatException(
                        file,
                        "tensor \"%s\" ends at byte %d of the values, but the file holds only %d; it is cut short"
                                .formatted(Json.clip(e.getKey()), end, size));
            }
            result.put(e.getKey(), entry);
        }
        if (end != size) {
            throw new FormatException(
                    file,
                    "%d bytes follow after the last tensor; expected none".formatted(size - end));
        }
        return result;
    }
}
