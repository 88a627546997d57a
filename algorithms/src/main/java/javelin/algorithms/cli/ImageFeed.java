package javelin.algorithms.cli;

import javelin.nn.data.Dataset;
import javelin.nn.train.Batch;
import javelin.nn.train.Feed;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Batches of normalised images, shifted and mirrored if wanted. What is done to an image depends
/// on the seed, the epoch and its place in the epoch only.
final class ImageFeed implements Feed {
    private final Dataset data;
    private final Pixels pixels;
    private final int batch;
    private final @Nullable Rng random;
    private final Augment augment;

    /// How training images are changed.
    ///
    /// @param shift most pixels that an image is moved in each direction
    /// @param mirror whether every other image is mirrored
    record Augment(int shift, boolean mirror) {
        static final Augment NONE = new Augment(0, false);
    }

    private ImageFeed(
            Dataset data, Pixels pixels, int batch, @Nullable Rng random, Augment augment) {
        this.data = data;
        this.pixels = pixels;
        this.batch = batch;
        this.random = random;
        this.augment = augment;
    }

    /// All images in order, as they are.
    static ImageFeed inOrder(Dataset data, Pixels pixels, int batch) {
        return new ImageFeed(data, pixels, batch, null, Augment.NONE);
    }

    /// Each epoch in another order.
    static ImageFeed shuffled(Dataset data, Pixels pixels, int batch, Rng random, Augment augment) {
        return new ImageFeed(data, pixels, batch, random, augment);
    }

    @Override
    public int batches() {
        return Math.ceilDiv(data.size(), batch);
    }

    @Override
    public String description() {
        return "%d images of %d x %d x %d (%s), batch %d, %s, %s"
                .formatted(
                        data.size(),
                        data.height(),
                        data.width(),
                        data.channels(),
                        Sets.hash(data).substring(0, 12),
                        batch,
                        random == null ? "in order" : "shuffled by " + random.state(),
                        augment);
    }

    @Override
    public Iterator<Batch> epoch(int epoch, int from) {
        Rng own = random == null ? null : random.split(epoch);
        int[] order = order(own);
        return new Iterator<>() {
            private int next = from;

            @Override
            public boolean hasNext() {
                return next < batches();
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("feed: the epoch has no batch " + next);
                }
                int start = next * batch;
                next++;
                return load(order, start, Math.min(order.length, start + batch), own);
            }
        };
    }

    private int[] order(@Nullable Rng own) {
        if (own != null) {
            return own.split(0).permutation(data.size());
        }
        int[] order = new int[data.size()];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private Batch load(int[] order, int start, int end, @Nullable Rng own) {
        int length = data.sampleLength();
        float[] values = new float[(end - start) * length];
        float[] sample = new float[length];
        int[] labels = new int[end - start];
        for (int i = start; i < end; i++) {
            data.sample(order[i], sample, 0);
            pixels.normalise(sample);
            labels[i - start] = data.label(order[i]);
            int to = (i - start) * length;
            if (own == null || augment.equals(Augment.NONE)) {
                System.arraycopy(sample, 0, values, to, length);
            } else {
                move(sample, values, to, own.split(1 + i)); // 0 is the order's
            }
        }
        return new Batch(
                Tensor.of(values, end - start, data.height(), data.width(), data.channels()),
                Tensor.of(labels, end - start));
    }

    /// What is moved in from outside has the mean colour, 0 after normalisation.
    private void move(float[] from, float[] into, int offset, Rng random) {
        int h = data.height();
        int w = data.width();
        int c = data.channels();
        int down = random.nextInt(2 * augment.shift + 1) - augment.shift;
        int right = random.nextInt(2 * augment.shift + 1) - augment.shift;
        boolean mirror = augment.mirror && random.nextInt(2) == 1;
        for (int y = Math.max(0, down); y < Math.min(h, h + down); y++) {
            for (int x = Math.max(0, right); x < Math.min(w, w + right); x++) {
                int source = mirror ? w - 1 - (x - right) : x - right;
                System.arraycopy(
                        from, ((y - down) * w + source) * c, into, offset + (y * w + x) * c, c);
            }
        }
    }
}
