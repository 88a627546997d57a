package javelin.algorithms.dcp;

import javelin.nn.Module;
import javelin.nn.io.FormatException;
import javelin.nn.io.Json;
import javelin.nn.io.Safetensors;
import javelin.nn.io.TensorValues;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file that remembers how far a run of [Dcp] has come: written after each training and each
/// layer, read when the same run is started again.
///
/// @param file where it is, in a folder that exists; null remembers nothing
record Journal(@Nullable Path file) {
    private static final String TEXT = "javelin.pruning";

    /// How far a run has come.
    ///
    /// @param trainings trainings done
    /// @param steps layers done
    record Progress(int trainings, List<Dcp.Step> steps) {}

    /// Writes everything that changes during a run, in one step.
    ///
    /// @param networks by name
    void save(Progress progress, Map<String, Module> networks) {
        if (file == null) {
            return;
        }
        var values = new LinkedHashMap<String, TensorValues>();
        networks.forEach((prefix, m) ->
                m.state()
                        .forEach((name, t) -> values.put(prefix + "/" + name, TensorValues.of(t))));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("trainings", progress.trainings);
        json.put(
                "steps",
                progress.steps.stream()
                        .map(s ->
                                List.<Object>of(
                                        s.layer(), s.stage(), s.channels(), s.kept(), s.losses()))
                        .toList());
        try {
            Safetensors.write(file, values, Map.of(TEXT, Json.write(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Restores what [#save] wrote; at the beginning if there is nothing.
    ///
    /// @throws UncheckedIOException if the file cannot be read, or is of another run
    Progress restore(Map<String, Module> networks) {
        if (file == null || !Files.exists(file)) {
            return new Progress(0, List.of());
        }
        try (Safetensors in = Safetensors.open(file)) {
            String text = in.metadata().get(TEXT);
            if (text == null) {
                throw new FormatException(file.toString(), "is no journal of a pruning");
            }
            Map<String, @Nullable Object> json = Json.parseObject(text, file.toString());
            for (Map.Entry<String, Module> e : networks.entrySet()) {
                var state = new LinkedHashMap<String, Tensor>();
                for (String name : in.names()) {
                    if (name.startsWith(e.getKey() + "/")) {
                        state.put(name.substring(e.getKey().length() + 1), in.tensor(name));
                    }
                }
                e.getValue().load(state);
            }
            return progress(json);
        } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
            throw new UncheckedIOException(
                    new FormatException(
                            file.toString(), "is the journal of another pruning; remove it", e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Progress progress(Map<String, @Nullable Object> json) {
        List<Dcp.Step> steps = new ArrayList<>();
        for (Object one : list(json.get("steps"))) {
            List<?> row = list(one);
            steps.add(
                    new Dcp.Step(
                            (String) row.get(0),
                            ((Number) row.get(1)).intValue(),
                            ((Number) row.get(2)).intValue(),
                            list(row.get(3)).stream().map(k -> ((Number) k).intValue()).toList(),
                            list(row.get(4)).stream()
                                    .map(l -> ((Number) l).doubleValue())
                                    .toList()));
        }
        return new Progress(
                ((Number) java.util.Objects.requireNonNull(json.get("trainings"))).intValue(),
                steps);
    }

    private static List<?> list(@Nullable Object json) {
        return (List<?>) java.util.Objects.requireNonNull(json);
    }
}
