package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.TestData;
import javelin.nn.io.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class ImageFolderTest {
    @TempDir Path folder;

    private final byte[] grey = Images.png(ImagesTest.noise(4, 4, 1, 1));
    private final byte[] colour = Images.png(ImagesTest.noise(4, 4, 3, 2));
    private final byte[] wide = Images.png(ImagesTest.noise(4, 8, 1, 3));

    @Test
    void foldersAreClassesInOrder() throws Exception {
        put("dog/b.png", grey);
        put("cat/sub/a.PNG", colour);
        put("cat/notes.txt", new byte[3]);
        put(".hidden/x.png", grey);
        put("cat/.x.png", grey);
        ByteImages read = ImageFolder.read(folder, Fit.AS_IS);
        assertThat(read.classes()).containsExactly("cat", "dog");
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.name(0)).isEqualTo("cat/sub/a.PNG");
        assertThat(read.label(1)).isEqualTo(1);
        assertThat(read.channels()).isEqualTo(3);
        assertThat(ImageFolder.read(folder, Fit.to(2, 3).withChannels(1)).sampleLength())
                .isEqualTo(6);
    }

    @Test
    void flatFolderHasNoLabels() throws Exception {
        put("b.png", grey);
        put("a.png", grey);
        ByteImages read = ImageFolder.read(folder, Fit.AS_IS);
        assertThat(read.classes()).isEmpty();
        assertThat(read.label(0)).isEqualTo(-1);
        assertThat(read.name(0)).isEqualTo("a.png");
        assertThat(read.channels()).isEqualTo(1);
    }

    @Test
    void zipsReadLikeFolders() throws Exception {
        Path zip =
                zip(
                        Map.of(
                                "set/dog/b.png", grey,
                                "set/cat/a.png", colour,
                                "__MACOSX/set/cat/a.png", new byte[9]));
        ByteImages read = ImageFolder.read(zip, Fit.AS_IS);
        assertThat(read.classes()).containsExactly("cat", "dog");
    }

    @Test
    void saysWhatIsWrongWhere() throws Exception {
        assertThatThrownBy(() -> ImageFolder.read(folder, Fit.AS_IS))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageContaining("holds no pictures");
        assertThatThrownBy(() -> ImageFolder.read(folder.resolve("no"), Fit.AS_IS))
                .isInstanceOf(NoSuchFileException.class);
        put("a/1.png", grey);
        put("a/2.png", wide);
        assertThatThrownBy(() -> ImageFolder.read(folder, Fit.AS_IS))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessage(
                        folder.resolve("a/2.png")
                                + ": is 8 x 4 pixels, but a/1.png is 4 x 4; make them equal, or name a size to scale them to (train --size)");
        assertThatThrownBy(() -> ImageFolder.read(folder, Fit.to(4, 4), List.of("b")))
                .hasMessageContaining("has folder 'a', which is none of the classes [b]");
        put("loose.png", grey);
        assertThatThrownBy(() -> ImageFolder.read(folder, Fit.to(4, 4)))
                .hasMessageContaining("in subfolders (a) and beside them (loose.png)");
        put("a/3.jpg", Arrays.copyOf(grey, 30));
        Files.delete(folder.resolve("loose.png"));
        assertThatThrownBy(() -> ImageFolder.read(folder, Fit.to(4, 4)))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageStartingWith(folder.resolve("a/3.jpg") + ": PNG");
    }

    @Test
    void damagedZipsAreRefused() throws Exception {
        Path zip = zip(Map.of("cat/a.png", colour, "dog/b.png", grey));
        byte[] good = Files.readAllBytes(zip);
        for (int n = 0; n < good.length; n += 5) {
            Files.write(zip, Arrays.copyOf(good, n));
            assertThatThrownBy(() -> ImageFolder.read(zip, Fit.AS_IS))
                    .isExactlyInstanceOf(FormatException.class);
        }
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x55;
            Files.write(zip, bad);
            try {
                ImageFolder.read(zip, Fit.AS_IS);
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith(zip.toString());
            }
        }
    }

    @Test
    void bombIsRefused() throws Exception {
        Path zip = folder.resolve("bomb.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.png"));
            zeros(out, ImageFiles.MAX_ENTRY + 1);
        }
        assertThatThrownBy(() -> ImageFolder.read(zip, Fit.AS_IS))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageContaining("a.png: unpacks to more than");
    }

    @Test
    void partsShareTheirClasses() throws Exception {
        put("train/a/1.png", grey);
        put("train/b/2.png", grey);
        put("val/b/3.png", colour);
        put("test/a/4.png", grey);
        Splits read = DataSets.open("folder", folder);
        assertThat(read.train().size()).isEqualTo(2);
        assertThat(read.validation()).isNotNull();
        assertThat(read.validation().label(0)).isEqualTo(1);
        assertThat(read.validation().channels()).isEqualTo(1);
        assertThat(read.test()).isNotNull();
        assertThat(read.sources()).hasSize(1);
        assertThat(read.sources().getFirst().sha256()).hasSize(64);
        put("test/c/5.png", grey);
        assertThatThrownBy(() -> DataSets.open("folder", folder))
                .hasMessageContaining("has folder 'c', which is none of the classes [a, b]");
    }

    @Test
    void oneFolderIsDividedBySeed() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("a/%02d.png".formatted(i), grey);
            put("b/%02d.png".formatted(i), grey);
        }
        Splits read = DataSets.open("folder", folder);
        assertThat(read.train().histogram()).containsExactly(16, 16);
        assertThat(read.validation()).isNotNull();
        assertThat(read.validation().histogram()).containsExactly(2, 2);
        assertThat(read.test()).isNotNull();
        assertThat(read.test().histogram()).containsExactly(2, 2);
        assertThat(names(DataSets.open("folder", folder).train())).isEqualTo(names(read.train()));
        assertThat(names(DataSets.open("folder", folder, Fit.AS_IS, 1).train()))
                .isNotEqualTo(names(read.train()));
    }

    @Test
    void readsRealZips() throws Exception {
        ByteImages read = ImageFolder.read(TestData.of("qr_zxing/qr_photos.zip"), Fit.to(64, 64));
        assertThat(read.classes()).containsExactly("qrcode-3", "qrcode-6");
        assertThat(read.histogram()).containsExactly(42, 15);
    }

    private static List<String> names(ByteImages images) {
        return IntStream.range(0, images.size()).mapToObj(images::name).toList();
    }

    private void put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path zip = folder.resolve("set.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(e.getKey()));
                out.write(e.getValue());
            }
        }
        return zip;
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        byte[] part = new byte[1 << 20];
        for (long left = count; left > 0; left -= part.length) {
            out.write(part, 0, (int) Math.min(left, part.length));
        }
    }
}
