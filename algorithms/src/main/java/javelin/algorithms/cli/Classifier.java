package javelin.algorithms.cli;

import javelin.nn.Module;
import javelin.nn.io.FormatException;
import javelin.nn.io.Json;
import javelin.nn.io.Safetensors;
import javelin.nn.io.TensorValues;
import javelin.nn.zoo.ModelSpec;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// A trained network with all that is needed to use it on pictures, and its file.
///
/// The file is a safetensors file: the tensors are the state of the network, channels last; the
/// metadata entry `javelin.model` is a JSON object with everything else, and `javelin.checksum` the
/// CRC-32C of both.
///
/// @param config architecture
/// @param network weights
/// @param pixels how pictures are normalised
/// @param height rows of the input
/// @param width columns of the input
/// @param classes names of the classes
/// @param origin how it was made, for people
record Classifier(
        NetworkConfig config,
        Module network,
        Pixels pixels,
        int height,
        int width,
        List<String> classes,
        Map<String, @Nullable Object> origin) {
    private static final String DESCRIPTION = "javelin.model";
    private static final String CHECKSUM = "javelin.checksum";
    private static final long VERSION = 1;

    /// Checks that the numbers of channels and classes are those of the network.
    Classifier {
        int channels = pixels.mean().length;
        if (channels != config.channels() || pixels.deviation().length != channels) {
            throw new IllegalArgumentException(
                    "model: %d means and %d deviations for %d channels"
                            .formatted(channels, pixels.deviation().length, config.channels()));
        }
        if (classes.size() != config.classes()) {
            throw new IllegalArgumentException(
                    "model: %d names for %d classes".formatted(classes.size(), config.classes()));
        }
        classes = List.copyOf(classes);
    }

    int channels() {
        return config.channels();
    }

    // ---- files ----

    /// Writes the file in one step.
    void save(Path file) throws IOException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("family", config.spec().family());
        json.put("configuration", config.spec().configuration());
        json.put("height", height);
        json.put("width", width);
        json.put("mean", pixels.mean());
        json.put("deviation", pixels.deviation());
        json.put("classes", classes);
        json.put("origin", origin);
        String text = Json.write(json);
        Map<String, Tensor> state = network.state();
        var values = new LinkedHashMap<String, TensorValues>();
        state.forEach((name, t) -> values.put(name, TensorValues.of(t)));
        Safetensors.write(file, values, Map.of(DESCRIPTION, text, CHECKSUM, checksum(state, text)));
    }

    /// Whether a file says that it is one of these.
    static boolean isModel(Safetensors file) {
        return file.metadata().containsKey(DESCRIPTION);
    }

    /// Reads a file; the network is made on the current backend, in inference mode.
    ///
    /// @throws FormatException if it is damaged, no such file, or of a later version
    /// @throws IOException if it cannot be read
    static Classifier load(Path path) throws IOException {
        String name = path.toString();
        try (Safetensors file = Safetensors.open(path)) {
            String text = file.metadata().get(DESCRIPTION);
            if (text == null) {
                throw new FormatException(
                        name,
                        "is a safetensors file but no model of javelin; 'javelin inspect' lists its"
                                + " tensors");
            }
            var state = new LinkedHashMap<String, Tensor>();
            for (String tensor : file.names()) {
                state.put(tensor, file.tensor(tensor));
            }
            Fields json = new Fields(Json.parseObject(text, name));
            if (json.number("version").longValue() != VERSION) {
                throw new FormatException(
                        name,
                        "is a model file of version %s; this program reads version %d"
                                .formatted(json.number("version"), VERSION));
            }
            if (!checksum(state, text).equals(file.metadata().get(CHECKSUM))) {
                throw new FormatException(
                        name, "is damaged, its checksum does not fit its content");
            }
            return of(json, state);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new FormatException(
                    name,
                    "holds a model that this program cannot build (%s)".formatted(e.getMessage()),
                    e);
        }
    }

    private static Classifier of(Fields json, Map<String, Tensor> state) {
        var configuration = new LinkedHashMap<String, Object>();
        json.object("configuration")
                .forEach((k, v) -> configuration.put(k, Objects.requireNonNull(v, k)));
        NetworkConfig config = Zoo.config(new ModelSpec(json.text("family"), configuration));
        Module network = config.build(Rng.seed(0));
        network.load(state);
        network.training(false);
        return new Classifier(
                config,
                network,
                new Pixels(json.floats("mean"), json.floats("deviation")),
                json.number("height").intValue(),
                json.number("width").intValue(),
                json.texts("classes"),
                json.object("origin"));
    }

    private static String checksum(Map<String, Tensor> state, String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(state)
                .forEach((name, tensor) -> {
                    crc.update((name + tensor.shape()).getBytes(StandardCharsets.UTF_8));
                    float[] values = tensor.floats();
                    ByteBuffer bytes =
                            ByteBuffer.allocate(Math.multiplyExact(4, values.length))
                                    .order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(values);
                    crc.update(bytes);
                });
        return "%08x".formatted(crc.getValue());
    }

    /// The description, read with names in the failures.
    private record Fields(Map<String, @Nullable Object> values) {
        private Object value(String name) {
            return Objects.requireNonNull(values.get(name), () -> "no '" + name + "'");
        }

        Number number(String name) {
            return (Number) value(name);
        }

        String text(String name) {
            return (String) value(name);
        }

        Map<String, @Nullable Object> object(String name) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            ((Map<?, ?>) value(name)).forEach((k, v) -> object.put((String) k, v));
            return object;
        }

        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            ((List<?>) value(name)).forEach(v -> texts.add((String) v));
            return texts;
        }

        float[] floats(String name) {
            List<?> list = (List<?>) value(name);
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = ((Number) list.get(i)).floatValue();
            }
            return values;
        }
    }
}
