package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.TestData;
import javelin.nn.io.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

class ImagesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pngGoesThereAndBack(int channels) throws Exception {
        for (int[] size : new int[][] {{1, 1}, {1, 7}, {5, 1}, {13, 9}}) {
            Picture p = noise(size[0], size[1], channels, 3);
            Path file = folder.resolve("p.png");
            Images.write(file, p);
            assertSame(Images.read(file), p);
            BufferedImage theirs = ImageIO.read(file.toFile());
            assertThat(theirs.getHeight()).isEqualTo(size[0]);
        }
    }

    @Test
    void everyKindOfPixelIsRead() throws Exception {
        Picture grey = noise(6, 5, 1, 1);
        Picture rgb = noise(6, 5, 3, 2);
        assertSame(
                Images.decode(encode(image(grey, BufferedImage.TYPE_BYTE_GRAY), "png"), "a"), grey);
        assertSame(
                Images.decode(encode(image(rgb, BufferedImage.TYPE_3BYTE_BGR), "png"), "b"), rgb);
        assertSame(Images.decode(encode(image(rgb, BufferedImage.TYPE_INT_RGB), "bmp"), "c"), rgb);
        assertSame(
                Images.decode(encode(image(rgb, BufferedImage.TYPE_4BYTE_ABGR), "png"), "d"), rgb);
        assertSame(Images.decode(encode(wide(grey), "png"), "e"), grey);
        assertSame(Images.decode(encode(palette(grey), "png"), "f"), grey);
        assertSame(Images.decode(encode(palette(grey), "gif"), "g"), grey);
    }

    @Test
    void transparentIsWhite() throws Exception {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00ff0000);
        image.setRGB(1, 0, 0x80000000);
        Picture p = Images.decode(encode(image, "png"), "x");
        assertThat(p.rgb().pixels()).containsExactly(-1, -1, -1, 127, 127, 127);
    }

    @Test
    void jpegIsCloseToWhatWasWritten() throws Exception {
        byte[] flat = new byte[32 * 32 * 3];
        for (int i = 0; i < flat.length; i += 3) {
            flat[i] = (byte) 200;
            flat[i + 1] = 100;
            flat[i + 2] = 50;
        }
        var p = new Picture(32, 32, 3, flat);
        Picture read = Images.decode(encode(image(p, BufferedImage.TYPE_INT_RGB), "jpg"), "x");
        for (int i = 0; i < flat.length; i++) {
            assertThat(read.pixels()[i] & 0xff)
                    .isBetween((flat[i] & 0xff) - 4, (flat[i] & 0xff) + 4);
        }
    }

    @Test
    void everyTruncatedPngIsRefused() throws Exception {
        byte[] good = Images.png(noise(9, 8, 3, 4));
        for (int n = 0; n < good.length; n++) {
            byte[] bad = Arrays.copyOf(good, n);
            assertThatThrownBy(() -> Images.decode(bad, "x.png"))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageStartingWith("x.png: ");
        }
    }

    @Test
    void everyDamagedPngIsRefused() {
        byte[] good = Images.png(noise(9, 8, 3, 4));
        var random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            bad[8 + random.nextInt(good.length - 8)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> Images.decode(bad, "x.png"))
                    .isExactlyInstanceOf(FormatException.class);
        }
    }

    @Test
    void truncatedJpegIsRefused() throws Exception {
        byte[] good = encode(image(noise(40, 40, 3, 6), BufferedImage.TYPE_INT_RGB), "jpg");
        for (int n = 0; n < good.length - 2; n += 7) {
            byte[] bad = Arrays.copyOf(good, n);
            assertThatThrownBy(() -> Images.decode(bad, "x.jpg"))
                    .isExactlyInstanceOf(FormatException.class)
                    .hasMessageStartingWith("x.jpg: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "gif", "bmp"})
    void damagedFilesNeverFailInAnotherWay(String format) throws Exception {
        byte[] good = encode(palette(noise(16, 16, 1, 6)), format.equals("gif") ? "gif" : "png");
        if (!format.equals("gif")) {
            good = encode(image(noise(16, 16, 3, 6), BufferedImage.TYPE_INT_RGB), format);
        }
        var random = new Random(8);
        for (int i = 0; i < 600; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int k = random.nextInt(4); k > 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Images.decode(bad, "x")).isNotNull();
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("x: ");
            }
        }
    }

    @Test
    void hugePicturesAreRefusedUnread() {
        byte[] png = Images.png(noise(1, 1, 1, 1));
        ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertThatThrownBy(() -> Images.decode(png, "big.png"))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessage(
                        "big.png: PNG of 20000 x 20000 pixels; at most 100000000 pixels are decoded");
    }

    @Test
    void saysWhatIsNoPicture() {
        assertThatThrownBy(() -> Images.decode(new byte[] {1, 2, 3}, "x"))
                .hasMessage("x: is not a picture; expected PNG, JPEG, BMP or GIF");
        assertThatThrownBy(() -> Images.decode(new byte[0], "x")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Images.read(folder.resolve("no.png")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Images.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void resizingKeepsFlatPicturesAndMeans() {
        byte[] flat = new byte[12 * 10];
        Arrays.fill(flat, (byte) 77);
        for (Filter f : Filter.values()) {
            assertThat(Images.resize(new Picture(12, 10, 1, flat), 5, 31, f).pixels())
                    .containsOnly(77);
        }
        float[] x = {0, 1, 2, 3, 4, 5, 6, 7};
        assertThat(Images.resize(x, 2, 4, 1, 1, 2, Filter.BOX)).containsExactly(2.5f, 4.5f);
        assertThat(Images.resize(x, 1, 8, 1, 1, 16, Filter.BILINEAR))
                .startsWith(0, 0.25f, 0.75f, 1.25f);
    }

    @Test
    void bicubicIsThatOfMatlab() throws Exception {
        try (ImageFiles files = ImageFiles.open(TestData.of("sr/set5.zip"))) {
            for (String name : files.names()) {
                if (name.endsWith("_HR.png")) {
                    Picture hr = Images.decode(files.read(name), name);
                    Picture lr =
                            Images.decode(files.read(name.replace("_HR.png", "_LR.png")), name);
                    assertSame(Images.resize(hr, lr.height(), lr.width(), Filter.BICUBIC), lr);
                }
            }
        }
    }

    @Test
    void realPhotographsAreRead() throws Exception {
        try (ImageFiles files = ImageFiles.open(TestData.of("imagenet_samples/images_100.zip"))) {
            int grey = 0;
            for (String name : files.names()) {
                grey += Images.decode(files.read(name), name).channels() == 1 ? 1 : 0;
            }
            assertThat(files.names()).hasSize(100);
            assertThat(grey).isEqualTo(5);
        }
    }

    @Test
    void cropsCoversAndArranges() {
        Picture p = noise(6, 8, 3, 9);
        Picture part = Images.crop(p, 1, 2, 3, 4);
        assertThat(part.at(2, 3, 1)).isEqualTo(p.at(3, 5, 1));
        assertThatThrownBy(() -> Images.crop(p, 4, 0, 3, 4)).hasMessageStartingWith("crop: ");
        assertThat(Images.cover(p, 3, 3, Filter.BILINEAR).width()).isEqualTo(3);
        Picture grid = Images.grid(List.of(p, p.grey(), p), 2, 1);
        assertThat(grid.height()).isEqualTo(13);
        assertThat(grid.width()).isEqualTo(17);
        assertThat(grid.at(7, 0, 2)).isEqualTo(p.at(0, 0, 2));
        assertThat(grid.at(6, 0, 0)).isEqualTo(255);
        assertThat(Files.exists(folder)).isTrue();
    }

    private static void assertSame(Picture read, Picture expected) {
        assertThat(read.channels()).isEqualTo(expected.channels());
        assertThat(read.height()).isEqualTo(expected.height());
        assertThat(read.width()).isEqualTo(expected.width());
        assertThat(read.pixels()).isEqualTo(expected.pixels());
    }

    static Picture noise(int h, int w, int c, int seed) {
        byte[] pixels = new byte[h * w * c];
        new Random(seed).nextBytes(pixels);
        return new Picture(h, w, c, pixels);
    }

    private static BufferedImage image(Picture p, int type) {
        var image = new BufferedImage(p.width(), p.height(), type);
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                if (p.channels() == 1) {
                    image.getRaster().setSample(x, y, 0, p.at(y, x, 0));
                } else {
                    image.setRGB(
                            x,
                            y,
                            0xff000000 | p.at(y, x, 0) << 16 | p.at(y, x, 1) << 8 | p.at(y, x, 2));
                }
            }
        }
        return image;
    }

    private static BufferedImage wide(Picture p) {
        var image = new BufferedImage(p.width(), p.height(), BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                image.getRaster().setSample(x, y, 0, p.at(y, x, 0) * 257);
            }
        }
        return image;
    }

    private static BufferedImage palette(Picture p) {
        byte[] reversed = new byte[256];
        for (int i = 0; i < 256; i++) {
            reversed[i] = (byte) (255 - i);
        }
        var colours = new IndexColorModel(8, 256, reversed, reversed, reversed);
        var image =
                new BufferedImage(p.width(), p.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                image.getRaster().setSample(x, y, 0, 255 - p.at(y, x, 0));
            }
        }
        return image;
    }

    static byte[] encode(BufferedImage image, String format) throws Exception {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }
}
