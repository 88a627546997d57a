package javelin.kernels.cpu;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Which of several ways is fastest on this machine, found by measurement and remembered in a text
/// file.
///
/// The first line names the format. Then comes a line `[machine]` for each machine, which includes
/// processor, vector width, threads and JDK, and below it a line per problem: `problem = way | way
/// milliseconds | …`. What other machines measured is kept. A damaged file of this format is told
/// in the log and begun anew; any other file is told and left alone, and the measurements serve
/// this JVM only, as they do where the file cannot be written.
///
/// `-Djavelin.tune=FILE` lets the `cpu` backend tune the kernels it prepares.
public final class Tuning {
    private static final System.Logger LOG = System.getLogger("javelin.kernels");
    private static final String FORMAT = "javelin tuning 2";
    private static final String ANY_FORMAT = "javelin tuning ";

    /// Every way is measured so often, in turns; the first turn lets the JIT compile.
    private static final int TURNS = 3;

    private final Path file;
    private final String machine;
    private final Map<String, String> known = new LinkedHashMap<>();
    private boolean isOurs = true;

    /// Measurements of `machine` (any one line) in a file that need not exist.
    public Tuning(Path file, String machine) {
        this.file = file;
        this.machine = machine;
        Map<String, Map<String, String>> all = read(true);
        known.putAll(all.getOrDefault(machine, Map.of()));
        if (known.isEmpty() && !all.isEmpty()) {
            tell(
                    "has measurements of other machines only ('%s', here is '%s'); measuring anew"
                            .formatted(String.join("', '", all.keySet()), machine));
        }
    }

    /// The tuning that `-Djavelin.tune` asks for, null without it or without vectors: plain loops
    /// have one way only.
    static @Nullable Tuning standard(int threads, boolean simd) {
        String asked = System.getProperty("javelin.tune", "");
        if (!asked.isEmpty() && !simd) {
            LOG.log(Level.WARNING, "tune: {0} is not used, plain loops have one way only", asked);
        }
        return asked.isEmpty() || !simd ? null : new Tuning(Path.of(asked), machine(threads));
    }

    private static String machine(int threads) {
        return "%s, %d bit, %d threads, Java %s"
                .formatted(Processor.name(), SpeciesSimd.LANES * 32, threads, Runtime.version());
    }

    /// Measurements in the file by machine.
    private Map<String, Map<String, String>> read(boolean first) {
        var all = new LinkedHashMap<String, Map<String, String>>();
        if (!Files.exists(file)) {
            return all;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException _) {
            lines = List.of(""); // not even text
        } catch (IOException e) {
            isOurs = false;
            tell("cannot be read (%s); it is left alone".formatted(e), first);
            return all;
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(ANY_FORMAT)) {
            isOurs = lines.isEmpty();
            if (!isOurs) {
                tell(
                        "is no tuning file, its first line is not '%s'; it is left alone, measurements are not remembered"
                                .formatted(FORMAT),
                        first);
            }
            return all;
        }
        if (!lines.getFirst().equals(FORMAT)) {
            tell("is of another version, '%s'; measuring anew".formatted(lines.getFirst()), first);
            return all;
        }
        Map<String, String> section = null;
        for (String line : lines.subList(1, lines.size())) {
            int at = line.indexOf(" = ");
            if (line.startsWith("[") && line.endsWith("]")) {
                section =
                        all.computeIfAbsent(
                                line.substring(1, line.length() - 1), _ -> new LinkedHashMap<>());
            } else if (section != null && at >= 1 && line.contains(" | ")) {
                section.put(line.substring(0, at), line.substring(at + 3));
            } else {
                tell("is damaged in the line '%s'; measuring anew".formatted(line), first);
                return new LinkedHashMap<>();
            }
        }
        return all;
    }

    private void tell(String what, boolean first) {
        if (first) {
            tell(what);
        }
    }

    private void tell(String what) {
        LOG.log(Level.WARNING, "tune: {0} {1}", file, what);
    }

    /// The fastest way for a problem: the one remembered, else the one measured now.
    ///
    /// @param problem one line without ` = `
    /// @param ways names of the ways and the ways themselves
    /// @param milliseconds measures one
    /// @throws IllegalArgumentException if there are no ways
    public synchronized <T> T fastest(
            String problem, Map<String, T> ways, ToDoubleFunction<T> milliseconds) {
        String line = known.getOrDefault(problem, "");
        T found = ways.get(line.isEmpty() ? "" : line.substring(0, line.indexOf(" | ")));
        if (found != null) {
            return found;
        }
        var times = new LinkedHashMap<String, Double>();
        for (int turn = 0; turn < TURNS; turn++) {
            ways.forEach(
                    (name, way) -> times.merge(name, milliseconds.applyAsDouble(way), Math::min));
        }
        String best =
                times.entrySet().stream()
                        .min(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse("");
        @Nullable T winner = ways.get(best);
        if (winner == null) {
            throw new IllegalArgumentException("tune: no way to choose from for " + problem);
        }
        var text = new StringBuilder();
        times.forEach(
                (name, time) -> text.append(String.format(Locale.ROOT, " | %s %.4g", name, time)));
        known.put(problem, best + text);
        write();
        return winner;
    }

    /// Adds what is known to what the file holds by now.
    private void write() {
        if (!isOurs) {
            return;
        }
        Map<String, Map<String, String>> all = read(false);
        all.computeIfAbsent(machine, _ -> new LinkedHashMap<>()).putAll(known);
        List<String> lines = new ArrayList<>(List.of(FORMAT));
        all.forEach((name, section) -> {
            lines.add("[" + name + "]");
            section.forEach((problem, line) -> lines.add(problem + " = " + line));
        });
        // a name of its own for each process, and the rights of any new file
        Path part = Path.of("%s.%d.part".formatted(file, ProcessHandle.current().pid()));
        try {
            Files.write(part, lines);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "tune: {0} cannot be written: {1}", file, e);
            part.toFile().delete();
        }
    }
}
