package javelin.bench.natives;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.bench.Implementations;
import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Mode;
import javelin.bench.Problem;
import javelin.bench.conv.ConvProblem;
import javelin.bench.conv.Direction;
import javelin.bench.fft.FftProblem;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.network.NetworkCase;
import javelin.bench.network.NetworkProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;
import javelin.bench.train.TrainCase;
import javelin.bench.train.TrainProblem;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Each library gives the results of ours. Only in the Maven profile `peers`.
class PeersTest {
    private static final List<Peer> PEERS =
            List.of(
                    new OpenBlas(),
                    new Mkl(),
                    new OneDnn(),
                    new PyTorch(),
                    new Fftw(),
                    new JTransforms());

    static {
        PEERS.forEach(p -> p.open(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64x64x64", "3x17x5"})
    void productsAgree(String name) {
        assertThat(agreeing(GemmProblem.named(name))).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void convolutionsAgree(Direction direction) {
        for (String layer :
                List.of(
                        "tails/3x3s2-31@2",
                        "resnet20/conv1@1",
                        "mobilenetv2/features.14.depthwise.conv@1")) {
            int expected = direction == Direction.FORWARD ? 2 : 1;
            assertThat(agreeing(ConvProblem.named(layer, direction))).as(layer).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complex/16",
                "complex/1000",
                "complex/60@7",
                "complex/24x32",
                "real/1",
                "real/35",
                "real/64@5",
                "real/4096"
            })
    void transformsAgree(String name) {
        assertThat(agreeing(FftProblem.named(name))).isEqualTo(2);
    }

    private static int agreeing(KernelProblem problem) {
        var ours = new KernelCase(problem, Implementations.named("cpu"), Mode.WARM);
        int count = 0;
        for (Peer p : PEERS) {
            try (Contender c = p.kernel(problem, ours)) {
                if (c != null) {
                    requireClose(problem, c, ours.result());
                    count++;
                }
            }
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet20@1", "mobilenetv2@1", "resnet18@2"})
    void networksAgree(String name) {
        var problem = NetworkProblem.named(name);
        var ours = new NetworkCase(problem, Implementations.named("cpu"));
        try (Contender c = new PyTorch().network(problem, ours)) {
            requireClose(problem, c, ours.run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "resnet20@8")
    void trainingAgreesForThreeSteps(String name) {
        var problem = TrainProblem.named(name);
        var ours = new TrainCase(problem, Implementations.named("cpu"));
        try (Contender c = new PyTorch().train(problem, ours)) {
            for (int step = 1; step <= 3; step++) {
                TrainCase.requireClose(name, step, c.result()[0], ours.step());
            }
        }
    }

    private static void requireClose(Problem problem, Contender c, float[] expected) {
        NetworkCase.requireClose(problem.name(), c.result(), expected);
    }
}
