package javelin.kernels.cpu;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
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
/// The first line names the format, the second the machine; then comes a line per problem: `problem
/// = way | way milliseconds | …`. A file that is damaged or of another machine is told in the log
/// and begun anew; one that cannot be written is told, and the measurements serve this JVM only.
///
/// `-Djavelin.tune=FILE` lets the `cpu` backend tune the kernels it prepares.
public final class Tuning {
    private static final System.Logger LOG = System.getLogger("javelin.kernels");
    private static final String FORMAT = "javelin tuning 1";

    private final Path file;
    private final String machine;
    private final Map<String, String> known = new LinkedHashMap<>();

    /// Measurements of `machine` (any one line) in a file that need not exist.
    public Tuning(Path file, String machine) {
        this.file = file;
        this.machine = machine;
        if (Files.exists(file)) {
            read();
        }
    }

    /// The tuning that `-Djavelin.tune` asks for, null without it.
    static @Nullable Tuning standard(int threads) {
        String asked = System.getProperty("javelin.tune", "");
        return asked.isEmpty() ? null : new Tuning(Path.of(asked), machine(threads));
    }

    private static String machine(int threads) {
        return "%s, %d bit, %d threads, Java %s"
                .formatted(processor(), SpeciesSimd.LANES * 32, threads, Runtime.version());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException | SecurityException _) {
            return System.getProperty("os.arch");
        }
    }

    private void read() {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2 || !lines.getFirst().equals(FORMAT)) {
                tell("is no tuning file; its first line must be '%s'".formatted(FORMAT));
                return;
            }
            if (!lines.get(1).equals(machine)) {
                tell("is of another machine, '%s' and not '%s'".formatted(lines.get(1), machine));
                return;
            }
            for (String line : lines.subList(2, lines.size())) {
                int at = line.indexOf(" = ");
                if (at < 1 || !line.contains(" | ")) {
                    known.clear();
                    tell("is damaged in the line '%s'".formatted(line));
                    return;
                }
                known.put(line.substring(0, at), line.substring(at + 3));
            }
        } catch (IOException e) {
            tell("cannot be read: " + e);
        }
    }

    private void tell(String what) {
        LOG.log(Level.WARNING, "tune: {0} {1}; measuring anew", file, what);
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
        String best = "";
        @Nullable T winner = null;
        double least = Double.POSITIVE_INFINITY;
        var text = new StringBuilder();
        for (Map.Entry<String, T> way : ways.entrySet()) {
            double time = milliseconds.applyAsDouble(way.getValue());
            text.append(String.format(Locale.ROOT, " | %s %.4g", way.getKey(), time));
            if (winner == null || time < least) {
                least = time;
                best = way.getKey();
                winner = way.getValue();
            }
        }
        if (winner == null) {
            throw new IllegalArgumentException("tune: no way to choose from for " + problem);
        }
        known.put(problem, best + text);
        write();
        return winner;
    }

    private void write() {
        List<String> lines = new ArrayList<>(List.of(FORMAT, machine));
        known.forEach((problem, line) -> lines.add(problem + " = " + line));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, lines);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "tune: {0} cannot be written: {1}", file, e);
        }
    }
}
