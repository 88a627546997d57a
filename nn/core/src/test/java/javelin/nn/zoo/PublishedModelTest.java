package javelin.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.TestData;
import javelin.nn.io.Safetensors;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;
import javelin.tensor.ops.LogSoftmax;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Networks that were trained elsewhere are recognised, and give the answers they gave there.
class PublishedModelTest {
    private static final int IMAGES = 50;

    @Test
    void digitsOfBurnGiveTheirLogProbabilities() throws IOException {
        PublishedModel model =
                Objects.requireNonNull(PublishedModel.of(read("models/mnist_burn/mnist")));
        assertThat(model.config()).isEqualTo(PlainCnn.Config.of(28, 28, 1, 10));
        assertThat(model.set()).isEqualTo("mnist");
        Map<String, Tensor> reference = read("models/mnist_burn/ref_test8000");
        String name =
                reference.keySet().stream()
                        .filter(n -> n.contains("safetensors"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(reference.keySet()));
        float[] expected = Objects.requireNonNull(reference.get(name)).floats();
        Tensor digits = digits();
        float[] found =
                GradMode.off(() -> LogSoftmax.logSoftmax(model.network().forward(digits)).floats());
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).isLessThan(1e-3f);
        }
    }

    @Test
    void residualNetworkIsRecognisedByItsDepth() throws IOException {
        PublishedModel model =
                Objects.requireNonNull(PublishedModel.of(read("models/cifar_resnet/resnet56")));
        assertThat(model.config()).isEqualTo(CifarResNet.Config.of(56, 3, 10));
    }

    @Test
    void otherTensorsAreNotRecognised() {
        assertThat(PublishedModel.of(Map.of("weight", Tensor.zeros(3, 3)))).isNull();
        assertThat(
                        PublishedModel.of(
                                Map.of(
                                        "layer3.0.bn2.weight",
                                        Tensor.zeros(3),
                                        "linear.weight",
                                        Tensor.zeros(3, 3))))
                .isNull();
    }

    private static Tensor digits() throws IOException {
        double[] x = new double[IMAGES * 28 * 28];
        try (InputStream in =
                new GZIPInputStream(
                        Files.newInputStream(
                                TestData.of("mnist/test-images-8000-idx3-ubyte.gz")))) {
            in.skipNBytes(16);
            byte[] bytes = in.readNBytes(x.length);
            for (int i = 0; i < x.length; i++) {
                x[i] = (Byte.toUnsignedInt(bytes[i]) / 255.0 - 0.1307) / 0.3081;
            }
        }
        return Tensor.of(x, IMAGES, 28, 28, 1);
    }

    private static Map<String, Tensor> read(String file) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (var open = Safetensors.open(TestData.of(file + ".safetensors"))) {
            for (String name : open.names()) {
                if (open.elements(name) > 1 || !name.endsWith("tracked")) {
                    tensors.put(name, open.tensor(name));
                }
            }
        }
        return tensors;
    }
}
