package javelin.nn;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds real data for the tests; a test that asks for what is not there is skipped and says so.
///
/// Looked for in `-Djavelin.data`, in `JAVELIN_DATA`, then as `shared/data` in a folder above the
/// working folder or beside one of those.
public final class TestData {
    private TestData() {}

    /// The file or folder of that name, for instance `mnist` or `models/vdsr/vdsr.safetensors`.
    public static Path of(String name) {
        String given = System.getProperty("javelin.data", System.getenv("JAVELIN_DATA"));
        if (given != null) {
            Path found = Path.of(given).resolve(name);
            Assumptions.assumeTrue(Files.exists(found), () -> "skipped: no " + found);
            return found;
        }
        Path at = Path.of("").toAbsolutePath();
        for (; at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        return Assumptions.abort(
                "skipped: no data '" + name + "'; set JAVELIN_DATA to the folder that holds it");
    }
}
