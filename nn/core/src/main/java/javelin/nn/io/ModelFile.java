package javelin.nn.io;

import javelin.kernels.Backends;
import javelin.nn.Module;
import javelin.nn.zoo.ModelSpec;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// A trained network in one file, with all that is needed to use it.
///
/// It is a safetensors file. The tensors are the state of the network, channels last. The metadata
/// hold two texts:
///
/// | name | what |
/// |---|---|
/// | `javelin.model` | JSON: `version`, `family`, `configuration`, `height`, `width`, `mean`, `deviation`, `classes`, `origin` |
/// | `javelin.checksum` | CRC-32C of that text and of all tensors |
///
/// Weights may be infinite or NaN; they are kept as they are.
public final class ModelFile {
    /// Version of the description that is written, and the only one that is read.
    public static final long VERSION = 1;

    private static final String DESCRIPTION = "javelin.model";
    private static final String CHECKSUM = "javelin.checksum";

    private ModelFile() {}

    /// A network and how it is used.
    ///
    /// @param spec architecture
    /// @param network weights
    /// @param height rows of the input
    /// @param width columns of the input
    /// @param mean what is subtracted from pixels from 0 to 1, one number per channel
    /// @param std what they are divided by then, one number per channel
    /// @param classes names of the classes; empty for a network that does not classify
    /// @param origin how it was made, for people: command, seed, data and its hash, JDK, date,
    ///   metrics; anything that [Json] writes
    public record Model(
            ModelSpec spec,
            Module network,
            int height,
            int width,
            List<Double> mean,
            List<Double> std,
            List<String> classes,
            Map<String, @Nullable Object> origin) {
        /// Checks that means and deviations are as many, and deviations above 0.
        public Model {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
            classes = List.copyOf(classes);
            if (mean.isEmpty()
                    || mean.size() != std.size()
                    || std.stream().anyMatch(s -> !(s > 0))) {
                throw new IllegalArgumentException(
                        "model: means %s and deviations %s; expected as many, deviations above 0"
                                .formatted(mean, std));
            }
        }

        /// Channels of the input.
        public int channels() {
            return mean.size();
        }
    }

    /// Writes a file in one step; a file of that name is unchanged if that fails.
    public static void save(Path path, Model model) throws IOException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("family", model.spec().family());
        json.put("configuration", model.spec().configuration());
        json.put("height", model.height());
        json.put("width", model.width());
        json.put("mean", model.mean());
        json.put("deviation", model.std());
        json.put("classes", model.classes());
        json.put("origin", model.origin());
        String text = Json.write(json);
        Map<String, Tensor> state = model.network().state();
        var values = new LinkedHashMap<String, TensorValues>();
        state.forEach((name, t) -> values.put(name, TensorValues.of(t)));
        Safetensors.write(path, values, Map.of(DESCRIPTION, text, CHECKSUM, checksum(state, text)));
    }

    /// Whether a file says that it is a model.
    public static boolean isModel(Safetensors file) {
        return file.metadata().containsKey(DESCRIPTION);
    }

    /// Opens a file; the network is made on the current backend, in inference mode.
    ///
    /// @throws FormatException if it is damaged, no model, of another version, of an unknown
    ///   family, or its tensors are not those of its architecture
    /// @throws IOException if it cannot be read
    public static Model open(Path path) throws IOException {
        String source = path.toString();
        try (Safetensors file = Safetensors.open(path)) {
            String text = file.metadata().get(DESCRIPTION);
            if (text == null) {
                throw new FormatException(
                        source,
                        "is a safetensors file but no model, it has no text '%s'"
                                .formatted(DESCRIPTION));
            }
            var json = new Description(source, Json.parseObject(text, source));
            if (json.whole("version") != VERSION) {
                throw new FormatException(
                        source,
                        "is a model of version %d; this program reads version %d"
                                .formatted(json.whole("version"), VERSION));
            }
            var spec = new ModelSpec(json.text("family"), json.object("configuration"));
            checkTensors(source, file, spec);
            var state = new LinkedHashMap<String, Tensor>();
            for (String name : file.names()) {
                state.put(name, file.tensor(name));
            }
            if (!checksum(state, text).equals(file.metadata().get(CHECKSUM))) {
                throw new FormatException(
                        source, "is damaged, its checksum does not fit its content");
            }
            Module network = Zoo.build(spec, Rng.seed(0));
            network.load(state);
            network.training(false);
            return described(source, json, spec, network);
        }
    }

    private static Model described(String source, Description json, ModelSpec spec, Module network)
            throws FormatException {
        try {
            return new Model(
                    spec,
                    network,
                    json.size("height"),
                    json.size("width"),
                    json.numbers("mean"),
                    json.numbers("deviation"),
                    json.texts("classes"),
                    json.origin());
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, "has a wrong " + e.getMessage(), e);
        }
    }

    /// Builds the network without memory and compares it with the file, before anything is
    /// allocated that the file only promises.
    private static void checkTensors(String source, Safetensors file, ModelSpec spec)
            throws FormatException {
        Map<String, Tensor> wanted;
        try {
            wanted = Backends.with(Backends.dry(), () -> Zoo.build(spec, Rng.seed(0))).state();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(
                    source, "holds a network that cannot be built (" + e.getMessage() + ")", e);
        }
        for (String name : file.names()) {
            if (!wanted.containsKey(name)) {
                throw new FormatException(
                        source,
                        "has tensor \"%s\", which family '%s' does not have"
                                .formatted(Json.clip(name), spec.family()));
            }
        }
        for (Map.Entry<String, Tensor> e : wanted.entrySet()) {
            if (!file.names().contains(e.getKey())) {
                throw new FormatException(
                        source,
                        "lacks tensor \"%s\" of family '%s'".formatted(e.getKey(), spec.family()));
            }
            int[] shape = file.shape(e.getKey());
            if (!Arrays.equals(shape, e.getValue().shape().dims())) {
                throw new FormatException(
                        source,
                        "tensor \"%s\" has shape %s, but this '%s' needs %s"
                                .formatted(
                                        e.getKey(),
                                        Arrays.toString(shape),
                                        spec.family(),
                                        e.getValue().shape()));
            }
            StoredType type = file.type(e.getKey());
            if (type != StoredType.F32 && type != StoredType.F64) {
                throw new FormatException(
                        source,
                        "tensor \"%s\" is of type %s; expected F32".formatted(e.getKey(), type));
            }
        }
    }

    private static String checksum(Map<String, Tensor> state, String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(state)
                .forEach((name, tensor) -> {
                    crc.update((name + tensor.shape()).getBytes(StandardCharsets.UTF_8));
                    float[] values = tensor.floats();
                    var bytes =
                            ByteBuffer.allocate(Math.multiplyExact(4, values.length))
                                    .order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(values);
                    crc.update(bytes);
                });
        return "%08x".formatted(crc.getValue());
    }

    /// The description, with the names of its parts in the failures.
    private record Description(String source, Map<String, @Nullable Object> values) {
        long whole(String name) throws FormatException {
            if (values.get(name) instanceof Long n) {
                return n;
            }
            throw wrong(name, "a whole number");
        }

        int size(String name) throws FormatException {
            long n = whole(name);
            if (n < 1 || n > 1 << 20) {
                throw wrong(name, "a number of pixels");
            }
            return (int) n;
        }

        String text(String name) throws FormatException {
            if (values.get(name) instanceof String s) {
                return s;
            }
            throw wrong(name, "a text");
        }

        List<String> texts(String name) throws FormatException {
            if (values.get(name) instanceof List<?> list
                    && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            throw wrong(name, "a list of texts");
        }

        List<Double> numbers(String name) throws FormatException {
            if (values.get(name) instanceof List<?> list
                    && list.stream().allMatch(Number.class::isInstance)) {
                return list.stream().map(n -> ((Number) n).doubleValue()).toList();
            }
            throw wrong(name, "a list of numbers");
        }

        Map<String, Object> object(String name) throws FormatException {
            if (!(values.get(name) instanceof Map<?, ?> map) || map.containsValue(null)) {
                throw wrong(name, "an object without null");
            }
            var object = new LinkedHashMap<String, Object>();
            map.forEach((k, v) -> object.put((String) k, Objects.requireNonNull(v)));
            return object;
        }

        Map<String, @Nullable Object> origin() throws FormatException {
            if (!(values.get("origin") instanceof Map<?, ?> map)) {
                throw wrong("origin", "an object");
            }
            var object = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((k, v) -> object.put((String) k, v));
            return object;
        }

        private FormatException wrong(String name, String expected) {
            return new FormatException(
                    source, "has a model whose '%s' is not %s".formatted(name, expected));
        }
    }
}
