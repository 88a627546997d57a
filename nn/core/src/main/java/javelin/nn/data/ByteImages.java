package javelin.nn.data;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Images in memory, one byte per value: what all readers return.
///
/// Each image is an array of its own, so there may be more than 2 GB of them, and a selection
/// shares its images with what it was selected from.
public final class ByteImages implements Dataset {
    private final int height;
    private final int width;
    private final int channels;
    private final byte[][] pixels;
    private final int @Nullable [] labels;
    private final List<String> classes;
    private final @Nullable List<String> names;

    /// @param pixels per image `[h, w, c]`, row-major, 0 to 255; not copied
    /// @param labels class of each image, or null; not copied
    /// @param classes names of the classes
    /// @param names what each image is called, or null
    /// @throws IllegalArgumentException if lengths do not fit, or a label has no class
    public ByteImages(
            int height,
            int width,
            int channels,
            byte[][] pixels,
            int @Nullable [] labels,
            List<String> classes,
            @Nullable List<String> names) {
        long length = (long) height * width * channels;
        if (height < 1 || width < 1 || channels < 1 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "images: size [%d, %d, %d] is out of range".formatted(height, width, channels));
        }
        for (byte[] p : pixels) {
            if (p.length != length) {
                throw new IllegalArgumentException(
                        "images: an image has %d values, but size [%d, %d, %d] needs %d"
                                .formatted(p.length, height, width, channels, length));
            }
        }
        if (labels != null) {
            if (labels.length != pixels.length) {
                throw new IllegalArgumentException(
                        "images: %d labels for %d images".formatted(labels.length, pixels.length));
            }
            for (int label : labels) {
                if (label < 0 || label >= classes.size()) {
                    throw new IllegalArgumentException(
                            "images: label %d among %d classes".formatted(label, classes.size()));
                }
            }
        }
        if (names != null && names.size() != pixels.length) {
            throw new IllegalArgumentException(
                    "images: %d names for %d images".formatted(names.size(), pixels.length));
        }
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.pixels = pixels;
        this.labels = labels;
        this.classes = labels == null ? List.of() : List.copyOf(classes);
        this.names = names == null ? null : List.copyOf(names);
    }

    @Override
    public int size() {
        return pixels.length;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int i) {
        Objects.checkIndex(i, size());
        return labels == null ? -1 : labels[i];
    }

    @Override
    public String name(int i) {
        return names == null ? Dataset.super.name(i) : names.get(i);
    }

    @Override
    public void sample(int i, float[] into, int offset) {
        byte[] p = pixels[i];
        for (int k = 0; k < p.length; k++) {
            into[offset + k] = (p[k] & 0xff) / 255f;
        }
    }

    @Override
    public Picture picture(int i) {
        return new Picture(height, width, channels, pixels[i].clone());
    }

    /// The images at these places, in this order.
    public ByteImages select(int... places) {
        return new ByteImages(
                height,
                width,
                channels,
                Arrays.stream(places).mapToObj(i -> pixels[i]).toArray(byte[][]::new),
                labels == null ? null : Arrays.stream(places).map(i -> labels[i]).toArray(),
                classes,
                names == null ? null : Arrays.stream(places).mapToObj(names::get).toList());
    }

    /// Images `from` (inclusive) to `to` (exclusive).
    public ByteImages range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return select(IntStream.range(from, to).toArray());
    }

    /// Every image scaled to another size.
    public ByteImages resized(int h, int w, Filter filter) {
        if (h == height && w == width) {
            return this;
        }
        byte[][] scaled = new byte[size()][];
        for (int i = 0; i < scaled.length; i++) {
            var picture = new Picture(height, width, channels, pixels[i]);
            scaled[i] = Images.resize(picture, h, w, filter).pixels();
        }
        return new ByteImages(h, w, channels, scaled, labels, classes, names);
    }

    @Override
    public String toString() {
        return "%d images [%d, %d, %d], %d classes"
                .formatted(size(), height, width, channels, classes.size());
    }
}
