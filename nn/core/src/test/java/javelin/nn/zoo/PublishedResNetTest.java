package javelin.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.Module;
import javelin.nn.TestData;
import javelin.nn.io.Safetensors;
import javelin.nn.metrics.Accuracy;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/// Published CIFAR-10 networks give the logits that PyTorch gave, and classify as many images.
class PublishedResNetTest {
    private static final int PIXELS = 32 * 32;
    private static final int RECORD = 1 + 3 * PIXELS;
    private static final int BATCH = 100;
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    @ParameterizedTest
    @CsvSource({"resnet20, 553", "resnet56, 551"})
    void agreesWithPyTorch(String name, int right) throws IOException {
        Module network = Zoo.named(name, new Zoo.Input(32, 32, 3, 10)).build(Rng.seed(1));
        network.load(PublishedNames.resNet(read("models/cifar_resnet/" + name)));
        network.training(false);
        float[] expected = read("models/cifar_resnet/ref_test600").get(name + ".logits").floats();
        byte[] records = Files.readAllBytes(TestData.of("cifar10/test_600.bin"));
        int hits = 0;
        for (int from = 0; from < records.length / RECORD; from += BATCH) {
            Tensor x = images(records, from);
            Tensor logits = GradMode.off(() -> network.forward(x));
            hits += Accuracy.hits(logits, labels(records, from), 1);
            float[] found = logits.floats();
            for (int i = 0; i < found.length; i++) {
                assertThat(Math.abs(found[i] - expected[from * 10 + i])).isLessThan(1e-4f);
            }
        }
        assertThat(hits).isEqualTo(right);
    }

    private static Map<String, Tensor> read(String file) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (var open = Safetensors.open(TestData.of(file + ".safetensors"))) {
            for (String name : open.names()) {
                tensors.put(name, open.tensor(name));
            }
        }
        return tensors;
    }

    private static Tensor images(byte[] records, int from) {
        double[] x = new double[BATCH * PIXELS * 3];
        for (int n = 0; n < BATCH; n++) {
            for (int p = 0; p < PIXELS; p++) {
                for (int c = 0; c < 3; c++) {
                    byte b = records[(from + n) * RECORD + 1 + c * PIXELS + p];
                    double v = Byte.toUnsignedInt(b) / 255.0;
                    x[(n * PIXELS + p) * 3 + c] = (v - MEAN[c]) / DEVIATION[c];
                }
            }
        }
        return Tensor.of(x, BATCH, 32, 32, 3);
    }

    private static Tensor labels(byte[] records, int from) {
        int[] labels = new int[BATCH];
        for (int n = 0; n < BATCH; n++) {
            labels[n] = records[(from + n) * RECORD];
        }
        return Tensor.of(labels, BATCH);
    }
}
