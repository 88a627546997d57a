package javelin.bench.peers;

import javelin.bench.Statistics;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Times of ours and of others, from several JVMs, and the ratios between them.
public final class Comparison {
    private static final Set<String> GRADIENTS = Set.of("dgrad", "wgrad");

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /// Times of one problem.
    private static final class Row {
        final String group;
        final List<Double> ours = new ArrayList<>();
        final Map<String, List<Double>> peers = new LinkedHashMap<>();
        final List<Map<String, Double>> ratios = new ArrayList<>();

        Row(String group) {
            this.group = group;
        }

        double oursMs() {
            return Statistics.median(ours);
        }

        double peerMs(String peer) {
            return Statistics.median(peers.getOrDefault(peer, List.of()));
        }

        /// Peer over ours: the median of the ratios inside each JVM.
        double ratio(String peer) {
            return Statistics.median(
                    ratios.stream().map(r -> r.get(peer)).filter(Objects::nonNull).toList());
        }
    }

    /// Adds what one JVM measured.
    ///
    /// @param group kind of problem
    /// @param shape description of the problem; the same problem may come once per JVM and group
    /// @param oursMs milliseconds per call
    /// @param peersMs milliseconds per call, by library
    public void add(String group, String shape, double oursMs, Map<String, Double> peersMs) {
        Row row = rows.computeIfAbsent(group + " " + shape, _ -> new Row(group));
        row.ours.add(oursMs);
        var ratios = new LinkedHashMap<String, Double>();
        peersMs.forEach((peer, ms) -> {
            row.peers.computeIfAbsent(peer, _ -> new ArrayList<>()).add(ms);
            ratios.put(peer, ms / oursMs);
        });
        row.ratios.add(ratios);
    }

    /// Whether nothing was added.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Libraries that were seen, in the order of their first appearance.
    public List<String> peers() {
        var names = new LinkedHashSet<String>();
        rows.values().forEach(r -> names.addAll(r.peers.keySet()));
        return List.copyOf(names);
    }

    /// Field `rows` of the report.
    public List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        rows.forEach((key, r) -> {
            var peers = new LinkedHashMap<String, @Nullable Object>();
            var ratios = new LinkedHashMap<String, @Nullable Object>();
            for (String peer : r.peers.keySet()) {
                peers.put(peer, Statistics.round(r.peerMs(peer), 5));
                ratios.put(peer, Statistics.round(r.ratio(peer), 4));
            }
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("group", r.group);
            row.put("shape", key.substring(r.group.length() + 1));
            row.put("ours_ms", Statistics.round(r.oursMs(), 5));
            row.put("peers", peers);
            row.put("ratio", ratios);
            all.add(row);
        });
        return all;
    }

    /// Field `geomean` of the report: geometric means of the ratios of `all`, for convolutions of
    /// the `forward` ones among them, and of each group.
    public Map<String, @Nullable Object> geometricMeans() {
        var groups = new LinkedHashMap<String, List<Row>>();
        groups.put("all", List.copyOf(rows.values()));
        if (rows.values().stream().anyMatch(r -> GRADIENTS.contains(r.group))) {
            groups.put(
                    "forward",
                    rows.values().stream().filter(r -> !GRADIENTS.contains(r.group)).toList());
        }
        rows.values().forEach(r -> groups.computeIfAbsent(r.group, _ -> new ArrayList<>()).add(r));
        var means = new LinkedHashMap<String, @Nullable Object>();
        groups.forEach((group, members) -> means.put(group, means(members)));
        return means;
    }

    private Map<String, @Nullable Object> means(Collection<Row> members) {
        var means = new LinkedHashMap<String, @Nullable Object>();
        for (String peer : peers()) {
            List<Double> ratios =
                    members.stream()
                            .filter(r -> r.peers.containsKey(peer))
                            .map(r -> r.ratio(peer))
                            .toList();
            if (!ratios.isEmpty()) {
                means.put(peer, Statistics.round(Statistics.geometricMean(ratios), 4));
            }
        }
        return means;
    }
}
