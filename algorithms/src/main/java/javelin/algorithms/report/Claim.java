package javelin.algorithms.report;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A sentence of a paper or of ours, and whether the numbers of a run bear it out.
///
/// @param id short name, the same in every run: `qr-tenth`
/// @param statement what is claimed
/// @param rule what must be true of the values: `rate >= 0.95`
/// @param values the numbers that the rule looks at, and others that explain them, by name
/// @param margin by how much the rule is fulfilled, in the units of the value; below zero by how
///   much it is missed; NaN if the value is
/// @param error half of the 95 % interval of the value; null if it was measured once
public record Claim(
        String id,
        String statement,
        String rule,
        Map<String, Double> values,
        double margin,
        @Nullable Double error) {
    /// Copies the values.
    public Claim {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// That the value of that name is `bound` or more.
    ///
    /// @throws IllegalArgumentException if there is no such value
    public static Claim atLeast(
            String id,
            String statement,
            String name,
            double bound,
            Map<String, Double> values,
            @Nullable Double error) {
        double margin = value(id, name, values) - bound;
        return new Claim(id, statement, rule(name, ">=", bound), values, margin, error);
    }

    /// That the value of that name is `bound` or less.
    ///
    /// @throws IllegalArgumentException if there is no such value
    public static Claim atMost(
            String id,
            String statement,
            String name,
            double bound,
            Map<String, Double> values,
            @Nullable Double error) {
        double margin = bound - value(id, name, values);
        return new Claim(id, statement, rule(name, "<=", bound), values, margin, error);
    }

    private static double value(String id, String name, Map<String, Double> values) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "claim %s: no value '%s' among %s".formatted(id, name, values.keySet()));
        }
        return value;
    }

    private static String rule(String name, String sign, double bound) {
        return "%s %s %s".formatted(name, sign, number(bound));
    }

    /// Whether the rule is fulfilled; false for values that are not numbers.
    public boolean holds() {
        return margin >= 0;
    }

    /// For `results.json`; numbers that are not finite are null there.
    public Map<String, @Nullable Object> fields() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("id", id);
        all.put("statement", statement);
        all.put("rule", rule);
        all.put("holds", holds());
        var numbers = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> numbers.put(name, finite(value)));
        all.put("values", numbers);
        all.put("margin", finite(margin));
        all.put("error", error);
        return all;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /// `holds: codes are read at a tenth (rate >= 0.95; rate 0.988, codes 240)`.
    @Override
    public String toString() {
        return "%s: %s (%s; %s)"
                .formatted(holds() ? "holds" : "does NOT hold", statement, rule, numbers());
    }

    /// The values in one line.
    String numbers() {
        var text = new StringBuilder();
        values.forEach((name, value) -> {
            text.append(text.isEmpty() ? "" : ", ").append(name).append(' ');
            text.append(number(value));
        });
        return text.toString();
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (!Double.isFinite(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.1f", value);
        }
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("0+$", "");
    }
}
