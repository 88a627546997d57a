package javelin.kernels.cpu;

import java.lang.System.Logger.Level;
import java.util.List;

/// Whether this JVM may run the kernels written for the Vector API, and how wide their vectors are.
///
/// On the module path our module brings `jdk.incubator.vector` along. On the class path it is there
/// only with `--add-modules jdk.incubator.vector`; without, the engine runs its plain loops and
/// says so in one log line.
public final class Simd {
    private static final String ASKED = System.getProperty("javelin.simd", "");
    private static final String STATE = probe();

    private Simd() {}

    /// True if classes named `*Simd` can be loaded and are wanted.
    public static boolean isAvailable() {
        return STATE.isEmpty();
    }

    /// Empty if SIMD is on, else the reason why not, in words.
    public static String state() {
        return STATE;
    }

    /// Vector width asked for in bits; 0 for the widest of this machine.
    public static int askedBits() {
        return ASKED.isEmpty() || ASKED.equals("on") || ASKED.equals("off")
                ? 0
                : Integer.parseInt(ASKED);
    }

    private static String probe() {
        if (!List.of("", "on", "off", "128", "256", "512").contains(ASKED)) {
            throw new IllegalArgumentException(
                    "simd: -Djavelin.simd must be on, off, 128, 256 or 512, got '" + ASKED + "'");
        }
        if (ASKED.equals("off")) {
            return "switched off by -Djavelin.simd=off";
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            String why =
                    "module jdk.incubator.vector is absent; run on the module path or add"
                            + " --add-modules jdk.incubator.vector";
            System.getLogger("javelin.kernels")
                    .log(Level.INFO, "cpu: plain loops instead of SIMD: " + why);
            return why;
        }
        return "";
    }
}
