package javelin.nn.data;

import javelin.nn.data.Splits.Source;
import javelin.nn.io.FormatException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Opens data sets by name.
///
/// | set | files | parts |
/// |---|---|---|
/// | `mnist` | `train-images*-idx3-ubyte`, `train-labels*-idx1-ubyte`, the same with `t10k` or `test`; plain or `.gz` | train, test |
/// | `cifar10` | `data_batch_*.bin` or `train*.bin`; `val*.bin`; `test*.bin`; `classes.txt` or `batches.meta.txt` | train, validation if there, test |
/// | `flowers64` | `flowers64*.bin` (records of 64 × 64), `classes.txt` | divided by seed |
/// | `cells` | `cells64*.bin`, `classes.txt`, `cells64*.tsv` | divided by seed, frames kept together |
/// | `faces` | `faces*-idx3-ubyte`, `subjects*-idx1-ubyte` | divided by seed |
/// | `folder` | class folders of pictures, or `train`, `val`, `test` with class folders; also zipped | as they are, or divided by seed |
/// | `drawn` | none: [DrawnDigits] | train, validation, test |
///
/// The folder may be that of the set or one that holds it (`DIR/mnist`). Nothing is ever
/// downloaded.
public final class DataSets {
    /// Names that [#open] knows.
    public static final List<String> NAMES =
            List.of("mnist", "cifar10", "flowers64", "cells", "faces", "folder", "drawn");

    private static final List<String> CIFAR10 =
            List.of(
                    "airplane",
                    "automobile",
                    "bird",
                    "cat",
                    "deer",
                    "dog",
                    "frog",
                    "horse",
                    "ship",
                    "truck");

    private DataSets() {}

    /// Opens a set with its pictures as they are, divided by seed 0 where it comes in one piece.
    ///
    /// @throws IllegalArgumentException if there is no set of that name
    /// @throws FormatException if a file is damaged
    /// @throws NoSuchFileException if files are missing; the message says what was looked for,
    ///   where
    public static Splits open(String set, @Nullable Path dir) throws IOException {
        return open(set, dir, Fit.AS_IS, 0);
    }

    /// Opens a set.
    ///
    /// @param dir folder of the set or one that holds it; only `drawn` needs none
    /// @param fit size of the samples; only `folder` scales
    /// @param seed how a set that comes in one piece is divided, and what is drawn
    public static Splits open(String set, @Nullable Path dir, Fit fit, long seed)
            throws IOException {
        if (!NAMES.contains(set)) {
            throw new IllegalArgumentException(
                    "data: set '%s' is not known; choose one of %s"
                            .formatted(set, String.join(", ", NAMES)));
        }
        if (set.equals("drawn")) {
            return drawn(12_000, 1_000, 2_000, seed);
        }
        if (dir == null) {
            throw new IllegalArgumentException(
                    "data: set '%s' needs a folder; give --data DIR or set JAVELIN_DATA"
                            .formatted(set));
        }
        return switch (set) {
            case "mnist" -> mnist(dir);
            case "cifar10" -> cifar10(dir);
            case "flowers64" -> flowers(dir, seed);
            case "cells" -> cells(dir, seed);
            case "faces" -> faces(dir, seed);
            case "folder" -> folder(dir, fit, seed);
            default -> throw new AssertionError(set);
        };
    }

    /// Drawn digits in parts of the given sizes.
    public static Splits drawn(int train, int validation, int test, long seed) {
        ByteImages all = DrawnDigits.draw(train + validation + test, seed);
        return new Splits(
                "drawn",
                all.range(0, train),
                validation == 0 ? null : all.range(train, train + validation),
                test == 0 ? null : all.range(train + validation, all.size()),
                List.of());
    }

    private static Splits mnist(Path dir) throws IOException {
        var found =
                new Finder("mnist", dir, List.of("mnist", "MNIST", "MNIST/raw"))
                        .with("train-images*idx3-ubyte(.gz)", "train-images.*idx3-ubyte(\\.gz)?");
        Path images = found.first();
        Path labels = found.one("train-labels*idx1-ubyte(.gz)", "train-labels.*idx1-ubyte(\\.gz)?");
        ByteImages train = Idx.read(images, labels, digits());
        Path testImages =
                found.one(
                        "t10k-images*idx3-ubyte(.gz) or test-images*",
                        "(t10k|test)-images.*idx3-ubyte(\\.gz)?");
        Path testLabels =
                found.one(
                        "t10k-labels*idx1-ubyte(.gz) or test-labels*",
                        "(t10k|test)-labels.*idx1-ubyte(\\.gz)?");
        ByteImages test = Idx.read(testImages, testLabels, digits());
        return new Splits(
                "mnist", train, null, test, found.sources(images, labels, testImages, testLabels));
    }

    private static List<String> digits() {
        return IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    }

    private static Splits cifar10(Path dir) throws IOException {
        var found =
                new Finder("cifar10", dir, List.of("cifar10", "cifar-10-batches-bin"))
                        .with("data_batch_*.bin or train*.bin", "(data_batch_.*|train.*)\\.bin");
        List<Path> train = found.all();
        List<Path> val = found.some("val.*\\.bin");
        Path test = found.one("test_batch.bin or test*.bin", "test.*\\.bin");
        List<String> classes = found.classes("classes\\.txt|batches\\.meta\\.txt", CIFAR10);
        List<Path> files = new ArrayList<>(train);
        files.addAll(val);
        files.add(test);
        return new Splits(
                "cifar10",
                CifarBinary.read(train, classes),
                val.isEmpty() ? null : CifarBinary.read(val, classes),
                CifarBinary.read(List.of(test), classes),
                found.sources(files.toArray(Path[]::new)));
    }

    private static Splits flowers(Path dir, long seed) throws IOException {
        var found =
                new Finder("flowers64", dir, List.of("flowers64"))
                        .with("flowers64*.bin", "flowers64.*\\.bin");
        List<String> classes =
                found.classes(
                        "classes\\.txt",
                        List.of("daisy", "dandelion", "rose", "sunflower", "tulip"));
        ByteImages all = CifarBinary.read(found.all(), 64, 64, classes);
        return Splits.of("flowers64", all, seed, found.sources(found.all().toArray(Path[]::new)));
    }

    private static Splits cells(Path dir, long seed) throws IOException {
        var found =
                new Finder("cells", dir, List.of("cells", "cells_bccd"))
                        .with("cells64*.bin", "cells64.*\\.bin");
        Path file = found.first();
        List<String> classes = found.classes("classes\\.txt", List.of("RBC", "WBC", "Platelets"));
        ByteImages all = CifarBinary.read(List.of(file), 64, 64, classes);
        List<Path> table = found.some("cells64.*\\.tsv");
        if (table.isEmpty()) {
            return Splits.of("cells", all, seed, found.sources(file));
        }
        List<String> frames = frames(table.getFirst(), all.size());
        return Splits.ofGroups("cells", all, frames, seed, found.sources(file, table.getFirst()));
    }

    /// Third column of the table: the photograph from which each cell was cut.
    private static List<String> frames(Path table, int count) throws IOException {
        List<String> lines = Files.readAllLines(table);
        if (lines.size() != count + 1) {
            throw new FormatException(
                    table.toString(),
                    "has %d lines; expected a head and one for each of the %d cells"
                            .formatted(lines.size(), count));
        }
        List<String> frames = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            if (columns.length < 3) {
                throw new FormatException(
                        table.toString(),
                        "has %d columns in line %d; expected index, class, frame"
                                .formatted(columns.length, frames.size() + 2));
            }
            frames.add(columns[2]);
        }
        return frames;
    }

    private static Splits faces(Path dir, long seed) throws IOException {
        var found =
                new Finder("faces", dir, List.of("faces", "faces_orl"))
                        .with("faces*idx3-ubyte(.gz)", "faces.*idx3-ubyte(\\.gz)?");
        Path images = found.first();
        Path labels = found.one("subjects*idx1-ubyte(.gz)", "subjects.*idx1-ubyte(\\.gz)?");
        ByteImages all = Idx.read(images, labels);
        return Splits.of("faces", all, seed, found.sources(images, labels));
    }

    private static Splits folder(Path dir, Fit fit, long seed) throws IOException {
        Map<String, ByteImages> parts = ImageFolder.readParts(dir, fit);
        List<Source> sources = List.of(pictures(dir));
        ByteImages all = parts.get("all");
        if (all != null) {
            return Splits.of("folder", all, seed, sources);
        }
        ByteImages train = parts.get("train");
        if (train == null) {
            throw new AssertionError(parts.keySet());
        }
        return new Splits("folder", train, parts.get("val"), parts.get("test"), sources);
    }

    /// SHA-256 of a file, as 64 hexadecimal digits.
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Source pictures(Path folderOrZip) throws IOException {
        String name = String.valueOf(folderOrZip.toAbsolutePath().getFileName());
        if (!Files.isDirectory(folderOrZip)) {
            return new Source(name, Files.size(folderOrZip), sha256(folderOrZip));
        }
        MessageDigest list = digest();
        long bytes = 0;
        try (ImageFiles files = ImageFiles.open(folderOrZip)) {
            for (String file : files.names()) {
                byte[] content = files.read(file);
                bytes += content.length;
                String hash = HexFormat.of().formatHex(digest().digest(content));
                list.update((hash + "  " + file + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Source(name, bytes, HexFormat.of().formatHex(list.digest()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// Finds the files of a set in a folder or in one of its subfolders.
    private static final class Finder {
        private final String set;
        private final Path dir;
        private final List<String> below;
        private Path folder;
        private List<Path> matches = List.of();

        Finder(String set, Path dir, List<String> below) {
            this.set = set;
            this.dir = dir;
            this.below = below;
            this.folder = dir;
        }

        /// Settles on the first folder that has a file of that kind.
        Finder with(String shown, String pattern) throws IOException {
            List<Path> folders = new ArrayList<>(List.of(dir));
            below.forEach(name -> folders.add(dir.resolve(name)));
            for (Path f : folders) {
                folder = f;
                matches = some(pattern);
                if (!matches.isEmpty()) {
                    return this;
                }
            }
            throw new NoSuchFileException(
                    dir.toString(),
                    null,
                    "no data set %s; looked for %s here and in %s"
                            .formatted(set, shown, String.join(", ", below)));
        }

        List<Path> all() {
            return matches;
        }

        Path first() {
            return matches.getFirst();
        }

        /// The files of the folder whose names match, sorted.
        List<Path> some(String pattern) throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            Pattern compiled = Pattern.compile(pattern);
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(f -> compiled.matcher(f.getFileName().toString()).matches())
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList();
            }
        }

        Path one(String shown, String pattern) throws IOException {
            List<Path> found = some(pattern);
            if (found.isEmpty()) {
                throw new NoSuchFileException(
                        folder.toString(),
                        null,
                        "data set %s is not complete; looked for %s".formatted(set, shown));
            }
            return found.getFirst();
        }

        /// Lines of the first file that matches, or the usual names.
        List<String> classes(String pattern, List<String> usual) throws IOException {
            List<Path> found = some(pattern);
            if (found.isEmpty()) {
                return usual;
            }
            List<String> names =
                    Files.readAllLines(found.getFirst()).stream()
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .toList();
            if (names.isEmpty() || names.size() > 256) {
                throw new FormatException(
                        found.getFirst().toString(),
                        "has %d names; expected 1 to 256, one a line".formatted(names.size()));
            }
            return names;
        }

        List<Source> sources(Path... files) throws IOException {
            List<Source> sources = new ArrayList<>();
            for (Path file : files) {
                sources.add(
                        new Source(
                                folder.relativize(file).toString(),
                                Files.size(file),
                                sha256(file)));
            }
            return sources;
        }
    }
}
