package javelin.nn.zoo;

import javelin.tensor.GradMode;
import javelin.tensor.Tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/// Weights published for PyTorch, under the names and in the layouts of [CifarResNet] and [ResNet].
///
/// | published | here |
/// |---|---|
/// | `module.` in front of a name | left out |
/// | `….num_batches_tracked` | left out |
/// | all other names: `conv1.weight`, `layer1.0.bn1.running_mean`, … | the same |
/// | convolution `[o, c/groups, kh, kw]` | `[kh, kw, c/groups, o]` |
/// | linear `[out, in]` | `[in, out]` |
///
/// So the CIFAR networks of akamaster/pytorch_resnet_cifar10 load into `resnet20` … `resnet110`,
/// and torchvision's ImageNet networks into `resnet18`, `resnet34` and `resnet50`. A linear layer
/// behind a flattened image has another order of rows ([javelin.nn.io.Layouts]), so VGG does not.
public final class PublishedNames {
    private static final String PARALLEL = "module."; // what DataParallel puts in front
    private static final String COUNTER = ".num_batches_tracked";

    private PublishedNames() {}

    /// A state to load into a residual network, from a published one.
    public static Map<String, Tensor> resNet(Map<String, Tensor> published) {
        var state = new LinkedHashMap<String, Tensor>();
        published.forEach((name, tensor) -> {
            if (!name.endsWith(COUNTER)) {
                state.put(
                        name.startsWith(PARALLEL) ? name.substring(PARALLEL.length()) : name,
                        GradMode.off(() -> layout(tensor)));
            }
        });
        return state;
    }

    private static Tensor layout(Tensor published) {
        return switch (published.shape().rank()) {
            case 4 -> published.permute(2, 3, 1, 0);
            case 2 -> published.t();
            default -> published;
        };
    }
}
