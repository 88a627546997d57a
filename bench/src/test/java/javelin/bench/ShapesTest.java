package javelin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.bench.conv.ConvLayer;
import javelin.bench.conv.ConvLayers;
import javelin.bench.gemm.GemmProblem;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

class ShapesTest {
    private static double gigaMacs(String network) {
        return layers(network).stream().mapToDouble(l -> l.count() * (double) l.macs()).sum() / 1e9;
    }

    private static List<ConvLayer> layers(String network) {
        return Objects.requireNonNull(ConvLayers.all().get(network), network);
    }

    /// Published: 4.09 with the last layer, which has 0.002.
    @Test
    void resnet50HasThePublishedMultiplyAdds() {
        assertThat(gigaMacs("resnet50")).isEqualTo(4.087, within(0.005));
        assertThat(layers("resnet50").stream().mapToInt(ConvLayer::count).sum()).isEqualTo(53);
    }

    /// Published: 15.47, of which the three last layers have 0.12.
    @Test
    void vgg16HasThePublishedMultiplyAdds() {
        assertThat(gigaMacs("vgg16")).isEqualTo(15.347, within(0.005));
        assertThat(layers("vgg16").stream().mapToInt(ConvLayer::count).sum()).isEqualTo(13);
    }

    /// Published: 0.30 with the last layer, which has 0.0013.
    @Test
    void mobileNetV2HasThePublishedMultiplyAdds() {
        assertThat(gigaMacs("mobilenetv2")).isEqualTo(0.2995, within(0.002));
        assertThat(layers("mobilenetv2").stream().map(ConvLayer::group))
                .contains("depthwise", "1x1", "stem");
    }

    @Test
    void everyGroupOfTheReportHasMembers() {
        var groups =
                ConvLayers.all().values().stream()
                        .flatMap(List::stream)
                        .map(ConvLayer::group)
                        .distinct();

        assertThat(groups).contains("3x3s1", "1x1", "stem", "depthwise", "other");
    }

    @Test
    void tailsFillNoVector() {
        assertThat(layers("tails").stream().map(ConvLayer::c)).contains(3, 17, 31);
    }

    @Test
    void gemmNamesAreSizes() {
        assertThat(GemmProblem.named("2x3x5")).isEqualTo(new GemmProblem("odd", 2, 3, 5));
        assertThat(GemmProblem.all()).containsKeys("64x64x64", "4096x4096x4096", "702x702x702");
        assertThatThrownBy(() -> GemmProblem.named("big"))
                .hasMessage("gemm: 'big' is not of the form 64x128x32 (m, k, n, each up to 99999)");
    }

    @Test
    void shapesPicksByNameExpressionAndOwnForm() {
        Suite.Question gemm = Suite.GEMM.questions().getFirst();

        assertThat(Suite.GEMM.pick(gemm, "64x64x64", false)).hasSize(1);
        assertThat(Suite.GEMM.pick(gemm, "702", false)).hasSize(2);
        assertThat(Suite.GEMM.pick(gemm, "9x9x9", false)).hasSize(1);
        assertThat(Suite.GEMM.pick(gemm, "", true)).hasSize(4);
        assertThatThrownBy(() -> Suite.GEMM.pick(gemm, "(", false))
                .hasMessageContaining("no regular expression");
    }

    @Test
    void everyQuickRunHasSomethingToDo() {
        for (Suite s : Suite.values()) {
            for (Suite.Question q : s.questions()) {
                assertThat(s.pick(q, "", true)).as(s + " " + q.benchmark()).isNotEmpty();
            }
        }
    }
}
