package javelin.algorithms.cli;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Where a result comes from: program, machine, device.
final class Provenance {
    private Provenance() {}

    /// Version, commit, JDK, system, device, threads and flags, for `results.json`.
    static Map<String, @Nullable Object> of(Backend backend) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("version", Main.Version.number());
        all.put("commit", commit());
        all.put("jdk", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("device", device(backend));
        all.put("threads", threads(backend));
        all.put("simd", backend instanceof CpuBackend cpu && cpu.simd() ? Lanes.bits() : 0);
        all.put("flags", flags());
        return all;
    }

    /// The same for the current backend.
    static Map<String, @Nullable Object> here() {
        return of(Backends.current());
    }

    private static String device(Backend backend) {
        return backend instanceof CpuBackend ? "cpu (" + Lanes.processor() + ")" : backend.name();
    }

    /// Threads of a backend.
    static int threads(Backend backend) {
        return backend instanceof CpuBackend cpu ? cpu.threads() : 1;
    }

    /// Options of the JVM that can change results or speed.
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("-X") || a.startsWith("-Djavelin."))
                .filter(a -> !a.startsWith("-Xlog") && !a.matches("-Djavelin\\.(root|terminal)=.*"))
                .toList();
    }

    /// Commit of the program's own repository, with `+` if files in it are changed; null if it was
    /// not started from one.
    static @Nullable String commit() {
        String root = System.getProperty("javelin.root", "");
        if (root.isEmpty()) {
            return null;
        }
        String head = git(root, "rev-parse", "HEAD");
        if (head == null || !head.matches("[0-9a-f]{40,64}")) {
            return null;
        }
        String changes = git(root, "status", "--porcelain", "--untracked-files=no");
        return changes == null || changes.isEmpty() ? head : head + "+";
    }

    private static @Nullable String git(String root, String... words) {
        var command = new java.util.ArrayList<>(List.of("git", "-C", root));
        command.addAll(List.of(words));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            git.getOutputStream().close();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!git.waitFor(5, TimeUnit.SECONDS)) {
                git.destroy();
                return null;
            }
            return git.exitValue() == 0 ? text.strip() : null;
        } catch (IOException _) {
            return null; // no git here
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
