package javelin.bench.conv;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.nn.Module;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Node;
import javelin.tensor.Rng;
import javelin.tensor.ops.Conv2d;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The convolutions of known networks, read off the networks themselves, and some awkward ones.
public final class ConvLayers {
    /// A network, as it is called here and in the zoo, with the size of its square images.
    private record Source(String name, String zoo, int size, int classes) {}

    private static final List<Source> SOURCES =
            List.of(
                    new Source("resnet50", "resnet50", 224, 1000),
                    new Source("vgg16", "vgg16", 224, 1000),
                    new Source("mobilenetv2", "mobilenet-v2", 224, 1000),
                    new Source("resnet20", "resnet20", 32, 10));

    private static final Map<String, List<ConvLayer>> SETS = sets();

    private ConvLayers() {}

    /// Layers of different sizes by set: `resnet50`, `vgg16`, `mobilenetv2`, `resnet20`, `tails`,
    /// each named after the first layer of that size.
    public static Map<String, List<ConvLayer>> all() {
        return SETS;
    }

    private static Map<String, List<ConvLayer>> sets() {
        var sets = new LinkedHashMap<String, List<ConvLayer>>();
        for (Source s : SOURCES) {
            sets.put(s.name, Backends.with(Backends.dry(), () -> layers(s)));
        }
        sets.put("tails", tails());
        return sets;
    }

    private static List<ConvLayer> layers(Source source) {
        var input = new Zoo.Input(source.size, source.size, 3, source.classes);
        Module network = Zoo.named(source.zoo, input).build(Rng.seed(1));
        var names = new IdentityHashMap<Node, String>();
        network.parameters().forEach((name, p) -> names.put(p.node(), name));
        List<ConvLayer> found = new ArrayList<>();
        for (Node n : network.trace(Shape.of(1, source.size, source.size, 3)).nodes()) {
            if (n.op() instanceof Conv2d conv) {
                Node weight = n.inputs().get(1);
                String name = names.getOrDefault(weight, "weight").replaceAll("\\.weight$", "");
                Shape x = n.inputs().getFirst().shape();
                add(
                        found,
                        new ConvLayer(
                                source.name + "/" + name,
                                x.dim(1),
                                x.dim(2),
                                x.dim(3),
                                weight.shape(),
                                conv.geometry(),
                                1));
            }
        }
        return found;
    }

    private static void add(List<ConvLayer> layers, ConvLayer layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).isLike(layer)) {
                layers.set(i, layers.get(i).again());
                return;
            }
        }
        layers.add(layer);
    }

    /// Channels that fill no vector: 3, 17 and 31.
    private static List<ConvLayer> tails() {
        return List.of(
                tail("3x3-3", 57, 3, 17, 3, 1),
                tail("3x3-17", 29, 17, 31, 3, 1),
                tail("3x3s2-31", 29, 31, 17, 3, 2),
                tail("1x1-17", 29, 17, 31, 1, 1),
                tail("1x1-31", 13, 31, 3, 1, 1),
                tail("5x5-31", 15, 31, 31, 5, 1));
    }

    private static ConvLayer tail(String name, int size, int c, int o, int k, int stride) {
        return new ConvLayer(
                "tails/" + name,
                size,
                size,
                c,
                Shape.of(k, k, c, o),
                Geometry.of(stride, k / 2),
                1);
    }
}
