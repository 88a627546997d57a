package javelin.kernels.cuda;

import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.driver.JCudaDriver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// JCuda's native parts, loaded when they are first asked for.
///
/// JCuda looks for them in its own module, where they are not when the jars are on the module path,
/// and trusts any file of their name in the folder for temporary files, whoever put it there. So it
/// is shown a fresh folder that holds the library, while it loads.
final class Library {
    private static final String TEMPORARY = "java.io.tmpdir";

    private static final @Nullable String WHY_NOT =
            load("JCudaDriver", () -> JCudaDriver.setExceptionsEnabled(false));

    private Library() {}

    /// Why there is no driver, null if there is one.
    static @Nullable String whyNot() {
        return WHY_NOT;
    }

    /// Loads one part.
    ///
    /// @param part its name
    /// @param use the first use of its class, which loads it
    /// @return why that failed, null if it did not
    static @Nullable String load(String part, Runnable use) {
        String name =
                LibUtils.createLibraryFileName(
                        LibUtils.createPlatformLibraryName(part + "-" + JCudaVersion.get()));
        try (InputStream in = Library.class.getClassLoader().getResourceAsStream("lib/" + name)) {
            if (in == null) {
                return "JCuda has no %s; it exists for Linux and Windows on x86-64".formatted(name);
            }
            Path folder = Files.createTempDirectory("javelin-cuda");
            Path file = folder.resolve(name);
            try {
                Files.copy(in, file);
                return loadFrom(folder, file, use);
            } finally {
                deleteIfPossible(file);
                deleteIfPossible(folder);
            }
        } catch (IOException e) {
            return "JCuda's %s cannot be unpacked: %s".formatted(name, e);
        }
    }

    private static @Nullable String loadFrom(Path folder, Path file, Runnable use) {
        String before = System.getProperty(TEMPORARY);
        System.setProperty(TEMPORARY, folder.toString());
        try {
            use.run();
            return null;
        } catch (LinkageError e) {
            return reason(String.valueOf(e.getMessage()), file);
        } finally {
            System.setProperty(TEMPORARY, before);
        }
    }

    /// What the system says of the file, out of the many lines that JCuda makes of it.
    static String reason(String message, Path file) {
        String mark = file + ": ";
        return message.lines()
                .filter(line -> line.contains(mark))
                .map(line -> line.substring(line.indexOf(mark) + mark.length()))
                .findFirst()
                .orElseGet(() -> message.lines().findFirst().orElse(""));
    }

    /// Windows keeps a library while it is in use.
    private static void deleteIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            file.toFile().deleteOnExit();
        }
    }
}
