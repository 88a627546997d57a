package javelin.nn.zoo;

import javelin.nn.Module;
import javelin.tensor.Rng;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The networks by name, and by description.
public final class Zoo {
    private static final Map<String, Function<Input, NetworkConfig>> NAMED = published();
    private static final Map<String, Function<Fields, NetworkConfig>> FAMILIES = described();

    private Zoo() {}

    /// What a network is made for.
    ///
    /// @param height rows of the images
    /// @param width columns of the images
    /// @param channels channels of the images
    /// @param classes number of classes
    public record Input(int height, int width, int channels, int classes) {}

    /// Names that [#named] knows, in the order of a table.
    public static Set<String> names() {
        return NAMED.keySet();
    }

    /// Names of the families that [#config] knows.
    public static Set<String> families() {
        return FAMILIES.keySet();
    }

    /// The published network of that name for images and classes of a given number.
    ///
    /// @throws IllegalArgumentException if there is none, with a list of those there are
    public static NetworkConfig named(String name, Input input) {
        Function<Input, NetworkConfig> found = NAMED.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "zoo: no network '%s'; choose one of %s"
                            .formatted(name, String.join(", ", NAMED.keySet())));
        }
        return found.apply(input);
    }

    /// The configuration that a description stands for.
    ///
    /// @throws IllegalArgumentException if the family is unknown or a setting is missing or wrong
    public static NetworkConfig config(ModelSpec spec) {
        Function<Fields, NetworkConfig> found = FAMILIES.get(spec.family());
        if (found == null) {
            throw new IllegalArgumentException(
                    "zoo: no family '%s'; this version knows %s"
                            .formatted(spec.family(), String.join(", ", FAMILIES.keySet())));
        }
        return found.apply(new Fields(spec));
    }

    /// New network of that description, on the current backend.
    ///
    /// @throws IllegalArgumentException as [#config]
    public static Module build(ModelSpec spec, Rng rng) {
        return config(spec).build(rng);
    }

    private static Map<String, Function<Input, NetworkConfig>> published() {
        var m = new LinkedHashMap<String, Function<Input, NetworkConfig>>();
        m.put("lenet5", i -> LeNet5.Config.of(i.height, i.width, i.channels, i.classes));
        for (int depth : List.of(8, 14, 20, 32, 44, 56, 110)) {
            m.put("resnet" + depth, i -> CifarResNet.Config.of(depth, i.channels, i.classes));
        }
        for (int depth : List.of(8, 14, 20, 32, 44, 56, 110)) {
            m.put("preresnet" + depth, i -> PreActResNet.Config.of(depth, i.channels, i.classes));
        }
        for (int depth : List.of(18, 34, 50)) {
            m.put("resnet" + depth, i -> ResNet.Config.of(depth, i.channels, i.classes));
        }
        for (int depth : List.of(16, 19)) {
            m.put("vgg" + depth, i -> Vgg.Config.of(depth, false, i.channels, i.classes));
            m.put("vgg" + depth + "-bn", i -> Vgg.Config.of(depth, true, i.channels, i.classes));
            m.put("vgg" + depth + "-small", i -> Vgg.Config.small(depth, i.channels, i.classes));
        }
        m.put("mobilenet-v1", i -> MobileNetV1.Config.of(i.channels, i.classes));
        m.put("mobilenet-v1-small", i -> MobileNetV1.Config.small(i.channels, i.classes));
        m.put("mobilenet-v2", i -> MobileNetV2.Config.of(i.channels, i.classes));
        m.put("mobilenet-v2-expanded", i -> MobileNetV2.Config.expanded(i.channels, i.classes));
        m.put("mobilenet-v2-small", i -> MobileNetV2.Config.small(i.channels, i.classes));
        m.put("plain-cnn", i -> PlainCnn.Config.of(i.height, i.width, i.channels, i.classes));
        m.put("spherenet4", i -> SphereNet.Config.of(i.height, i.width, i.channels, i.classes));
        return Collections.unmodifiableMap(m);
    }

    private static Map<String, Function<Fields, NetworkConfig>> described() {
        var m = new LinkedHashMap<String, Function<Fields, NetworkConfig>>();
        m.put(LeNet5.FAMILY, LeNet5.Config::of);
        m.put(CifarResNet.FAMILY, CifarResNet.Config::of);
        m.put(PreActResNet.FAMILY, PreActResNet.Config::of);
        m.put(ResNet.FAMILY, ResNet.Config::of);
        m.put(Vgg.FAMILY, Vgg.Config::of);
        m.put(MobileNetV1.FAMILY, MobileNetV1.Config::of);
        m.put(MobileNetV2.FAMILY, MobileNetV2.Config::of);
        m.put(SphereNet.FAMILY, SphereNet.Config::of);
        m.put(PlainCnn.FAMILY, PlainCnn.Config::of);
        return Collections.unmodifiableMap(m);
    }
}
