package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.io.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class IdxTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsImagesAndLabels(boolean zipped) throws Exception {
        ByteImages read =
                Idx.read(
                        file("i", zipped ? gzip(images(3, 2, 4)) : images(3, 2, 4)),
                        file("l", zipped ? gzip(labels(0, 2, 1)) : labels(0, 2, 1)));
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.height()).isEqualTo(2);
        assertThat(read.width()).isEqualTo(4);
        assertThat(read.classes()).containsExactly("0", "1", "2");
        assertThat(read.histogram()).containsExactly(1, 1, 1);
        float[] sample = new float[10];
        read.sample(1, sample, 2);
        assertThat(sample[2]).isEqualTo(8 / 255f);
        assertThat(sample[9]).isEqualTo(15 / 255f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTruncationIsRefused(boolean zipped) throws Exception {
        byte[] images = zipped ? gzip(images(3, 2, 4)) : images(3, 2, 4);
        byte[] labels = zipped ? gzip(labels(0, 2, 1)) : labels(0, 2, 1);
        for (int n = 0; n < images.length; n++) {
            Path cut = file("i", Arrays.copyOf(images, n));
            assertThatThrownBy(() -> Idx.read(cut, null, List.of()))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageStartingWith(cut + ": ");
        }
        for (int n = 0; n < labels.length; n++) {
            Path cut = file("l", Arrays.copyOf(labels, n));
            assertThatThrownBy(() -> Idx.labels(cut))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageStartingWith(cut + ": ");
        }
    }

    @Test
    void damagedFilesNeverFailInAnotherWay() throws Exception {
        byte[] good = gzip(images(3, 2, 4));
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Path file = file("i", bad);
            try {
                Idx.read(file, null, List.of());
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path images = file("i", images(3, 2, 4));
        Path labels = file("l", labels(0, 2, 1));
        assertThatThrownBy(() -> Idx.read(labels, null, List.of()))
                .hasMessage(
                        labels
                                + ": begins with 00 00 08 01; expected 00 00 08 03 (IDX, unsigned bytes, images)");
        assertThatThrownBy(() -> Idx.labels(images))
                .hasMessageContaining("begins with 00 00 08 03; expected 00 00 08 01");
        Path more = file("m", labels(0, 1, 2, 3));
        assertThatThrownBy(() -> Idx.read(images, more))
                .hasMessage(more + ": has 4 labels, but i has 3 images");
        assertThatThrownBy(() -> Idx.read(images, labels, List.of("a", "b")))
                .hasMessage(labels + ": label 2 at byte 9; expected 0 to 1");
        Path trailing = file("t", Arrays.copyOf(images(3, 2, 4), 41));
        assertThatThrownBy(() -> Idx.read(trailing, null, List.of()))
                .hasMessageContaining("goes on after the last value");
        Path zipped = file("tz", gzip(Arrays.copyOf(images(3, 2, 4), 41)));
        assertThatThrownBy(() -> Idx.read(zipped, null, List.of()))
                .hasMessageContaining("goes on after the last value");
        assertThatThrownBy(() -> Idx.labels(folder.resolve("no")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesHeadsThatPromiseTooMuch() throws Exception {
        for (int[] sizes :
                new int[][] {
                    {Integer.MAX_VALUE, 28, 28},
                    {-1, 28, 28},
                    {1, 60_000, 60_000},
                    {1, Integer.MAX_VALUE, Integer.MAX_VALUE},
                    {5, 0, 4},
                    {5, -3, 4}
                }) {
            ByteBuffer b = ByteBuffer.allocate(20).putInt(0x803);
            for (int s : sizes) {
                b.putInt(s);
            }
            for (byte[] content : List.of(b.array(), gzip(b.array()))) {
                Path file = file("i", content);
                assertThatThrownBy(() -> Idx.read(file, null, List.of()))
                        .isExactlyInstanceOf(FormatException.class);
            }
        }
        ByteBuffer labels = ByteBuffer.allocate(8).putInt(0x801).putInt(Integer.MAX_VALUE);
        Path file = file("l", gzip(labels.array()));
        assertThatThrownBy(() -> Idx.labels(file)).isExactlyInstanceOf(FormatException.class);
    }

    @Test
    void emptySetIsASet() throws Exception {
        assertThat(Idx.read(file("i", images(0, 2, 2)), file("l", labels())).size()).isZero();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    static byte[] images(int n, int h, int w) {
        ByteBuffer b = ByteBuffer.allocate(16 + n * h * w);
        b.putInt(0x803).putInt(n).putInt(h).putInt(w);
        for (int i = 0; i < n * h * w; i++) {
            b.put((byte) i);
        }
        return b.array();
    }

    static byte[] labels(int... labels) {
        ByteBuffer b = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            b.put((byte) label);
        }
        return b.array();
    }

    static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }
}
