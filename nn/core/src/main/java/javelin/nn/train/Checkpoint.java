package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.io.FormatException;
import javelin.nn.io.Json;
import javelin.nn.io.Safetensors;
import javelin.nn.io.TensorValues;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// All that a training run needs to go on as if it had never stopped, in one safetensors file.
///
/// | tensors | what |
/// |---|---|
/// | `model/NAME` | parameters and buffers |
/// | `average/NAME` | moving average of the parameters and buffers, if there is one |
/// | `optimizer/NAME` | what the optimiser remembers, if anything |
///
/// The metadata entry `javelin.training` is a JSON object with everything else: step, epoch, place
/// in the data, states of the generators of random numbers, history, what listeners remember, and
/// the configuration. A checksum over all of it is kept beside it.
public final class Checkpoint {
    /// Version of the format that is written, and the only one that is read.
    public static final int VERSION = 1;

    static final String MODEL = "model/";
    static final String AVERAGE = "average/";
    static final String OPTIMIZER = "optimizer/";

    private static final String STATE = "javelin.training";
    private static final String CHECKSUM = "javelin.checksum";

    private final Map<String, Tensor> tensors;
    private final Map<String, @Nullable Object> state;

    Checkpoint(Map<String, Tensor> tensors, Map<String, @Nullable Object> state) {
        this.tensors = tensors;
        this.state = state;
    }

    /// Reads a checkpoint; its tensors are made on the current backend.
    ///
    /// @throws FormatException if the file is damaged or no checkpoint
    /// @throws IOException if it cannot be read
    public static Checkpoint read(Path file) throws IOException {
        try (Safetensors in = Safetensors.open(file)) {
            String text = in.metadata().get(STATE);
            if (text == null) {
                throw new FormatException(
                        file.toString(),
                        "is a safetensors file but no checkpoint of a training run");
            }
            var tensors = new LinkedHashMap<String, Tensor>();
            for (String name : in.names()) {
                tensors.put(name, in.tensor(name));
            }
            if (!checksum(tensors, text).equals(in.metadata().get(CHECKSUM))) {
                throw new FormatException(
                        file.toString(),
                        "is damaged, its checksum does not fit its content; use an older checkpoint");
            }
            Map<String, @Nullable Object> state = Json.parseObject(text, file.toString());
            if (!Long.valueOf(VERSION).equals(state.get("version"))) {
                throw new FormatException(
                        file.toString(),
                        "is a checkpoint of version %s; this program reads version %d"
                                .formatted(state.get("version"), VERSION));
            }
            return new Checkpoint(tensors, state);
        }
    }

    /// Writes this checkpoint; a file that is there is replaced at once when the new one is
    /// complete.
    ///
    /// @throws IOException if it cannot be written; a file of that name is then unchanged
    public void write(Path file) throws IOException {
        state.put("version", VERSION);
        String text = Json.write(state);
        var values = new LinkedHashMap<String, TensorValues>();
        tensors.forEach((name, tensor) -> values.put(name, TensorValues.of(tensor)));
        Safetensors.write(file, values, Map.of(STATE, text, CHECKSUM, checksum(tensors, text)));
    }

    private static String checksum(Map<String, Tensor> tensors, String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(tensors)
                .forEach((name, tensor) -> {
                    crc.update((name + tensor.shape()).getBytes(StandardCharsets.UTF_8));
                    crc.update(bytes(tensor));
                });
        return "%08x".formatted(crc.getValue());
    }

    private static ByteBuffer bytes(Tensor x) {
        int size = Math.multiplyExact(x.shape().length(), x.type().bytes());
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        switch (x.type()) {
            case F32 -> bytes.asFloatBuffer().put(x.floats());
            case F64 -> bytes.asDoubleBuffer().put(x.doubles());
            case I32 -> bytes.asIntBuffer().put(x.ints());
        }
        return bytes;
    }

    // ---- what is in it ----

    /// Steps done.
    public long step() {
        return (long) number("step");
    }

    /// Number of the epoch that the next step belongs to, from 1.
    public int epoch() {
        return (int) number("epoch");
    }

    /// Metrics of the epochs done.
    public History history() {
        return History.fromJson(state.get("history"));
    }

    /// How the run was set up, by the names of its settings.
    public Map<String, String> configuration() {
        var settings = new LinkedHashMap<String, String>();
        object(state.get("configuration")).forEach((k, v) -> settings.put(k, String.valueOf(v)));
        return settings;
    }

    /// The trained weights: the moving average if the run kept one, else those of the last step.
    ///
    /// @throws IllegalArgumentException if `model` is another network
    public void loadWeights(Module model) {
        Map<String, Tensor> average = tensors(AVERAGE);
        average.keySet().retainAll(model.state().keySet()); // drops its counter
        model.load(average.isEmpty() ? tensors(MODEL) : average);
    }

    /// Tensors whose names begin with `prefix`, by the rest of the name.
    Map<String, Tensor> tensors(String prefix) {
        var found = new LinkedHashMap<String, Tensor>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
            }
        });
        return found;
    }

    /// An entry of the state as a number; NaN if it is null or absent.
    double number(String key) {
        return History.number(state.get(key));
    }

    /// An entry of the state as an object; empty if there is none.
    Map<String, @Nullable Object> state(String key) {
        return object(state.get(key));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((k, v) -> result.put((String) k, v));
        }
        return result;
    }
}
