package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

class TensorBoardLogTest {
    @TempDir Path folder;

    @Test
    void recordsReadBack() throws IOException {
        new FakeRun(0).play(new TensorBoardLog(folder), 10);
        List<Map<Integer, Object>> events = events(onlyFile());
        assertThat(text(events.getFirst(), 3)).isEqualTo("brain.Event:2");
        assertThat((Double) events.getFirst().get(1)).isGreaterThan(1.7e9);
        List<String> scalars = new ArrayList<>();
        for (var event : events.subList(1, events.size())) {
            var value = message(message(event, 5), 1);
            scalars.add(event.get(2) + " " + text(value, 1) + " " + value.get(2));
        }
        assertThat(scalars)
                .hasSize(4 * 10 + 3)
                .startsWith(
                        "1 step/loss 1.0",
                        "1 step/rate 0.1",
                        "1 step/gradient_norm 2.5",
                        "1 step/images_per_second 16.0",
                        "2 step/loss 0.5")
                .endsWith(
                        "10 epoch/loss 1.0",
                        "10 epoch/validation_loss 0.33333334",
                        "10 epoch/validation_accuracy 0.0");
    }

    @Test
    void aResumedRunSaysWhereItGoesOn() throws IOException {
        new FakeRun(300).play(new TensorBoardLog(folder, 5), 305);
        List<Map<Integer, Object>> events = events(onlyFile());
        assertThat(events).hasSize(2 + 4);
        assertThat(events.get(1)).containsEntry(2, 301L);
        assertThat(message(events.get(1), 7)).containsEntry(1, 1L); // SessionLog.START
    }

    @Test
    void eachStartHasItsOwnFile() throws IOException {
        new FakeRun(0).play(new TensorBoardLog(folder), 1);
        new FakeRun(1).play(new TensorBoardLog(folder), 2);
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .hasSize(2)
                    .allMatch(f ->
                            f.matches("events\\.out\\.tfevents\\.\\d{10}\\.javelin\\.[\\d.]+"));
        }
    }

    @Test
    void picturesReadBack() throws IOException {
        var log = new TensorBoardLog(folder);
        log.onStart(new FakeRun(0));
        byte[] png = {1, 2, 3};
        log.image("samples", 7, 20, 300, png);
        var value = message(message(events(onlyFile()).getLast(), 5), 1);
        assertThat(text(value, 1)).isEqualTo("samples");
        assertThat(message(value, 4)).containsEntry(1, 20L).containsEntry(2, 300L);
        assertThat((byte[]) message(value, 4).get(4)).isEqualTo(png);
    }

    /// CRC-32C of 32 zeros is 8a9136aa (RFC 3720, B.4); the mask is TensorFlow's.
    @Test
    void checksumIsMaskedCrc32c() {
        int crc = 0x8a9136aa;
        assertThat(EventFile.checksum(new byte[32], 32))
                .isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
    }

    // ---- a reader, written from the format's description and not from the writer ----

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<Map<Integer, Object>> events(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] head = new byte[8];
            in.get(head);
            assertThat(in.getInt()).isEqualTo(masked(head));
            byte[] data =
                    new byte[(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(data));
            events.add(fields(data));
        }
        return events;
    }

    private static int masked(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        long c = crc.getValue();
        return (int) ((c >> 15 | c << 17) + 0xa282ead8L);
    }

    private static Map<Integer, Object> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        var fields = new HashMap<Integer, Object>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value =
                    switch ((int) (key & 7)) {
                        case 0 -> varint(in);
                        case 1 -> in.getDouble();
                        case 2 -> {
                            byte[] bytes = new byte[(int) varint(in)];
                            in.get(bytes);
                            yield bytes;
                        }
                        case 5 -> in.getFloat();
                        default -> throw new AssertionError("wire type " + (key & 7));
                    };
            fields.put((int) (key >> 3), value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static Map<Integer, Object> message(Map<Integer, Object> fields, int number) {
        return fields((byte[]) fields.get(number));
    }

    private static String text(Map<Integer, Object> fields, int number) {
        return new String((byte[]) fields.get(number), StandardCharsets.UTF_8);
    }
}
