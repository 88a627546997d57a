package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.data.augment.Augment;
import javelin.nn.data.augment.Border;
import javelin.nn.data.augment.HorizontalFlip;
import javelin.nn.data.augment.RandomCrop;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

class LoaderTest {
    private static final Augment AUGMENT =
            new RandomCrop(2, Border.REFLECT).then(new HorizontalFlip(0.5));

    private final ByteImages data = DrawnDigits.draw(23, 1);

    @Test
    void everySampleOncePerEpoch() {
        try (var loader = new Loader(new Numbered(data), Loader.Config.training(5, 1))) {
            assertThat(loader.batches()).isEqualTo(5);
            int[] first = labels(loader.epoch(1));
            int[] second = labels(loader.epoch(2));
            assertThat(first).isNotEqualTo(second);
            Arrays.sort(first);
            for (int i = 0; i < 23; i++) {
                assertThat(first[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void descriptionTellsOtherPicturesApart() {
        var config = Loader.Config.training(5, 1);
        try (var loader = new Loader(data, config);
                var same = new Loader(DrawnDigits.draw(23, 1), config.withThreads(2));
                var others = new Loader(DrawnDigits.draw(23, 2), config);
                var labelled = new Loader(new Numbered(data), config)) {
            assertThat(same.description()).isEqualTo(loader.description());
            assertThat(others.description()).isNotEqualTo(loader.description());
            assertThat(labelled.description()).isNotEqualTo(loader.description());
        }
    }

    @Test
    void batchHoldsItsSamples() {
        try (var loader = new Loader(data, Loader.Config.evaluation(10))) {
            Batch b = loader.epoch(1).iterator().next();
            assertThat(b.inputs().shape().dims()).containsExactly(10, 28, 28, 1);
            float[] expected = new float[784];
            data.sample(3, expected, 0);
            assertThat(Arrays.copyOfRange(b.inputs().floats(), 3 * 784, 4 * 784))
                    .isEqualTo(expected);
            assertThat(b.targets().ints()[3]).isEqualTo(data.label(3));
        }
    }

    @Test
    void lastBatchIsSmallerOrLeftOut() {
        try (var loader = new Loader(data, Loader.Config.evaluation(10))) {
            List<Integer> sizes = new ArrayList<>();
            loader.epoch(1).forEach(b -> sizes.add(b.size()));
            assertThat(sizes).containsExactly(10, 10, 3);
        }
        var config = Loader.Config.evaluation(10).withDropLast(true);
        try (var loader = new Loader(data, config)) {
            assertThat(labels(loader.epoch(1))).hasSize(20);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var config = Loader.Config.training(4, 9).withAugment(AUGMENT);
        try (var one = new Loader(data, config);
                var three = new Loader(data, config.withThreads(3))) {
            assertThat(values(three.epoch(2, 0))).isEqualTo(values(one.epoch(2, 0)));
        }
    }

    @Test
    void resumesToTheSameBits() {
        var config = Loader.Config.training(4, 9).withAugment(AUGMENT);
        Loader.Position saved;
        List<Integer> rest;
        try (var loader = new Loader(data, config)) {
            Iterator<Batch> batches = loader.epoch(3, 0);
            batches.next();
            batches.next();
            saved = loader.position();
            rest = values(batches);
            assertThat(loader.position()).isEqualTo(new Loader.Position(3, 6));
        }
        assertThat(saved).isEqualTo(new Loader.Position(3, 2));
        try (var loader = new Loader(data, config)) {
            assertThat(values(loader.resume(saved))).isEqualTo(rest);
        }
    }

    @Test
    void failureSurfacesWithItsCause() {
        var cause = new UnsupportedOperationException("no");
        Augment broken =
                (_, _) -> {
                    throw cause;
                };
        var config = Loader.Config.training(4, 1).withAugment(broken);
        try (var loader = new Loader(data, config)) {
            Iterator<Batch> batches = loader.epoch(1, 0);
            assertThatThrownBy(batches::next)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("loader: batch 0 of epoch 1 failed (no)")
                    .hasCause(cause);
        }
    }

    @Test
    void closeEndsTheThreads() throws Exception {
        var loader = new Loader(data, Loader.Config.training(1, 1));
        loader.epoch(1).iterator().next();
        Iterator<Batch> batches = loader.epoch(1, 0);
        loader.close();
        assertThatThrownBy(batches::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        for (int i = 0; i < 100 && threads() > 0; i++) {
            Thread.sleep(20);
        }
        assertThat(threads()).isZero();
    }

    @Test
    void anotherEpochEndsTheFirst() {
        try (var loader = new Loader(data, Loader.Config.training(4, 1))) {
            Iterator<Batch> old = loader.epoch(1, 0);
            old.next();
            Iterator<Batch> fresh = loader.epoch(2, 0);
            assertThatThrownBy(old::next).isInstanceOf(IllegalStateException.class);
            assertThat(fresh.next().size()).isEqualTo(4);
        }
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> Loader.Config.training(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("loader: batch 0");
        try (var loader = new Loader(data, Loader.Config.training(4, 1))) {
            assertThatThrownBy(() -> loader.epoch(1, 7))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("javelin-loader") && t.isAlive())
                .count();
    }

    private static int[] labels(Iterable<Batch> epoch) {
        List<Integer> all = new ArrayList<>();
        for (Batch b : epoch) {
            for (int i : b.targets().ints()) {
                all.add(i);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Per batch a hash of all bits.
    private static List<Integer> values(Iterator<Batch> batches) {
        List<Integer> all = new ArrayList<>();
        batches.forEachRemaining(b -> all.add(Arrays.hashCode(b.inputs().floats())));
        return all;
    }

    /// Pictures whose label is their place in the set.
    private record Numbered(ByteImages images) implements Dataset {
        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int height() {
            return images.height();
        }

        @Override
        public int width() {
            return images.width();
        }

        @Override
        public int channels() {
            return images.channels();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public int label(int i) {
            return i;
        }

        @Override
        public void sample(int i, float[] into, int offset) {
            images.sample(i, into, offset);
        }
    }
}
