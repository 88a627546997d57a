package javelin.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class JsonTest {
    @Test
    void readsEveryKindOfValueInOrder() throws Exception {
        Map<String, ?> read =
                Json.parseObject(
                        """
                        {"z": [1, -2.5, 1e3, 0], "a": {"t": true, "f": false, "n": null},
                         "s": "\\u00e9\\n\\"\\\\\\/ \\ud83d\\ude00 é", "": "" }
                        """,
                        "test");
        assertThat(read.keySet()).containsExactly("z", "a", "s", "");
        assertThat(read.get("z")).isEqualTo(List.of(1L, -2.5, 1000.0, 0L));
        var inner = new LinkedHashMap<String, Object>();
        inner.put("t", true);
        inner.put("f", false);
        inner.put("n", null);
        assertThat(read.get("a")).isEqualTo(inner);
        assertThat(read.get("s")).isEqualTo("é\n\"\\/ 😀 é");
    }

    @Test
    void wholeNumbersOf64BitsStayExact() throws Exception {
        assertThat(Json.parse("9223372036854775807", "t")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse("-9223372036854775808", "t")).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.parse("9223372036854775808", "t")).isEqualTo(0x1p63);
        assertThat(Json.parse("-0", "t")).isEqualTo(-0.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|the text ends at line 1, column 1",
                "{|the text ends at line 1, column 2",
                "[1,]|found ']' where a value was expected at line 1, column 4",
                "[1 2]|found '2' where ']' was expected at line 1, column 4",
                "{a:1}|found 'a' where '\"' was expected",
                "{\"a\":1,\"a\":2}|name \"a\" occurs twice in one object at line 1, column 8",
                "{\"a\":1,}|found '}' where '\"' was expected",
                "01|text follows after the value at line 1, column 2",
                "1.|a digit was expected",
                "-|a digit was expected",
                "+1|found '+' where a value was expected",
                "1e999|found a number beyond the range",
                "NaN|found 'N' where a value was expected",
                "nul|found an unknown word",
                "\"abc|the text ends",
                "\"\\x\"|found an unknown escape '\\x'",
                "\"\\u12g4\"|found 'g' where a hexadecimal digit was expected",
                "\"\\ud800\"|found half of a surrogate pair",
                "// no|found '/' where a value was expected",
                "1 1|text follows after the value",
            })
    void refusesWithThePlace(String text, String problem) {
        assertThatThrownBy(() -> Json.parse(text, "x.json"))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageStartingWith("x.json: not JSON, ")
                .hasMessageContaining(problem);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  b\n}", "x"))
                .hasMessageContaining("at line 3, column 3");
        assertThatThrownBy(() -> Json.parse("\"a\u0001b\"", "x"))
                .hasMessageContaining("control character");
    }

    @Test
    void refusesNestingThatIsTooDeep() throws Exception {
        int d = Json.MAX_DEPTH;
        assertThat(Json.parse("[".repeat(d) + "]".repeat(d), "x")).isNotNull();
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000), "x"))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageContaining("deeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"\"", "[1,\"a\",null,true,{\"k\":[{}]}]", "-1.5E-7"})
    void writesWhatItReads(String text) throws Exception {
        assertThat(Json.write(Json.parse(text, "x"))).isEqualTo(text);
        assertThat(Json.parse(Json.pretty(Json.parse(text, "x")), "x"))
                .isEqualTo(Json.parse(text, "x"));
    }

    @Test
    void writesArraysAndNumbersOfAnyKind() {
        var map = new LinkedHashMap<String, Object>();
        map.put("i", new int[] {1, 2});
        map.put("f", 0.1f);
        map.put("nan", Double.NaN);
        map.put("s", "a\u0000\"\u2028\ud800");
        assertThat(Json.write(map))
                .isEqualTo(
                        "{\"i\":[1,2],\"f\":0.1,\"nan\":null,\"s\":\"a\\u0000\\\"\\u2028\\ud800\"}");
        assertThat(Json.pretty(Map.of("k", Arrays.asList(1, 2))))
                .isEqualTo("{\n  \"k\": [1, 2]\n}\n");
    }

    @Test
    void refusesToWriteWhatHasNoForm() {
        assertThatThrownBy(() -> Json.write(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSON form");
        assertThatThrownBy(() -> Json.write(Map.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedTextNeverFailsInAnotherWay() {
        String good = "{\"a\":[1.5e3,true,null,\"\\u00e9\\ud83d\\ude00\"],\"b\":{\"c\":-12}}";
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            char[] text = good.toCharArray();
            for (int k = random.nextInt(4); k >= 0; k--) {
                text[random.nextInt(text.length)] = (char) random.nextInt(128);
            }
            String bad = new String(text, 0, random.nextInt(text.length + 1));
            try {
                Json.parse(bad, "x");
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("x: not JSON, ");
            }
        }
    }
}
