package javelin.bench.network;

import javelin.bench.Problem;
import javelin.bench.Work;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Graph;
import javelin.tensor.Rng;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network of the zoo on a batch of images.
///
/// @param network name, which is that of the zoo without its dashes
/// @param size rows and columns of the images
/// @param channels channels of the images
/// @param classes number of classes
/// @param batch number of images
public record NetworkProblem(String network, int size, int channels, int classes, int batch)
        implements Problem {
    /// All networks at batch 1, by name.
    public static Map<String, NetworkProblem> all() {
        var all = new LinkedHashMap<String, NetworkProblem>();
        for (String n : List.of("resnet18", "resnet50", "vgg16", "mobilenetv2", "resnet20")) {
            NetworkProblem p = named(n + "@1");
            all.put(p.name(), p);
        }
        return all;
    }

    /// The network and batch of that name, for instance `resnet50@1`.
    ///
    /// @throws IllegalArgumentException if there is none
    public static NetworkProblem named(String name) {
        String network = name.replaceAll("@.*", "");
        String batch = name.substring(name.indexOf('@') + 1);
        if (!name.contains("@") || !batch.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(
                    "network: '%s' is not of the form resnet50@1".formatted(name));
        }
        int n = Integer.parseInt(batch);
        return switch (network) {
            case "resnet18", "resnet50", "vgg16", "mobilenetv2" ->
                    new NetworkProblem(network, 224, 3, 1000, n);
            case "resnet8", "resnet20" -> new NetworkProblem(network, 32, 3, 10, n);
            default ->
                    throw new IllegalArgumentException(
                            "network: '%s' is not known; choose one of resnet18, resnet50, vgg16,"
                                            .formatted(network)
                                    + " mobilenetv2, resnet20, resnet8");
        };
    }

    @Override
    public String name() {
        return network + "@" + batch;
    }

    @Override
    public String group() {
        return network;
    }

    @Override
    public String description() {
        return "%s %dx%dx%d".formatted(name(), size, size, channels);
    }

    @Override
    public Work work() {
        Graph graph = Backends.with(Backends.dry(), () -> build().trace(input()));
        return new Work(2.0 * graph.macs(), 4.0 * graph.parameters() + 4.0 * input().size());
    }

    /// Shape of the batch.
    public Shape input() {
        return Shape.of(batch, size, size, channels);
    }

    /// New network with random weights of a fixed seed, on the current backend.
    public Module build() {
        String zoo = network.equals("mobilenetv2") ? "mobilenet-v2" : network;
        return Zoo.named(zoo, new Zoo.Input(size, size, channels, classes)).build(Rng.seed(1));
    }
}
