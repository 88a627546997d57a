package javelin.nn.data;

import javelin.kernels.DType;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/// Batches of examples that are held in memory.
final class TensorFeed implements Feed {
    private final Rows inputs;
    private final Rows targets;
    private final int size;
    private final int batch;
    private final @Nullable Rng order;
    private final String description;

    TensorFeed(Batch all, int batch, @Nullable Rng order) {
        if (batch < 1) {
            throw new IllegalArgumentException("feed: batch size must be at least 1, got " + batch);
        }
        this.inputs = new Rows(all.inputs());
        this.targets = new Rows(all.targets());
        this.size = all.size();
        this.batch = batch;
        this.order = order;
        this.description =
                "%s -> %s (%08x), batch %d, %s"
                        .formatted(
                                all.inputs().shape(),
                                all.targets().shape(),
                                31 * inputs.checksum() + targets.checksum(),
                                batch,
                                order == null ? "in order" : "shuffled by " + order.state());
    }

    @Override
    public int batches() {
        return Math.ceilDiv(size, batch);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Iterator<Batch> epoch(int epoch, int from) {
        int[] rows = order(epoch);
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
                int[] picked = Arrays.copyOfRange(rows, start, Math.min(size, start + batch));
                next++;
                return new Batch(inputs.pick(picked), targets.pick(picked));
            }
        };
    }

    private int[] order(int epoch) {
        if (order != null) {
            return order.split(epoch).permutation(size);
        }
        int[] rows = new int[size];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /// A tensor on the host, to pick rows of its first axis from.
    private static final class Rows {
        private final int[] shape;
        private final int length;
        private final float[] floats;
        private final int[] ints;

        Rows(Tensor all) {
            boolean labels = all.type() == DType.I32;
            shape = all.shape().dims();
            length = all.shape().product(1, shape.length);
            floats = labels ? new float[0] : all.floats();
            ints = labels ? all.ints() : new int[0];
        }

        Tensor pick(int... rows) {
            int[] picked = shape.clone();
            picked[0] = rows.length;
            if (ints.length > 0) {
                int[] values = new int[rows.length * length];
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(ints, rows[i] * length, values, i * length, length);
                }
                return Tensor.of(values, picked);
            }
            float[] values = new float[rows.length * length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(floats, rows[i] * length, values, i * length, length);
            }
            return Tensor.of(values, picked);
        }

        int checksum() {
            var crc = new CRC32C();
            for (float x : floats) {
                update(crc, Float.floatToRawIntBits(x));
            }
            for (int x : ints) {
                update(crc, x);
            }
            return (int) crc.getValue();
        }

        private static void update(CRC32C crc, int bits) {
            crc.update(bits);
            crc.update(bits >>> 8);
            crc.update(bits >>> 16);
            crc.update(bits >>> 24);
        }
    }
}
