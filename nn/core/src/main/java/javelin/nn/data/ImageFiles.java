package javelin.nn.data;

import javelin.nn.io.FormatException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The picture files below a folder or in a zip archive: relative names with `/`, sorted, and their
/// content. Hidden ones and what macOS adds to archives are left out.
public sealed interface ImageFiles extends AutoCloseable {
    /// Most bytes of one file in an archive, once unpacked.
    long MAX_ENTRY = 1L << 28;

    /// Most bytes of all files of an archive, once unpacked.
    long MAX_TOTAL = 1L << 34;

    /// Most files.
    int MAX_FILES = 2_000_000;

    /// Deepest folder that is looked into.
    int MAX_DEPTH = 16;

    /// Names, sorted.
    List<String> names();

    /// Content of a file.
    ///
    /// @throws FormatException if the archive is damaged, or the file too large
    byte[] read(String name) throws IOException;

    /// What a file is called in messages.
    String source(String name);

    @Override
    void close() throws IOException;

    /// Opens a folder or an archive.
    ///
    /// @throws NoSuchFileException if there is neither
    /// @throws FormatException if it is no sound archive, or has too many pictures
    static ImageFiles open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return Folder.of(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(
                    path.toString(), null, "no such folder or zip archive of pictures");
        }
        return Zip.of(path);
    }

    private static boolean wanted(String name) {
        for (String part : name.split("/", -1)) {
            if (part.startsWith(".") || part.equals("__MACOSX")) {
                return false;
            }
        }
        return Images.isImageName(name);
    }

    private static List<String> sorted(List<String> names, Path path) throws FormatException {
        if (names.size() > MAX_FILES) {
            throw new FormatException(
                    path.toString(), "has more than %d pictures".formatted(MAX_FILES));
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    /// A folder.
    record Folder(Path root, List<String> names) implements ImageFiles {
        static Folder of(Path root) throws IOException {
            List<String> names = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : (Iterable<Path>) files.limit(4L * MAX_FILES)::iterator) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    if (wanted(name) && Files.isRegularFile(file)) {
                        names.add(name);
                    }
                }
            } catch (UncheckedIOException e) {
                throw new FormatException(
                        root.toString(), "cannot be listed (" + e.getMessage() + ")", e);
            }
            return new Folder(root, sorted(names, root));
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(root.resolve(name));
        }

        @Override
        public String source(String name) {
            return root.resolve(name).toString();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /// A zip archive; read in place, never unpacked to the disk.
    final class Zip implements ImageFiles {
        private final Path path;
        private final ZipFile zip;
        private final List<String> names;
        private long total;

        private Zip(Path path, ZipFile zip, List<String> names) {
            this.path = path;
            this.zip = zip;
            this.names = names;
        }

        static Zip of(Path path) throws IOException {
            ZipFile zip;
            try {
                zip = new ZipFile(path.toFile());
            } catch (FileSystemException e) {
                throw e; // unreadable, not damaged
            } catch (IOException | IllegalArgumentException e) {
                throw new FormatException(
                        path.toString(),
                        "is not a sound zip archive (%s); expected a folder or a zip of pictures"
                                .formatted(e.getMessage()),
                        e);
            }
            List<String> names = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!entry.isDirectory() && wanted(entry.getName())) {
                    names.add(entry.getName());
                }
            }
            try {
                return new Zip(path, zip, sorted(names, path));
            } catch (FormatException e) {
                zip.close();
                throw e;
            }
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public byte[] read(String name) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new FormatException(source(name), "is not in the archive");
            }
            byte[] content;
            try (InputStream in = zip.getInputStream(entry)) {
                content = in.readNBytes((int) MAX_ENTRY + 1);
            } catch (IOException | IllegalArgumentException e) {
                throw new FormatException(
                        source(name), "cannot be unpacked (" + e.getMessage() + ")", e);
            }
            if (content.length > MAX_ENTRY) {
                throw new FormatException(
                        source(name),
                        "unpacks to more than %d bytes; expected a picture".formatted(MAX_ENTRY));
            }
            total += content.length;
            if (total > MAX_TOTAL) {
                throw new FormatException(
                        path.toString(), "unpacks to more than %d bytes".formatted(MAX_TOTAL));
            }
            return content;
        }

        @Override
        public String source(String name) {
            return path + "!" + name;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
