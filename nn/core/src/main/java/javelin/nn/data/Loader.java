package javelin.nn.data;

import javelin.nn.data.augment.Augment;
import javelin.nn.data.augment.FloatImage;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/// Batches of a set, prepared in the background while the network works.
///
/// Order and random changes depend on the seed, the epoch and the place of a sample in the set
/// only: not on the number of threads, nor on what was loaded before. So a run that continues at a
/// saved [#position] sees the same bits.
///
/// ```java
/// try (var loader = new Loader(data, Loader.Config.training(128, seed))) {
///     for (int epoch = 1; epoch <= epochs; epoch++) {
///         for (Batch batch : loader.epoch(epoch)) { … }
///     }
/// }
/// ```
///
/// A loader belongs to one thread; tensors are made on its current backend. The background threads
/// are daemons and end with [#close].
public final class Loader implements Feed, AutoCloseable {
    private final Dataset data;
    private final Config config;
    private final ThreadPoolExecutor workers;
    private final ArrayDeque<Future<Prepared>> pending = new ArrayDeque<>();
    private Position position = new Position(1, 0);
    private @Nullable String description;

    /// How a set is loaded.
    ///
    /// @param batch samples per batch
    /// @param seed of order and changes
    /// @param shuffle whether each epoch has an order of its own, else that of the set
    /// @param dropLast whether a last batch with fewer samples is left out
    /// @param augment changes of each sample
    /// @param threads background threads
    /// @param ahead batches that are prepared ahead
    public record Config(
            int batch,
            long seed,
            boolean shuffle,
            boolean dropLast,
            Augment augment,
            int threads,
            int ahead) {
        /// Checks the numbers.
        public Config {
            if (batch < 1 || threads < 1 || ahead < 1) {
                throw new IllegalArgumentException(
                        "loader: batch %d, threads %d and ahead %d must be positive"
                                .formatted(batch, threads, ahead));
            }
        }

        /// Shuffled; one thread, three batches ahead.
        public static Config training(int batch, long seed) {
            return new Config(batch, seed, true, false, Augment.none(), 1, 3);
        }

        /// In order; one thread, three batches ahead.
        public static Config evaluation(int batch) {
            return new Config(batch, 0, false, false, Augment.none(), 1, 3);
        }

        /// This with changes of the samples.
        public Config withAugment(Augment augment) {
            return new Config(batch, seed, shuffle, dropLast, augment, threads, ahead);
        }

        /// This with or without a last smaller batch.
        public Config withDropLast(boolean dropLast) {
            return new Config(batch, seed, shuffle, dropLast, augment, threads, ahead);
        }

        /// This with another number of background threads.
        public Config withThreads(int threads) {
            return new Config(batch, seed, shuffle, dropLast, augment, threads, ahead);
        }
    }

    /// Where a loader stands.
    ///
    /// @param epoch number of the epoch
    /// @param batch number of the next batch in it, from 0
    public record Position(int epoch, int batch) {}

    /// A batch on the host.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Prepared(float[] values, int[] shape, int... labels) {}

    /// A loader of a set.
    public Loader(Dataset data, Config config) {
        this.data = data;
        this.config = config;
        this.workers =
                new ThreadPoolExecutor(
                        config.threads(),
                        config.threads(),
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            var thread = new Thread(work, "javelin-loader");
                            thread.setDaemon(true);
                            return thread;
                        });
        workers.allowCoreThreadTimeOut(true); // an abandoned loader holds no threads
    }

    @Override
    public int batches() {
        return config.dropLast()
                ? data.size() / config.batch()
                : Math.ceilDiv(data.size(), config.batch());
    }

    /// Where the next batch is. At the end of an epoch, its batch is [#batches].
    public Position position() {
        return position;
    }

    /// The batches from a saved position to the end of its epoch.
    public Iterator<Batch> resume(Position saved) {
        return epoch(saved.epoch(), saved.batch());
    }

    /// Batches of an epoch from batch `from` on. What was handed out before ends.
    ///
    /// The iterator throws [IllegalStateException] with the original cause if a batch cannot be
    /// made.
    @Override
    public Iterator<Batch> epoch(int epoch, int from) {
        if (from < 0 || from > batches()) {
            throw new IllegalArgumentException(
                    "loader: no batch %d in an epoch of %d".formatted(from, batches()));
        }
        drop();
        position = new Position(epoch, from);
        Rng root = Rng.seed(config.seed()).split(epoch);
        int[] order = order(root.split(0));
        return new Epoch(epoch, from, order, root.split(1));
    }

    /// Reads the whole set the first time, for its checksum.
    @Override
    public String description() {
        if (description == null) {
            description =
                    "%d images [%d, %d, %d] (%08x), batch %d, %s%s, %s"
                            .formatted(
                                    data.size(),
                                    data.height(),
                                    data.width(),
                                    data.channels(),
                                    checksum(),
                                    config.batch(),
                                    config.shuffle() ? "shuffled by " + config.seed() : "in order",
                                    config.dropLast() ? ", no smaller last batch" : "",
                                    config.augment());
        }
        return description;
    }

    private int checksum() {
        var crc = new CRC32C();
        for (int i = 0; i < data.size(); i++) {
            crc.update(data.picture(i).pixels());
            crc.update(data.label(i));
            crc.update(data.label(i) >> 8);
        }
        return (int) crc.getValue();
    }

    private int[] order(Rng random) {
        if (config.shuffle()) {
            return random.permutation(data.size());
        }
        int[] order = new int[data.size()];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private Prepared prepare(int[] indices, Rng random) {
        int[] labels = new int[indices.length];
        float[] values = new float[0];
        int[] shape = {indices.length, 0, 0, 0};
        for (int i = 0; i < indices.length; i++) {
            float[] sample = new float[data.sampleLength()];
            data.sample(indices[i], sample, 0);
            labels[i] = data.label(indices[i]);
            FloatImage image =
                    config.augment()
                            .apply(
                                    new FloatImage(
                                            sample, data.height(), data.width(), data.channels()),
                                    random.split(indices[i]));
            int[] own = {indices.length, image.height(), image.width(), image.channels()};
            if (i == 0) {
                shape = own;
                values = new float[Math.multiplyExact(indices.length, image.values().length)];
            } else if (!Arrays.equals(own, shape)) {
                throw new IllegalArgumentException(
                        "augmentation made images of different sizes, %s and %s"
                                .formatted(Arrays.toString(shape), Arrays.toString(own)));
            }
            System.arraycopy(
                    image.values(), 0, values, i * image.values().length, image.values().length);
        }
        return new Prepared(values, shape, labels);
    }

    private void drop() {
        pending.forEach(f -> f.cancel(true));
        pending.clear();
    }

    /// Ends the background threads; batches handed out stay valid.
    @Override
    public void close() {
        drop();
        workers.shutdownNow();
    }

    private final class Epoch implements Iterator<Batch> {
        private final int epoch;
        private final int[] order;
        private final Rng random;
        private int next;
        private int asked;

        Epoch(int epoch, int from, int[] order, Rng random) {
            this.epoch = epoch;
            this.order = order;
            this.random = random;
            this.next = from;
            this.asked = from;
        }

        @Override
        public boolean hasNext() {
            return next < batches();
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("loader: the epoch has no batch " + next);
            }
            if (!position.equals(new Position(epoch, next))) {
                throw new IllegalStateException(
                        "loader: this epoch ended when another was started, or the loader was"
                                + " closed");
            }
            try {
                for (; asked < batches() && pending.size() < config.ahead(); asked++) {
                    int start = asked * config.batch();
                    int end = Math.min(order.length, start + config.batch());
                    int[] indices = Arrays.copyOfRange(order, start, end);
                    pending.add(workers.submit(() -> prepare(indices, random)));
                }
            } catch (RejectedExecutionException e) {
                throw new IllegalStateException("loader: it is closed", e);
            }
            Prepared p = await(pending.remove());
            next++;
            position = new Position(epoch, next);
            return new Batch(
                    Tensor.of(p.values(), p.shape()), Tensor.of(p.labels(), p.labels().length));
        }

        private Prepared await(Future<Prepared> future) {
            try {
                return future.get();
            } catch (ExecutionException e) {
                drop();
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                throw new IllegalStateException(
                        "loader: batch %d of epoch %d failed (%s)"
                                .formatted(next, epoch, cause.getMessage()),
                        cause);
            } catch (InterruptedException e) {
                drop();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "loader: interrupted while waiting for batch %d of epoch %d"
                                .formatted(next, epoch),
                        e);
            }
        }
    }
}
