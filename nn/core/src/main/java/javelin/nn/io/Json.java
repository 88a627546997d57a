package javelin.nn.io;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads and writes JSON (RFC 8259), strictly.
///
/// | JSON | Java |
/// |---|---|
/// | object | `Map<String, Object>`, in the order of the text |
/// | array | `List<Object>` |
/// | string | `String` |
/// | number without fraction and exponent, within 64 bits | `Long` |
/// | other number | `Double` |
/// | `true`, `false`, `null` | `Boolean`, `null` |
///
/// Refused, each with line and column: anything after the value, a name twice in one object,
/// comments, trailing commas, numbers beyond the range of `double`, nesting deeper than
/// [#MAX_DEPTH], unpaired surrogates in escapes.
public final class Json {
    /// Deepest nesting that is read or written.
    public static final int MAX_DEPTH = 200;

    private Json() {}

    /// Reads a text.
    ///
    /// @param source the file it is from, for messages
    /// @throws FormatException if it is not JSON
    public static @Nullable Object parse(String text, String source) throws FormatException {
        var reader = new Reader(text, source);
        reader.blanks();
        Object value = reader.value(0);
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.error("text follows after the value");
        }
        return value;
    }

    /// Reads a text that must be an object.
    ///
    /// @throws FormatException if it is not
    public static Map<String, @Nullable Object> parseObject(String text, String source)
            throws FormatException {
        if (parse(text, source) instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // the reader makes no other maps
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw new FormatException(source, "the JSON text is not an object; expected { … }");
    }

    /// Text of a value in one line.
    ///
    /// Takes maps with string keys, collections, arrays, strings, numbers, booleans and null. JSON
    /// knows no infinities and no NaN: they are written as `null`.
    ///
    /// @throws IllegalArgumentException if there is something else in it, or it is nested too
    ///   deeply
    public static String write(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out, -1, 0);
        return out.toString();
    }

    /// As [#write], with line breaks and two spaces of indentation; arrays of numbers stay in one
    /// line.
    public static String pretty(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out, 0, 0);
        return out.append('\n').toString();
    }

    // ---- writing ----

    private static void write(@Nullable Object value, StringBuilder out, int indent, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("json: value is nested deeper than " + MAX_DEPTH);
        }
        switch (value) {
            case null -> out.append("null");
            case String s -> quote(s, out);
            case Boolean b -> out.append(b);
            case Double d -> out.append(Double.isFinite(d) ? d.toString() : "null");
            case Float f -> out.append(Float.isFinite(f) ? f.toString() : "null");
            case Number n -> out.append(n);
            case Map<?, ?> map -> writeMap(map, out, indent, depth);
            case Collection<?> list -> writeList(list, out, indent, depth);
            case Object array when array.getClass().isArray() -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = 0; i < Array.getLength(array); i++) {
                    list.add(Array.get(array, i));
                }
                writeList(list, out, indent, depth);
            }
            default ->
                    throw new IllegalArgumentException(
                            "json: a value of " + value.getClass() + " has no JSON form");
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out, int indent, int depth) {
        boolean first = true;
        out.append('{');
        for (Map.Entry<?, ?> e : map.entrySet()) {
            if (!(e.getKey() instanceof String name)) {
                throw new IllegalArgumentException("json: key " + e.getKey() + " is not a string");
            }
            separate(out, first, indent, depth + 1);
            first = false;
            quote(name, out);
            out.append(indent < 0 ? ":" : ": ");
            write(e.getValue(), out, indent, depth + 1);
        }
        if (!first && indent >= 0) {
            newline(out, depth);
        }
        out.append('}');
    }

    private static void writeList(Collection<?> list, StringBuilder out, int indent, int depth) {
        boolean flat = indent < 0;
        if (!flat) {
            flat = true;
            for (Object x : list) {
                flat &= x instanceof Number || x == null;
            }
        }
        boolean first = true;
        out.append('[');
        for (Object x : list) {
            if (flat) {
                out.append(first ? "" : indent < 0 ? "," : ", ");
            } else {
                separate(out, first, indent, depth + 1);
            }
            first = false;
            write(x, out, indent, depth + 1);
        }
        if (!first && !flat) {
            newline(out, depth);
        }
        out.append(']');
    }

    private static void separate(StringBuilder out, boolean first, int indent, int depth) {
        if (!first) {
            out.append(',');
        }
        if (indent >= 0) {
            newline(out, depth);
        }
    }

    private static void newline(StringBuilder out, int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private static void quote(String s, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean lone = Character.isSurrogate(c) && !paired(s, i);
                    // U+2028 and U+2029 end a line in scripts that embed the text
                    if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029 || lone) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String s, int i) {
        return Character.isHighSurrogate(s.charAt(i))
                ? i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(s.charAt(i - 1));
    }

    // ---- reading ----

    private static final class Reader {
        private final String text;
        private final String source;
        private int at;

        Reader(String text, String source) {
            this.text = text;
            this.source = source;
        }

        FormatException error(String problem) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < Math.min(at, text.length()); i++) {
                column++;
                if (text.charAt(i) == '\n') {
                    line++;
                    column = 1;
                }
            }
            return new FormatException(
                    source, "not JSON, %s at line %d, column %d".formatted(problem, line, column));
        }

        void blanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        char peek() throws FormatException {
            if (at >= text.length()) {
                throw error("the text ends");
            }
            return text.charAt(at);
        }

        boolean accept(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        void expect(char c) throws FormatException {
            if (peek() != c) {
                throw error("found '%s' where '%s' was expected".formatted(shown(), c));
            }
            at++;
        }

        String shown() {
            char c = text.charAt(at);
            return c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
        }

        @Nullable Object value(int depth) throws FormatException {
            if (depth > MAX_DEPTH) {
                throw error("nesting is deeper than " + MAX_DEPTH);
            }
            char c = peek();
            return switch (c) {
                case '{' -> object(depth);
                case '[' -> array(depth);
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
                default -> throw error("found '%s' where a value was expected".formatted(shown()));
            };
        }

        private @Nullable Object word(String word, @Nullable Object meaning)
                throws FormatException {
            if (!text.startsWith(word, at)) {
                throw error("found an unknown word");
            }
            at += word.length();
            return meaning;
        }

        private Map<String, @Nullable Object> object(int depth) throws FormatException {
            var map = new LinkedHashMap<String, @Nullable Object>();
            expect('{');
            blanks();
            if (accept('}')) {
                return map;
            }
            do {
                blanks();
                int start = at;
                String name = string();
                if (map.containsKey(name)) {
                    at = start;
                    throw error("name \"%s\" occurs twice in one object".formatted(clip(name)));
                }
                blanks();
                expect(':');
                blanks();
                map.put(name, value(depth + 1));
                blanks();
            } while (accept(','));
            expect('}');
            return map;
        }

        private List<@Nullable Object> array(int depth) throws FormatException {
            var list = new ArrayList<@Nullable Object>();
            expect('[');
            blanks();
            if (accept(']')) {
                return list;
            }
            do {
                blanks();
                list.add(value(depth + 1));
                blanks();
            } while (accept(','));
            expect(']');
            return list;
        }

        private String string() throws FormatException {
            expect('"');
            int start = at;
            while (at < text.length() && plain(text.charAt(at))) {
                at++;
            }
            if (accept('"')) {
                return text.substring(start, at - 1);
            }
            var out = new StringBuilder(text.substring(start, at));
            while (true) {
                char c = peek();
                if (c == '"') {
                    at++;
                    return out.toString();
                }
                if (c < ' ') {
                    throw error("found a control character in a string");
                }
                at++;
                out.append(c == '\\' ? escape() : c);
            }
        }

        private static boolean plain(char c) {
            return c != '"' && c != '\\' && c >= ' ';
        }

        private String escape() throws FormatException {
            char c = peek();
            at++;
            return switch (c) {
                case '"', '\\', '/' -> String.valueOf(c);
                case 'b' -> "\b";
                case 'f' -> "\f";
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case 'u' -> unicode();
                default -> {
                    at--;
                    throw error("found an unknown escape '\\%s'".formatted(shown()));
                }
            };
        }

        private String unicode() throws FormatException {
            char first = hex();
            if (!Character.isSurrogate(first)) {
                return String.valueOf(first);
            }
            if (Character.isHighSurrogate(first) && accept('\\') && accept('u')) {
                char second = hex();
                if (Character.isLowSurrogate(second)) {
                    return new String(new char[] {first, second});
                }
            }
            throw error("found half of a surrogate pair");
        }

        private char hex() throws FormatException {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                int digit = Character.digit(peek(), 16);
                if (digit < 0 || peek() > 'f') {
                    throw error(
                            "found '%s' where a hexadecimal digit was expected".formatted(shown()));
                }
                value = value * 16 + digit;
                at++;
            }
            return (char) value;
        }

        private Number number() throws FormatException {
            int start = at;
            accept('-');
            if (!accept('0')) {
                digits();
            }
            boolean whole = true;
            if (accept('.')) {
                whole = false;
                digits();
            }
            if (accept('e') || accept('E')) {
                whole = false;
                if (!accept('+')) {
                    accept('-');
                }
                digits();
            }
            String token = text.substring(start, at);
            if (whole && token.length() <= 20 && !token.equals("-0")) {
                try {
                    return Long.valueOf(token);
                } catch (NumberFormatException _) {
                    // beyond 64 bits: a double
                }
            }
            double value = Double.parseDouble(token);
            if (Double.isInfinite(value)) {
                at = start;
                throw error("found a number beyond the range of 64-bit floating point");
            }
            return value;
        }

        private void digits() throws FormatException {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw error("a digit was expected");
            }
        }
    }

    /// A name as it may appear in a message, whatever a hostile file calls things.
    static String clip(String name) {
        String shown =
                name.codePointCount(0, name.length()) <= 80
                        ? name
                        : name.substring(0, name.offsetByCodePoints(0, 77)) + "…";
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
