package javelin.nn.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the settings of a [ModelSpec] and complains about those that are missing or of another
/// kind.
record Fields(String family, Map<String, Object> values) {
    Fields(ModelSpec spec) {
        this(spec.family(), spec.configuration());
    }

    int number(String name) {
        return number(name, value(name));
    }

    boolean flag(String name) {
        if (value(name) instanceof Boolean b) {
            return b;
        }
        throw wrong(name, "true or false", value(name));
    }

    double real(String name) {
        if (value(name) instanceof Number n) {
            return n.doubleValue();
        }
        throw wrong(name, "a number", value(name));
    }

    List<Integer> numbers(String name) {
        if (!(value(name) instanceof List<?> list)) {
            throw wrong(name, "a list of whole numbers", value(name));
        }
        List<Integer> result = new ArrayList<>();
        for (Object o : list) {
            result.add(number(name, o));
        }
        return result;
    }

    /// Lists of equal length, as one row per position.
    List<int[]> rows(String... names) {
        List<List<Integer>> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(numbers(name));
        }
        int length = columns.getFirst().size();
        for (int i = 0; i < names.length; i++) {
            if (columns.get(i).size() != length) {
                throw wrong(names[i], length + " numbers", columns.get(i));
            }
        }
        List<int[]> rows = new ArrayList<>();
        for (int r = 0; r < length; r++) {
            int[] row = new int[names.length];
            for (int c = 0; c < row.length; c++) {
                row[c] = columns.get(c).get(r);
            }
            rows.add(row);
        }
        return rows;
    }

    private int number(String name, Object value) {
        if (value instanceof Number n
                && n.doubleValue() == n.intValue()
                && n.intValue() >= 0
                && n.intValue() <= 1 << 20) {
            return n.intValue();
        }
        throw wrong(name, "a whole number from 0 to 1048576", value);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "zoo: the configuration of '%s' has no '%s'; it has %s"
                            .formatted(family, name, values.keySet()));
        }
        return value;
    }

    private IllegalArgumentException wrong(String name, String expected, Object found) {
        return new IllegalArgumentException(
                "zoo: '%s' of '%s' must be %s, got %s".formatted(name, family, expected, found));
    }
}
