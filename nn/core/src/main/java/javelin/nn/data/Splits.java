package javelin.nn.data;

import javelin.tensor.Rng;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A data set in its parts, and where it is from.
///
/// @param name short name of the set
/// @param train what is learnt from
/// @param validation what decisions are made on, or null if the set has no such part
/// @param test what is only judged on, or null if the set has no such part
/// @param sources the files that were read
public record Splits(
        String name,
        ByteImages train,
        @Nullable ByteImages validation,
        @Nullable ByteImages test,
        List<Source> sources) {
    /// A file that was read, or all pictures of a folder together.
    ///
    /// @param file name relative to the folder of the set
    /// @param bytes its length
    /// @param sha256 its SHA-256 as 64 hexadecimal digits; of a folder, that of the list of names
    ///   and hashes of its pictures
    public record Source(String file, long bytes, String sha256) {
        /// As a value that [javelin.nn.io.Json] writes.
        public Map<String, Object> toJson() {
            var json = new LinkedHashMap<String, Object>();
            json.put("name", file);
            json.put("bytes", bytes);
            json.put("sha256", sha256);
            return json;
        }
    }

    public Splits {
        sources = List.copyOf(sources);
    }

    /// Names of the classes; empty without labels.
    public List<String> classes() {
        return train.classes();
    }

    /// This with a validation part: the one there is, or else one that is taken from the training
    /// part, class by class.
    ///
    /// @param fraction part of the training samples, above 0 and below 1
    public Splits withValidation(double fraction, long seed) {
        if (validation != null) {
            return this;
        }
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "validation: the fraction must lie between 0 and 1, got " + fraction);
        }
        int[][] parts = divide(train, new double[] {fraction}, seed);
        return new Splits(name, train.select(parts[1]), train.select(parts[0]), test, sources);
    }

    /// Divides a set that comes in one piece: a tenth each for validation and test.
    static Splits of(String name, ByteImages all, long seed, List<Source> sources) {
        int[][] parts = divide(all, new double[] {0.1, 0.1}, seed);
        return new Splits(
                name, all.select(parts[2]), all.select(parts[0]), all.select(parts[1]), sources);
    }

    /// As above, but samples of one group (cells of one photograph) stay together.
    static Splits ofGroups(
            String name, ByteImages all, List<String> groups, long seed, List<Source> sources) {
        var members = new TreeMap<String, List<Integer>>();
        for (int i = 0; i < all.size(); i++) {
            members.computeIfAbsent(groups.get(i), _ -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> order = new ArrayList<>(members.values());
        List<List<Integer>> parts =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int part = 0;
        for (int g : Rng.seed(seed).permutation(order.size())) {
            while (part < 2 && parts.get(part).size() >= Math.round(0.1 * all.size())) {
                part++;
            }
            parts.get(part).addAll(order.get(g));
        }
        return new Splits(
                name,
                all.select(sorted(parts.get(2))),
                all.select(sorted(parts.get(0))),
                all.select(sorted(parts.get(1))),
                sources);
    }

    /// Places of the samples of each part, in ascending order: one part per fraction, then the
    /// rest. Each class is divided for itself; a class of three or more gives at least one to each.
    private static int[][] divide(ByteImages all, double[] fractions, long seed) {
        int[] part = new int[all.size()];
        Arrays.fill(part, fractions.length);
        var classes = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < all.size(); i++) {
            classes.computeIfAbsent(all.label(i), _ -> new ArrayList<>()).add(i);
        }
        classes.forEach((label, members) -> {
            int[] order = Rng.seed(seed).split(label).permutation(members.size());
            int at = 0;
            for (int k = 0; k < fractions.length; k++) {
                int n = (int) Math.round(fractions[k] * order.length);
                n = order.length > fractions.length ? Math.max(1, n) : 0;
                for (int i = 0; i < n && at < order.length - 1; i++) {
                    part[members.get(order[at++])] = k;
                }
            }
        });
        int[][] places = new int[fractions.length + 1][];
        for (int k = 0; k < places.length; k++) {
            int wanted = k;
            places[k] = IntStream.range(0, part.length).filter(i -> part[i] == wanted).toArray();
        }
        return places;
    }

    private static int[] sorted(List<Integer> places) {
        return places.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
