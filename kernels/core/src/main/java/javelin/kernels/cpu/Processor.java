package javelin.kernels.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which processor this is, for what was measured on it.
public final class Processor {
    private static final Path FIELDS = Path.of("/proc/cpuinfo");

    private Processor() {}

    /// Name, and family and model where the system tells them: one name covers several generations,
    /// for instance `AMD EPYC (family 26, model 2)`. The architecture on systems that tell nothing.
    public static String name() {
        List<String> lines;
        try {
            lines = Files.readAllLines(FIELDS);
        } catch (IOException | SecurityException _) {
            lines = List.of();
        }
        String name = field(lines, "model name");
        String family = field(lines, "cpu family");
        if (name.isEmpty()) {
            return System.getProperty("os.arch");
        }
        return family.isEmpty()
                ? name
                : "%s (family %s, model %s)".formatted(name, family, field(lines, "model"));
    }

    /// A field of the first processor; empty if there is none.
    private static String field(List<String> lines, String name) {
        return lines.stream()
                .map(l -> l.split("\\s*:\\s*", 2))
                .filter(l -> l.length == 2 && l[0].equals(name))
                .map(l -> l[1].strip())
                .findFirst()
                .orElse("");
    }
}
