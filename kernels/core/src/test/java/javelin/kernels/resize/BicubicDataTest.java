package javelin.kernels.resize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.View;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Shrinking photographs as MATLAB's `imresize` does, bit for bit: the pairs of Set5, made with
/// `imresize(image, 1/s, 'bicubic')` on bytes (kernel a = −1/2, antialiased; rows, then columns,
/// rounded half up and clipped after each).
class BicubicDataTest {
    private static final Backend ON = Backends.reference();

    @Test
    void shrinksLikeTheBenchmark() throws IOException, DataFormatException {
        Path zip = find("sr/set5.zip");
        assumeTrue(zip != null, "no data: set JAVELIN_DATA to the folder that holds sr/set5.zip");
        if (zip == null) {
            return; // not reached
        }
        var pictures = new TreeMap<String, Picture>();
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                if (e.getName().endsWith(".png")) {
                    pictures.put(e.getName(), Picture.read(in.readAllBytes()));
                }
            }
        }
        for (var pair : pictures.entrySet()) {
            if (!pair.getKey().endsWith("_LR.png")) {
                continue;
            }
            Picture small = pair.getValue();
            Picture large = pictures.get(pair.getKey().replace("_LR", "_HR"));

            double[] rows = resized(large.rgb, large.width, large.width, small.height);
            double[] shrunk = resized(rows, large.width, small.width, small.height);

            assertThat(shrunk).as(pair.getKey()).isEqualTo(small.rgb);
        }
    }

    /// Pixels at another size, rounded; one of both sizes stays.
    private static double[] resized(double[] x, int from, int width, int height) {
        int rows = x.length / 3 / from;
        View in = View.of(ON.upload(x), Shape.of(1, rows, from, 3));
        View out =
                View.of(ON.upload(new double[height * width * 3]), Shape.of(1, height, width, 3));
        ON.run(new Resize2d(new Interpolation.Bicubic(-0.5, true)), List.of(in), out);
        double[] y = ON.downloadDoubles(out);
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.clamp(Math.floor(y[i] + 0.5), 0, 255);
        }
        return y;
    }

    /// What the benchmark's PNG files hold: rows of three bytes, not interlaced.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Picture(int width, int height, double[] rgb) {
        static Picture read(byte[] png) throws DataFormatException {
            ByteBuffer in = ByteBuffer.wrap(png).position(8);
            var data = new ByteArrayOutputStream();
            int width = 0;
            int height = 0;
            while (in.hasRemaining()) {
                int length = in.getInt();
                int type = in.getInt();
                if (type == 0x49484452) { // IHDR
                    width = in.getInt(in.position());
                    height = in.getInt(in.position() + 4);
                    assertThat(in.getInt(in.position() + 8)).as("8 bit RGB").isEqualTo(0x08020000);
                } else if (type == 0x49444154) { // IDAT
                    data.write(png, in.position(), length);
                }
                in.position(in.position() + length + 4);
            }
            byte[] lines = new byte[height * (3 * width + 1)];
            var inflater = new Inflater();
            inflater.setInput(data.toByteArray());
            assertThat(inflater.inflate(lines)).isEqualTo(lines.length);
            inflater.end();
            return new Picture(width, height, unfiltered(lines, 3 * width, height));
        }

        private static double[] unfiltered(byte[] lines, int row, int height) {
            int[] x = new int[row * height];
            for (int i = 0; i < x.length; i++) {
                int r = i / row;
                int left = i % row < 3 ? 0 : x[i - 3];
                int up = r == 0 ? 0 : x[i - row];
                int corner = r == 0 || i % row < 3 ? 0 : x[i - row - 3];
                int guess =
                        switch (lines[r * (row + 1)]) {
                            case 0 -> 0;
                            case 1 -> left;
                            case 2 -> up;
                            case 3 -> (left + up) / 2;
                            default -> nearest(left, up, corner);
                        };
                x[i] = guess + lines[r * (row + 1) + 1 + i % row] & 255;
            }
            return Arrays.stream(x).asDoubleStream().toArray();
        }

        private static int nearest(int left, int up, int corner) {
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
        }
    }

    /// A file of the data folder: where `JAVELIN_DATA` says, else `shared/data` beside the project.
    private static @Nullable Path find(String name) {
        String told = System.getProperty("javelin.data", System.getenv("JAVELIN_DATA"));
        if (told != null) {
            Path file = Path.of(told, name);
            return Files.exists(file) ? file : null;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }
}
