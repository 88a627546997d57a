package javelin.algorithms.report;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an experiment found, in the form that all experiments share.
///
/// @param experiment name as `javelin run` takes it
/// @param preset size of the experiment
/// @param seeds of everything random
/// @param data sets it saw
/// @param claims in the order they are told
/// @param metrics everything else that was measured, by name
/// @param seconds the whole experiment took
public record Findings(
        String experiment,
        String preset,
        List<Long> seeds,
        List<Data> data,
        List<Claim> claims,
        Map<String, @Nullable Object> metrics,
        double seconds) {
    /// Copies what it is given.
    public Findings {
        seeds = List.copyOf(seeds);
        data = List.copyOf(data);
        claims = List.copyOf(claims);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /// A set of data.
    ///
    /// @param name of the set
    /// @param sha256 of its files in order, in hexadecimal; null for one that the program draws
    public record Data(String name, @Nullable String sha256) {
        private Map<String, @Nullable Object> fields() {
            var all = new LinkedHashMap<String, @Nullable Object>();
            all.put("name", name);
            all.put("sha256", sha256);
            return all;
        }
    }

    /// For `results.json`.
    ///
    /// @param provenance program, machine and device
    public Map<String, @Nullable Object> fields(Map<String, @Nullable Object> provenance) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("experiment", experiment);
        all.put("preset", preset);
        all.put("seeds", seeds);
        all.putAll(provenance);
        all.put("data", data.stream().map(Data::fields).toList());
        all.put("claims", claims.stream().map(Claim::fields).toList());
        all.put("metrics", metrics);
        all.put("seconds", seconds);
        return all;
    }
}
