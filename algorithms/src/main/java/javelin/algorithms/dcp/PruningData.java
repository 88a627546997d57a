package javelin.algorithms.dcp;

import javelin.nn.Module;
import javelin.nn.data.ByteImages;
import javelin.nn.data.Dataset;
import javelin.nn.data.Feed;
import javelin.nn.data.Loader;
import javelin.nn.data.augment.Augment;
import javelin.nn.data.augment.Border;
import javelin.nn.data.augment.HorizontalFlip;
import javelin.nn.data.augment.Normalize;
import javelin.nn.data.augment.RandomCrop;
import javelin.nn.train.Evaluator;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/// Images to prune with.
///
/// @param train what is learnt from
/// @param held what is judged on
/// @param pixels how the network wants pixels
public record PruningData(ByteImages train, ByteImages held, Normalize pixels) {
    /// Training batches: shuffled, shifted, and mirrored if they are photographs. Must be closed.
    public Loader training(int batch, long seed) {
        boolean photographs = train.channels() == 3;
        int shift = Math.max(1, Math.min(train.height(), train.width()) / (photographs ? 8 : 14));
        Augment crop = new RandomCrop(shift, Border.ZERO); // 4 pixels of 32, as in the paper
        Augment change = photographs ? crop.then(new HorizontalFlip(0.5)) : crop;
        return new Loader(
                train, Loader.Config.training(batch, seed).withAugment(pixels.then(change)));
    }

    /// Data for a selection: the first images of each class in turn, unchanged, as they stand in
    /// the training set.
    ///
    /// @param count how many images
    /// @param batch images per batch
    public Dcp.Data selection(int count, int batch, Feed training) {
        int[] chosen = balanced(Math.min(count, train.size()) / batch * batch);
        ByteImages images = train.select(chosen);
        int size = images.sampleLength();
        float[] values = new float[chosen.length * size];
        int[] labels = new int[chosen.length];
        float[] one = new float[size];
        for (int i = 0; i < labels.length; i++) {
            images.sample(i, one, 0);
            pixels.apply(one);
            System.arraycopy(one, 0, values, i * size, size);
            labels[i] = images.label(i);
        }
        return new Dcp.Data(
                training,
                Tensor.of(
                        values, labels.length, images.height(), images.width(), images.channels()),
                Tensor.of(labels, labels.length),
                batch,
                train.classes().size());
    }

    /// Places of images, the classes in turn as long as each has any left.
    private int[] balanced(int count) {
        List<List<Integer>> byClass = new ArrayList<>();
        train.classes().forEach(_ -> byClass.add(new ArrayList<>()));
        for (int i = 0; i < train.size(); i++) {
            byClass.get(train.label(i)).add(i);
        }
        int[] chosen = new int[count];
        int n = 0;
        for (int round = 0; n < count; round++) {
            for (List<Integer> images : byClass) {
                if (round < images.size() && n < count) {
                    chosen[n++] = images.get(round);
                }
            }
        }
        return chosen;
    }

    /// Part of the held images that a network tells right, and its mean cross entropy there.
    public Evaluator.Report judge(Module network) {
        return judge(network, held);
    }

    /// The same on other images.
    public Evaluator.Report judge(Module network, Dataset images) {
        try (var batches = new Loader(images, Loader.Config.evaluation(100).withAugment(pixels))) {
            return Evaluator.classification("held", batches).report(network);
        }
    }
}
