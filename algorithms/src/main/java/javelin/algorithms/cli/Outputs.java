package javelin.algorithms.cli;

import javelin.nn.io.AtomicFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Folders and files that commands write.
final class Outputs {
    private Outputs() {}

    /// The folder asked for, made if need be; without one, the first of `out/NAME`, `out/NAME-2`, …
    /// that does not exist.
    ///
    /// @throws IOException if it cannot be made or written to
    static Path folder(@Nullable Path asked, String name) throws IOException {
        Path folder = asked == null ? unused(name) : asked;
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + ": is a file; --out needs a folder");
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".javelin", ".tmp"));
        } catch (IOException e) {
            throw new IOException(folder + ": cannot be written to; choose another --out", e);
        }
        return folder;
    }

    /// As [#folder], but one that is not empty is refused: old files would lie among the new ones.
    ///
    /// @throws IOException if it holds files, or cannot be made or written to
    static Path fresh(@Nullable Path asked, String name) throws IOException {
        if (asked != null && Files.isDirectory(asked)) {
            try (Stream<Path> files = Files.list(asked)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(asked + ": holds files already; choose another --out");
                }
            }
        }
        return folder(asked, name);
    }

    private static Path unused(String name) {
        Path folder = Path.of("out", name);
        for (int n = 2; Files.exists(folder); n++) {
            folder = Path.of("out", name + "-" + n);
        }
        return folder;
    }

    /// The last one of `out/NAME`, `out/NAME-2`, … that exists; null if there is none.
    static @Nullable Path newest(String name) {
        Path found = null;
        Path folder = Path.of("out", name);
        for (int n = 2; Files.isDirectory(folder); n++) {
            found = folder;
            folder = Path.of("out", name + "-" + n);
        }
        return found;
    }

    /// Checks, before any work, that a file may be written later.
    ///
    /// @throws IOException if not
    static void requireWritable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, expected the name of a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + ": its folder does not exist");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IOException(file + ": cannot be written");
        }
    }

    /// Writes a text in one step: a file that is there stays whole until the new one is complete.
    static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text);
    }
}
