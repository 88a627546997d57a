package javelin.algorithms.fourierspi.files;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.nn.io.AtomicFile;
import javelin.nn.io.FormatException;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A schedule and the levels of its patterns as JSON.
///
/// | field | meaning |
/// |---|---|
/// | `format` | `javelin schedule 1` |
/// | `nx`, `ny` | pixels; a line has `ny` 1 |
/// | `scheme` | see [Scheme#named] |
/// | `a`, `b` | mean level and amplitude of the patterns |
/// | `shortcut` | whether real coefficients get two phases only |
/// | `frequencies` | pairs `[u, v]` of cycles across the field |
/// | `response` | pairs `[re, im]` by which the coefficients are divided, as a calibration found them; may be missing |
/// | `samples` | triples `[pulse, index of the frequency or −1, index of the phase]` in time order |
///
/// @param schedule what is shown when
/// @param pattern levels of the light
/// @param response what the instrument makes of each coefficient; empty if that is not known
public record ScheduleFile(Schedule schedule, Pattern pattern, List<Complex> response) {
    private static final String FORMAT = "javelin schedule 1";

    /// Checks that there is a response for each frequency, or none.
    ///
    /// @throws IllegalArgumentException if there are more or fewer, or one is 0 or not finite
    public ScheduleFile {
        response = List.copyOf(response);
        int count = schedule.frequencies().size();
        if (!response.isEmpty() && response.size() != count) {
            throw new IllegalArgumentException(
                    "schedule: %d responses for %d frequencies".formatted(response.size(), count));
        }
        for (Complex c : response) {
            double size = Math.hypot(c.re(), c.im());
            if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "schedule: a response of (%s, %s) cannot be divided by"
                                .formatted(c.re(), c.im()));
            }
        }
    }

    /// What each coefficient is divided by: 1 where the response is not known.
    public Complex[] divisors() {
        Complex[] all = response.toArray(Complex[]::new);
        if (all.length == 0) {
            all = new Complex[schedule.frequencies().size()];
            Arrays.fill(all, new Complex(1, 0));
        }
        return all;
    }

    /// Writes the file.
    ///
    /// @throws IOException if it cannot be written; a file of that name is then unchanged
    public void write(Path file) throws IOException {
        var all = new LinkedHashMap<String, Object>();
        all.put("format", FORMAT);
        all.put("nx", schedule.grid().nx());
        all.put("ny", schedule.grid().ny());
        all.put("scheme", schedule.scheme().name());
        all.put("a", pattern.a());
        all.put("b", pattern.b());
        all.put("shortcut", schedule.shortcut());
        all.put(
                "frequencies",
                schedule.frequencies().stream().map(f -> new int[] {f.u(), f.v()}).toList());
        if (!response.isEmpty()) {
            all.put("response", response.stream().map(c -> new double[] {c.re(), c.im()}).toList());
        }
        all.put(
                "samples",
                schedule.samples().stream()
                        .map(s -> new int[] {s.pulse(), s.coefficient(), s.phase()})
                        .toList());
        AtomicFile.write(file, Json.pretty(all));
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is no text in UTF-8");
        }
    }

    /// Reads a file.
    ///
    /// @throws FormatException if it is none, or its schedule has no meaning
    public static ScheduleFile read(Path file) throws IOException {
        String source = file.toString();
        Map<String, @Nullable Object> all = Json.parseObject(text(file), source);
        if (!FORMAT.equals(all.get("format"))) {
            throw new FormatException(
                    source, "is no schedule; its field 'format' must be '" + FORMAT + "'");
        }
        List<Frequency> frequencies = new ArrayList<>();
        for (int[] f : numbers(all, "frequencies", 2, source)) {
            frequencies.add(new Frequency(f[0], f[1]));
        }
        List<Schedule.Sample> samples = new ArrayList<>();
        for (int[] s : numbers(all, "samples", 3, source)) {
            samples.add(new Schedule.Sample(s[0], s[1], s[2]));
        }
        try {
            var schedule =
                    new Schedule(
                            new Grid(whole(all, "nx", source), whole(all, "ny", source)),
                            frequencies,
                            Scheme.named(String.valueOf(all.get("scheme"))),
                            Boolean.TRUE.equals(all.get("shortcut")),
                            samples);
            return new ScheduleFile(
                    schedule,
                    new Pattern(number(all, "a", source), number(all, "b", source)),
                    response(all, source));
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Complex> response(Map<String, @Nullable Object> all, String source)
            throws FormatException {
        if (!all.containsKey("response")) {
            return List.of();
        }
        if (!(all.get("response") instanceof List<?> list)) {
            throw new FormatException(source, "field 'response' must be a list");
        }
        List<Complex> found = new ArrayList<>();
        for (Object entry : list) {
            if (!(entry instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof Number re
                    && pair.get(1) instanceof Number im)) {
                throw new FormatException(
                        source,
                        "entry %d of 'response' must be 2 numbers, found %s"
                                .formatted(found.size(), entry));
            }
            found.add(new Complex(re.doubleValue(), im.doubleValue()));
        }
        return found;
    }

    private static List<int[]> numbers(
            Map<String, @Nullable Object> all, String name, int count, String source)
            throws FormatException {
        List<int[]> found = new ArrayList<>();
        if (all.get(name) instanceof List<?> list) {
            for (Object entry : list) {
                if (!(entry instanceof List<?> values)
                        || values.size() != count
                        || !values.stream().allMatch(ScheduleFile::isInt)) {
                    throw new FormatException(
                            source,
                            "entry %d of '%s' must be %d whole numbers, found %s"
                                    .formatted(found.size(), name, count, entry));
                }
                found.add(values.stream().mapToInt(v -> ((Long) v).intValue()).toArray());
            }
            return found;
        }
        throw new FormatException(source, "field '" + name + "' must be a list");
    }

    private static boolean isInt(@Nullable Object value) {
        return value instanceof Long l && l == l.intValue();
    }

    private static int whole(Map<String, @Nullable Object> all, String name, String source)
            throws FormatException {
        if (isInt(all.get(name)) && all.get(name) instanceof Long l) {
            return l.intValue();
        }
        throw new FormatException(source, "field '" + name + "' must be a whole number");
    }

    private static double number(Map<String, @Nullable Object> all, String name, String source)
            throws FormatException {
        if (all.get(name) instanceof Number n) {
            return n.doubleValue();
        }
        throw new FormatException(source, "field '" + name + "' must be a number");
    }
}
