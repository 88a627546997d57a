package javelin.nn.data;

import javelin.nn.io.FormatException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Folders and zip archives of pictures.
///
/// | layout | result |
/// |---|---|
/// | `cat/1.png`, `dog/a/2.jpg` | classes `cat` and `dog`: the first folder of the name |
/// | `1.png`, `2.png` | no labels |
///
/// A single folder that holds everything else is stepped into, as archives often have one. Pictures
/// stand in the order of their names. Other files are left out.
public final class ImageFolder {
    private ImageFolder() {}

    /// Reads all pictures; classes are the subfolders, in the order of their names.
    ///
    /// @throws FormatException if there are no pictures, one is not sound or (without a size to
    ///   fit) of another size than the first, or some lie beside class folders
    public static ByteImages read(Path folderOrZip, Fit fit) throws IOException {
        return read(folderOrZip, fit, null);
    }

    /// As above with given classes: every subfolder must be one of them.
    public static ByteImages read(Path folderOrZip, Fit fit, @Nullable List<String> classes)
            throws IOException {
        try (ImageFiles files = ImageFiles.open(folderOrZip)) {
            return read(files, root(files.names()), fit, classes);
        }
    }

    /// Reads the parts of a data set that has the folders `train`, `val` and `test` (the last two,
    /// also called `validation` or `valid`, may be missing); one part named `all` if there is no
    /// folder `train`. The classes are those of the training part.
    static Map<String, ByteImages> readParts(Path folderOrZip, Fit fit) throws IOException {
        var parts = new LinkedHashMap<String, ByteImages>();
        try (ImageFiles files = ImageFiles.open(folderOrZip)) {
            String root = root(files.names());
            boolean split = files.names().stream().anyMatch(n -> n.startsWith(root + "train/"));
            if (!split) {
                parts.put("all", read(files, root, fit, null));
                return parts;
            }
            ByteImages train = read(files, root + "train/", fit, null);
            // later parts must fit the first, so its size is no longer open
            Fit same = new Fit(fit.height(), fit.width(), train.channels());
            parts.put("train", train);
            for (String folder : List.of("val", "validation", "valid", "test")) {
                String prefix = root + folder + "/";
                if (files.names().stream().anyMatch(n -> n.startsWith(prefix))) {
                    ByteImages part = read(files, prefix, same, train.classes());
                    if (part.height() != train.height() || part.width() != train.width()) {
                        throw new FormatException(
                                files.source(prefix),
                                "has pictures of %d x %d pixels, but those of train are %d x %d"
                                        .formatted(
                                                part.width(),
                                                part.height(),
                                                train.width(),
                                                train.height()));
                    }
                    parts.putIfAbsent(folder.equals("test") ? "test" : "val", part);
                }
            }
        }
        return parts;
    }

    private static ByteImages read(
            ImageFiles files, String root, Fit fit, @Nullable List<String> classes)
            throws IOException {
        List<String> names = files.names().stream().filter(n -> n.startsWith(root)).toList();
        if (names.isEmpty()) {
            throw new FormatException(
                    files.source(root),
                    "holds no pictures; expected PNG, JPEG, BMP or GIF files, in one subfolder per class or without subfolders");
        }
        List<String> known = classes(files, names, root);
        if (classes != null && !known.isEmpty()) {
            known.removeAll(classes);
            if (!known.isEmpty()) {
                throw new FormatException(
                        files.source(root),
                        "has folder '%s', which is none of the classes %s"
                                .formatted(known.getFirst(), classes));
            }
            known = classes;
        }
        List<Picture> pictures = new ArrayList<>();
        int[] labels = known.isEmpty() ? null : new int[names.size()];
        for (String name : names) {
            Picture p = fit.apply(Images.decode(files.read(name), files.source(name)));
            if (!pictures.isEmpty()) {
                checkSize(p, pictures.getFirst(), files, name, names.getFirst());
            }
            if (labels != null) {
                labels[pictures.size()] = known.indexOf(first(name, root));
            }
            pictures.add(p);
        }
        int c = pictures.stream().mapToInt(Picture::channels).max().orElseThrow();
        byte[][] pixels = new byte[pictures.size()][];
        for (int i = 0; i < pixels.length; i++) {
            Picture p = pictures.get(i);
            pixels[i] = (c == 3 ? p.rgb() : p).pixels();
        }
        Picture one = pictures.getFirst();
        return new ByteImages(one.height(), one.width(), c, pixels, labels, known, names);
    }

    private static void checkSize(
            Picture p, Picture first, ImageFiles files, String name, String firstName)
            throws FormatException {
        if (p.height() != first.height() || p.width() != first.width()) {
            throw new FormatException(
                    files.source(name),
                    "is %d x %d pixels, but %s is %d x %d; make them equal, or name a size to scale them to (train --size)"
                            .formatted(
                                    p.width(),
                                    p.height(),
                                    firstName,
                                    first.width(),
                                    first.height()));
        }
    }

    /// The folders `a/b/` that all names share, as long as there are folders below them.
    private static String root(List<String> names) {
        String root = "";
        while (!names.isEmpty()) {
            String first = names.getFirst();
            String longer = first.substring(0, first.indexOf('/', root.length()) + 1);
            boolean shared =
                    longer.length() > root.length()
                            && names.stream()
                                    .allMatch(n ->
                                            n.startsWith(longer)
                                                    && n.indexOf('/', longer.length()) > 0);
            if (!shared) {
                break;
            }
            root = longer;
        }
        return root;
    }

    private static List<String> classes(ImageFiles files, List<String> names, String root)
            throws FormatException {
        var classes = new TreeSet<String>();
        String loose = null;
        for (String name : names) {
            if (name.indexOf('/', root.length()) < 0) {
                loose = name;
            } else {
                classes.add(first(name, root));
            }
        }
        if (loose != null && !classes.isEmpty()) {
            throw new FormatException(
                    files.source(root),
                    "has pictures in subfolders (%s) and beside them (%s); expected one or the other"
                            .formatted(classes.first(), loose));
        }
        return new ArrayList<>(classes);
    }

    private static String first(String name, String root) {
        return name.substring(root.length(), name.indexOf('/', root.length()));
    }
}
