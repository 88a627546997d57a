package javelin.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.TestData;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;

class SafetensorsTest {
    @TempDir Path folder;

    @Test
    void readsWhatItWrote() throws Exception {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, sample(), Map.of("author", "é \"x\"", "a", "b"));
        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("d", "l", "f", "i", "scalar", "b", "h", "u");
            assertThat(read.metadata()).containsEntry("author", "é \"x\"").containsEntry("a", "b");
            assertThat(read.shape("f")).containsExactly(2, 3);
            assertThat(read.shape("scalar")).isEmpty();
            assertThat(read.floats("f")).containsExactly(1, -2, Float.NaN, 3.5f, 0, -0f);
            assertThat(read.floats("f", 3, 1)).containsExactly(3.5f);
            assertThat(read.floats("h")).containsExactly(0.5f, Float.POSITIVE_INFINITY);
            assertThat(read.floats("b")).containsExactly(1.0f, Float.NaN, -3.390625f);
            assertThat(read.doubles("d")).containsExactly(Math.PI);
            assertThat(read.longs("l")).containsExactly(Long.MIN_VALUE, 7);
            assertThat(read.longs("u")).containsExactly(0, 255);
            assertThat(read.tensor("i").ints()).containsExactly(-5, 6);
            assertThat(read.tensor("f").shape().dims()).containsExactly(2, 3);
            assertThat(read.bytes("u", 1, 1)).containsExactly((byte) 255);
            assertThat(read.type("b")).isEqualTo(StoredType.BF16);
            assertThat(read.elements("scalar")).isEqualTo(1);
        }
    }

    @Test
    void sameContentGivesTheSameBytes() throws Exception {
        var reversed = new LinkedHashMap<String, TensorValues>();
        sample().reversed().forEach(reversed::put);
        assertThat(bytes(reversed, Map.of("x", "1", "y", "2")))
                .isEqualTo(bytes(sample(), new TreeMap<>(Map.of("y", "2", "x", "1"))));
    }

    @Test
    void valuesAreAligned() throws Exception {
        for (int n = 1; n < 9; n++) {
            byte[] file = bytes(Map.of("n".repeat(n), TensorValues.of(new float[1], 1)), Map.of());
            long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(header % 8).isZero();
        }
    }

    @Test
    void tensorsGoThereAndBack() throws Exception {
        Path file = folder.resolve("t.safetensors");
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
        Safetensors.write(file, Map.of("x", TensorValues.of(x)), Map.of());
        try (var read = Safetensors.open(file)) {
            assertThat(read.tensor("x").floats()).isEqualTo(x.floats());
        }
    }

    @Test
    void emptyFileOfNoTensorsIsSound() throws Exception {
        Path file = folder.resolve("e.safetensors");
        Safetensors.write(file, Map.of(), Map.of());
        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).isEmpty();
        }
        Safetensors.write(file, Map.of("z", TensorValues.of(new float[0], 0, 4)), Map.of());
        try (var read = Safetensors.open(file)) {
            assertThat(read.floats("z")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|is not an object",
                "{\"x|not JSON, the text ends",
                "{\"x\":1}|tensor \"x\" has no object",
                "{\"x\":{}}|tensor \"x\" has dtype none; known are",
                "{\"x\":{\"dtype\":\"F8\",\"shape\":[8],\"data_offsets\":[0,8]}}|tensor \"x\" has dtype F8; known are",
                "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}|has no list shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}|has no list data_offsets",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|has -2 in its shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}|has 2.5 in its shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}|has something else than a number",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}|in its shape; expected whole numbers",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}|more than 2^63 bytes",
                "{\"x\":{\"dtype\":\"F64\",\"shape\":[2305843009213693952],\"data_offsets\":[0,8]}}|more than 2^63 bytes",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|has 8 bytes (data_offsets [0, 8]) but shape [3] of F32 needs 12",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|data_offsets [8, 0]; expected [begin, end]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}|expected [begin, end]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|ends at byte 16 of the values, but the file holds only 8",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}|4 bytes follow after the last tensor",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}|begins at byte 4 of the values, but the one before it ends at 0",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[3,8]}}|without overlap",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"y\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}|without gap",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"x\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}|name \"x\" occurs twice",
                "{\"__metadata__\":[]}|__metadata__ is not an object of texts",
                "{\"__metadata__\":{\"a\":1}}|__metadata__ has a value for \"a\" that is not a text",
            })
    void refusesHostileHeaders(String header, String problem) throws Exception {
        Path file = file(header, 8);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesHugeRank() throws Exception {
        String ones = "1,".repeat(64) + "8";
        Path file =
                file(
                        "{\"x\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,8]}}"
                                .formatted(ones),
                        8);
        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("has 65 axes");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 99_999_999, 100_000_001, Long.MAX_VALUE, -1, 0, 1})
    void refusesLengthsOfTheHeader(long length) throws Exception {
        ByteBuffer b = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(folder.resolve("l"), b.array());
        assertThatThrownBy(() -> Safetensors.open(file))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageContaining("header");
    }

    @Test
    void refusesHeadersThatAreNotText() throws Exception {
        byte[] text = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
        text[2] = (byte) 0xff;
        ByteBuffer b = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(folder.resolve("l"), b.putLong(7).put(text).array());
        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("not UTF-8");
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> Safetensors.open(folder.resolve("no")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageEndingWith("no: no such file");
        assertThatThrownBy(() -> Safetensors.open(folder)).hasMessageContaining("is a folder");
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, sample(), Map.of());
        try (var read = Safetensors.open(file)) {
            assertThatThrownBy(() -> read.floats("weight"))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageContaining("has no tensor \"weight\"; it has 8: d, l, f");
            assertThatThrownBy(() -> read.longs("f")).hasMessageContaining("expected integers");
            assertThatThrownBy(() -> read.tensor("l")).hasMessageContaining("does not fit 32 bits");
        }
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] good = bytes(sample(), Map.of("k", "v"));
        Path file = folder.resolve("cut");
        for (int n = 0; n < good.length; n++) {
            Files.write(file, Arrays.copyOf(good, n));
            assertThatThrownBy(() -> Safetensors.open(file))
                    .isExactlyInstanceOf(FormatException.class);
        }
    }

    @Test
    void damagedFilesNeverFailInAnotherWay() throws Exception {
        byte[] good = bytes(sample(), Map.of("k", "v"));
        Path file = folder.resolve("damaged");
        var random = new Random(11);
        for (int i = 0; i < 4000; i++) {
            byte[] bad = good.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            try (var read = Safetensors.open(file)) {
                for (String name : read.names()) {
                    read.floats(name);
                }
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
            }
        }
    }

    @Test
    void readsBeyondTwoGigabytes() throws Exception {
        Path file = folder.resolve("large.safetensors");
        long big = 3_000_000_000L;
        byte[] header =
                ("{\"big\":{\"dtype\":\"U8\",\"shape\":[3,1000000000],\"data_offsets\":[0,%d]},"
                                        .formatted(big)
                                + "\"after\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}"
                                        .formatted(big, big + 8))
                        .getBytes(StandardCharsets.UTF_8);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .array());
            out.write(header);
            out.seek(8 + header.length + big - 1);
            out.write(42);
            out.write(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(1.5f)
                            .putFloat(-2)
                            .array());
        }
        try (var read = Safetensors.open(file)) {
            assertThat(read.floats("after")).containsExactly(1.5f, -2);
            assertThat(read.bytes("big", big - 2, 2)).containsExactly(0, 42);
            assertThatThrownBy(() -> read.floats("big"))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageContaining("3000000000 elements");
            assertThatThrownBy(() -> read.bytes("big", big - 2, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void fullDiskLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, sample(), Map.of());
        byte[] before = Files.readAllBytes(file);
        Map<String, TensorValues> large = Map.of("x", TensorValues.of(new float[100_000], 100_000));
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out ->
                                        Safetensors.write(
                                                new FullDisk(out, 70_000), large, Map.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageEndingWith("the file of that name is unchanged");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void readsPublishedFiles() throws Exception {
        try (var read = Safetensors.open(TestData.of("models/cifar_resnet/resnet20.safetensors"))) {
            long total = 0;
            for (String name : read.names()) {
                for (float x : read.floats(name)) {
                    assertThat(x).isFinite();
                }
                total += read.elements(name);
            }
            assertThat(read.shape("conv1.weight")).containsExactly(16, 3, 3, 3);
            assertThat(total).isBetween(269_000L, 275_000L);
        }
    }

    private static SequencedMap<String, TensorValues> sample() {
        var all = new LinkedHashMap<String, TensorValues>();
        all.put("f", TensorValues.of(new float[] {1, -2, Float.NaN, 3.5f, 0, -0f}, 2, 3));
        all.put("scalar", TensorValues.of(new float[] {9}));
        all.put("h", TensorValues.of(StoredType.F16, new float[] {0.5f, 1e9f}, 2));
        all.put("b", TensorValues.of(StoredType.BF16, new float[] {1, Float.NaN, -3.3923f}, 3));
        all.put("d", TensorValues.of(new double[] {Math.PI}, 1));
        all.put("i", TensorValues.of(new int[] {-5, 6}, 2));
        all.put("l", TensorValues.of(new long[] {Long.MIN_VALUE, 7}, 2));
        all.put("u", TensorValues.of(new byte[] {0, -1}, 2));
        return all;
    }

    private static byte[] bytes(Map<String, TensorValues> tensors, Map<String, String> metadata)
            throws IOException {
        var out = new ByteArrayOutputStream();
        Safetensors.write(out, tensors, metadata);
        return out.toByteArray();
    }

    private Path file(String header, int values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(
                folder.resolve("hostile"),
                ByteBuffer.allocate(8 + text.length + values)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .array());
    }
}
