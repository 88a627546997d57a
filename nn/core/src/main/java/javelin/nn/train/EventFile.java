package javelin.nn.train;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A file of records as TensorBoard reads it: each an `Event` message.
///
/// | bytes | what |
/// |---|---|
/// | 8 | length of the message, little-endian |
/// | 4 | masked CRC-32C of the length |
/// | length | the message |
/// | 4 | masked CRC-32C of the message |
///
/// @see "TensorFlow, core/lib/io/record_writer.h, core/util/event.proto,
///   core/framework/summary.proto"
final class EventFile implements Closeable {
    private static final int MASK = 0xa282ead8; // TensorFlow's, core/lib/hash/crc32c.h

    private final OutputStream out;

    EventFile(Path file) throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        write(new Message().number(1, now()).text(3, "brain.Event:2"));
    }

    /// Says that the run goes on from `step`: TensorBoard then drops what older files of the folder
    /// hold of that step and later ones.
    void start(long step) throws IOException {
        Message session = new Message().integer(1, 1); // SessionLog.status = START
        write(new Message().number(1, now()).integer(2, step).message(7, session));
    }

    void scalar(String tag, long step, double value) throws IOException {
        summary(step, new Message().text(1, tag).number(2, (float) value));
    }

    /// @param png the picture as a PNG file
    void image(String tag, long step, int height, int width, byte[] png) throws IOException {
        Message image = new Message().integer(1, height).integer(2, width).integer(3, 3);
        summary(step, new Message().text(1, tag).message(4, image.bytes(4, png)));
    }

    private void summary(long step, Message value) throws IOException {
        Message summary = new Message().message(1, value);
        write(new Message().number(1, now()).integer(2, step).message(5, summary));
    }

    private void write(Message event) throws IOException {
        byte[] data = event.toBytes();
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(data.length);
        head.putInt(checksum(head.array(), 8));
        ByteBuffer tail = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(checksum(data, data.length));
        var record = new ByteArrayOutputStream(data.length + 16);
        record.writeBytes(head.array());
        record.writeBytes(data);
        record.writeBytes(tail.array());
        record.writeTo(out); // in one piece, so that a reader seldom sees half a record
        out.flush();
    }

    static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// A message in the wire format of protocol buffers: fields in the order in which they are
    /// added.
    private static final class Message {
        private static final int VARINT = 0;
        private static final int EIGHT_BYTES = 1;
        private static final int LENGTH = 2;
        private static final int FOUR_BYTES = 5;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message integer(int field, long value) {
            key(field, VARINT);
            varint(value);
            return this;
        }

        Message number(int field, double value) {
            key(field, EIGHT_BYTES);
            out.writeBytes(littleEndian(8).putDouble(value).array());
            return this;
        }

        Message number(int field, float value) {
            key(field, FOUR_BYTES);
            out.writeBytes(littleEndian(4).putFloat(value).array());
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.toBytes());
        }

        Message bytes(int field, byte[] value) {
            key(field, LENGTH);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void key(int field, int type) {
            varint((field << 3) | type);
        }

        private void varint(long value) {
            for (; (value & ~0x7fL) != 0; value >>>= 7) {
                out.write((int) ((value & 0x7f) | 0x80));
            }
            out.write((int) value);
        }

        private static ByteBuffer littleEndian(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
