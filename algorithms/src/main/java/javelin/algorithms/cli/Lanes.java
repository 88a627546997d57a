package javelin.algorithms.cli;

import com.sun.management.HotSpotDiagnosticMXBean;

import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.SpeciesSimd;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the processor offers, as the JVM sees it.
final class Lanes {
    private Lanes() {}

    /// Width in bits of the vectors that kernels use; 0 without SIMD.
    static int bits() {
        return Simd.isAvailable() ? SpeciesSimd.LANES * Float.SIZE : 0;
    }

    /// An option of the JVM; `unknown` if it has none of that name.
    static String option(String name) {
        var bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean.getVMOption(name).getValue();
        } catch (IllegalArgumentException _) {
            return "unknown";
        }
    }

    /// Name of the processor's model where the system tells it, else its architecture.
    static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            try (var lines = Files.lines(file)) {
                return lines.filter(l -> l.startsWith("model name"))
                        .map(l -> l.substring(l.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException | java.io.UncheckedIOException _) {
                // told by the architecture below
            }
        }
        return System.getProperty("os.arch");
    }
}
