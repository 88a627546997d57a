package javelin.algorithms.cli;

import javelin.nn.data.ByteImages;
import javelin.nn.data.DataSets;
import javelin.nn.data.Dataset;
import javelin.nn.data.Fit;
import javelin.nn.data.Splits;
import javelin.nn.data.augment.Augment;
import javelin.nn.data.augment.Border;
import javelin.nn.data.augment.HorizontalFlip;
import javelin.nn.data.augment.RandomCrop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The data of a run.
///
/// @param name name of the set
/// @param train what is learnt from
/// @param validation what progress is measured on
/// @param test what is judged on in the end; null if there is none
/// @param sources files that were read
record Sets(
        String name,
        ByteImages train,
        ByteImages validation,
        @Nullable ByteImages test,
        List<Splits.Source> sources) {
    /// Seed of what is drawn and divided: the same data whatever the seed of the training.
    private static final long SEED = 1;

    /// Opens a set; one without a validation part gives up a tenth of its training part for it, at
    /// most 5,000 images.
    ///
    /// @param limit training images to keep, of each class alike; 0 for all
    /// @param size rows and columns that pictures of a folder are scaled and cut to; 0 for as they
    ///   are
    static Sets load(String name, @Nullable Path folder, int limit, int size) throws IOException {
        Path from = folder == null ? environment() : folder;
        Fit fit = size == 0 ? Fit.AS_IS : Fit.to(size, size);
        Splits splits = DataSets.open(name, from, fit, SEED);
        double part = Math.min(0.1, 5000.0 / splits.train().size());
        return of(splits.withValidation(part, SEED), limit);
    }

    /// These parts, with `limit` training images (0 for all), of each class alike.
    static Sets of(Splits splits, int limit) {
        ByteImages validation = splits.validation();
        if (validation == null || splits.classes().isEmpty()) {
            throw new IllegalArgumentException(
                    "data: set '%s' has no labels to learn from".formatted(splits.name()));
        }
        ByteImages train = splits.train();
        if (train.size() == 0) {
            throw new IllegalArgumentException(
                    "data: set '%s' has no training images (%s)"
                            .formatted(
                                    splits.name(),
                                    String.join(
                                            ", ",
                                            splits.sources().stream()
                                                    .map(Splits.Source::file)
                                                    .toList())));
        }
        if (limit > 0 && limit < train.size()) {
            train = alike(train, limit);
        }
        return new Sets(splits.name(), train, validation, splits.test(), splits.sources());
    }

    /// The first images of each class, as many as its share of the limit, in their order.
    private static ByteImages alike(ByteImages all, int limit) {
        int[] counts = all.histogram();
        int[] wanted = new int[counts.length];
        long before = 0;
        for (int k = 0; k < counts.length; k++) {
            long after = before + counts[k];
            wanted[k] = (int) (limit * after / all.size() - limit * before / all.size());
            before = after;
        }
        int[] taken = new int[counts.length];
        int[] picked =
                IntStream.range(0, all.size())
                        .filter(i -> taken[all.label(i)]++ < wanted[all.label(i)])
                        .toArray();
        return all.select(picked);
    }

    /// This with at most so many validation images: for runs in which every second counts.
    Sets withValidation(int most) {
        ByteImages some = validation.range(0, Math.min(most, validation.size()));
        return new Sets(name, train, some, test, sources);
    }

    /// Folder that the environment names; null if none.
    static @Nullable Path environment() {
        String folder = System.getenv("JAVELIN_DATA");
        return folder == null || folder.isEmpty() ? null : Path.of(folder);
    }

    List<String> classes() {
        return train.classes();
    }

    String description() {
        return "%s (%,d + %,d%s images)"
                .formatted(
                        name,
                        train.size(),
                        validation.size(),
                        test == null ? "" : " + %,d".formatted(test.size()));
    }

    /// How training images of this set may be changed without becoming something else: photographs
    /// may be mirrored, digits not. For normalised images: 0, the mean colour, moves in from
    /// outside.
    Augment augment() {
        boolean photographs = train.channels() == 3;
        int shift = Math.max(1, Math.min(train.height(), train.width()) / (photographs ? 8 : 14));
        Augment crop = new RandomCrop(shift, Border.ZERO);
        return photographs ? crop.then(new HorizontalFlip(0.5)) : crop;
    }

    /// What was read, or drawn, and what was used of it.
    List<Map<String, @Nullable Object>> toJson() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        var used = new LinkedHashMap<String, @Nullable Object>();
        used.put("name", name);
        used.put("sha256", hash(train));
        used.put("train", train.size());
        used.put("validation", validation.size());
        used.put("test", test == null ? 0 : test.size());
        used.put("files", sources.stream().map(Splits.Source::toJson).toList());
        rows.add(used);
        return rows;
    }

    /// SHA-256 of the labels and pixels of a set.
    static String hash(Dataset data) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        for (int i = 0; i < data.size(); i++) {
            digest.update((byte) data.label(i));
            digest.update((byte) (data.label(i) >> 8));
            digest.update(data.picture(i).pixels());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
