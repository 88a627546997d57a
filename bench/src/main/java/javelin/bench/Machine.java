package javelin.bench;

import javelin.kernels.cpu.Processor;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.SpeciesSimd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Where a number comes from.
public final class Machine {
    private static final long USUAL_CACHE = 32L << 20;
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Machine() {}

    /// Fields `commit`, `jdk`, `machine`, `flags`.
    public static Map<String, @Nullable Object> fields() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("commit", commit());
        all.put("jdk", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        all.put(
                "machine",
                "%s, processors: %d, %s, %s %s"
                        .formatted(
                                Processor.name(),
                                Runtime.getRuntime().availableProcessors(),
                                vectors(),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
        all.put("flags", flags());
        return all;
    }

    /// Bytes of the largest cache of the first processor; 32 MiB where the system does not tell.
    public static long lastLevelCache() {
        return Caches.LAST;
    }

    /// Bytes of the second-level cache of the first processor; 512 KiB where it is not told.
    public static long secondLevelCache() {
        return Caches.SECOND;
    }

    /// Options of the JVM that can change speed.
    static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("-X") || a.startsWith("-Djavelin."))
                .filter(a -> !a.startsWith("-Xlog"))
                .filter(a -> !a.matches("-Djavelin\\.(root|terminal|threads)=.*"))
                .toList();
    }

    /// What our own kernels use here.
    private static String vectors() {
        return Simd.isAvailable()
                ? "vectors of %d bits".formatted(SpeciesSimd.LANES * Float.SIZE)
                : "plain loops";
    }

    /// Commit of the sources, with `+` if they are changed; null if they are not in a repository.
    private static @Nullable String commit() {
        String root = System.getProperty("javelin.root", ".");
        String head = git(root, "rev-parse", "HEAD");
        String changes = git(root, "status", "--porcelain", "--untracked-files=no");
        return head == null || changes == null || changes.isEmpty() ? head : head + "+";
    }

    private static @Nullable String git(String root, String... words) {
        var command = new ArrayList<>(List.of("git", "-C", root));
        command.addAll(List.of(words));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = git.waitFor(10, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 ? text.strip() : null;
        } catch (IOException _) {
            return null; // no git here
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException _) {
            return Stream.empty(); // another system: unknown
        }
    }

    private static final class Caches {
        static final long SECOND = ofLevel(2, 512L << 10);
        static final long LAST = Math.max(ofLevel(3, USUAL_CACHE), SECOND);

        private static long ofLevel(int level, long otherwise) {
            for (int i = 0; i < 8; i++) {
                Path cache = CACHES.resolve("index" + i);
                if (lines(cache.resolve("level")).anyMatch(String.valueOf(level)::equals)) {
                    return lines(cache.resolve("size"))
                            .map(Caches::bytes)
                            .findFirst()
                            .orElse(otherwise);
                }
            }
            return otherwise;
        }

        private static long bytes(String size) {
            long number = Long.parseLong(size.replaceAll("\\D", ""));
            return size.endsWith("M") ? number << 20 : size.endsWith("K") ? number << 10 : number;
        }
    }
}
