package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network that was trained elsewhere, recognised by the names and shapes of its tensors.
///
/// | published by | as |
/// |---|---|
/// | akamaster/pytorch_resnet_cifar10 | [CifarResNet] for CIFAR-10, 32×32 |
/// | tracel-ai/burn, example `import-model-weights` | [PlainCnn] for MNIST, 28×28 |
///
/// @param config architecture
/// @param network weights, in inference mode
/// @param height rows of the images
/// @param width columns of the images
/// @param mean what it wants subtracted from pixels from 0 to 1, per channel
/// @param std what it wants them divided by then, per channel
/// @param set name of the data that it was trained on
public record PublishedModel(
        NetworkConfig config,
        Module network,
        int height,
        int width,
        List<Double> mean,
        List<Double> std,
        String set) {
    /// Copies the lists.
    public PublishedModel {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /// The network that these tensors are of, on the current backend; null if it is none that is
    /// known here.
    public static @Nullable PublishedModel of(Map<String, Tensor> published) {
        var tensors = new LinkedHashMap<String, Tensor>();
        published.forEach((name, t) -> {
            if (!name.endsWith(".num_batches_tracked")) {
                tensors.put(name, t);
            }
        });
        PublishedModel found = null;
        if (tensors.containsKey("layer3.0.bn2.weight") && tensors.containsKey("linear.weight")) {
            found = cifar(tensors);
        } else if (tensors.containsKey("conv1.weight") && tensors.containsKey("norm2.weight")) {
            found = digits(tensors);
        }
        return found;
    }

    private static @Nullable PublishedModel cifar(Map<String, Tensor> tensors) {
        long blocks = tensors.keySet().stream().filter(n -> n.endsWith(".bn2.weight")).count();
        if (blocks % 3 != 0) {
            return null;
        }
        Map<String, Tensor> state = PublishedNames.resNet(tensors);
        return loaded(
                CifarResNet.Config.of((int) (2 * blocks + 2), 3, 10),
                state,
                32,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225),
                "cifar10");
    }

    private static @Nullable PublishedModel digits(Map<String, Tensor> tensors) {
        var state = new LinkedHashMap<String, Tensor>();
        List<Integer> layers = new ArrayList<>();
        for (Tensor w = tensors.get("conv1.weight");
                w != null;
                w = tensors.get("conv%d.weight".formatted(layers.size() + 1))) {
            layers.add(w.dim(0));
        }
        tensors.forEach((name, t) ->
                state.put(
                        name,
                        GradMode.off(() ->
                                switch (t.shape().rank()) {
                                    case 4 -> t.permute(2, 3, 1, 0);
                                    case 2 ->
                                            name.equals("fc1.weight")
                                                    ? unflattened(t, layers)
                                                    : t.t();
                                    default -> t;
                                })));
        Tensor hidden = tensors.get("fc1.weight");
        if (hidden == null) {
            return null;
        }
        return loaded(
                new PlainCnn.Config(28, 28, 1, layers, hidden.dim(0), 10),
                state,
                28,
                List.of(0.1307),
                List.of(0.3081),
                "mnist");
    }

    /// Rows of a linear layer behind an image that was flattened channel by channel, `[out,
    /// c·h·w]`, in the order of one that is flattened pixel by pixel, `[h·w·c, out]`.
    private static Tensor unflattened(Tensor weight, List<Integer> layers) {
        int side = 28 - 2 * layers.size();
        int channels = layers.getLast();
        if (weight.dim(1) != channels * side * side) {
            return weight.t();
        }
        return weight.reshape(weight.dim(0), channels, side, side)
                .permute(2, 3, 1, 0)
                .reshape(-1, weight.dim(0));
    }

    /// Null if the tensors are not those of the architecture.
    private static @Nullable PublishedModel loaded(
            NetworkConfig config,
            Map<String, Tensor> state,
            int side,
            List<Double> mean,
            List<Double> std,
            String set) {
        Module network = config.build(Rng.seed(0));
        var shapes = new LinkedHashMap<String, Shape>();
        state.forEach((name, t) -> shapes.put(name, t.shape()));
        var own = new LinkedHashMap<String, Shape>();
        network.state().forEach((name, t) -> own.put(name, t.shape()));
        if (!own.equals(shapes)) {
            return null;
        }
        network.load(state);
        network.training(false);
        return new PublishedModel(config, network, side, side, mean, std, set);
    }
}
