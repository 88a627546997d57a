package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.conv.ConvProblem;
import javelin.bench.network.NetworkCase;
import javelin.bench.network.NetworkProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;
import javelin.bench.train.TrainCase;
import javelin.bench.train.TrainProblem;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// PyTorch, eager: convolutions, whole networks, training. Each problem is tried in both orders of
/// memory, `[n, c, h, w]` and `[n, h, w, c]`, and with and without NNPACK (which, where it does not
/// know the processor, says so at each call), and timed in the fastest way.
public final class PyTorch implements Peer {
    private static final int TRIALS = 4;

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.CONV || suite == Suite.NETWORK || suite == Suite.TRAIN;
    }

    @Override
    public void open(int threads) {
        torch.set_num_threads(threads);
        torch.set_num_interop_threads(1);
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        if (!(problem instanceof ConvProblem conv)) {
            return null;
        }
        GradMode.set_enabled(false);
        return fastest(order -> new TorchConv(conv, ours, order));
    }

    @Override
    public Contender network(NetworkProblem problem, NetworkCase ours) {
        GradMode.set_enabled(false);
        return fastest(order -> new TorchNetwork(problem, ours, order));
    }

    @Override
    public Contender train(TrainProblem problem, TrainCase ours) {
        GradMode.set_enabled(true);
        MemoryFormat order =
                Stream.of(MemoryFormat.Contiguous, MemoryFormat.ChannelsLast)
                        .min(Comparator.comparingDouble(o -> trial(problem, ours, o)))
                        .orElseThrow();
        return new TorchTraining(problem, ours, order); // afresh: the trials have trained
    }

    private static double trial(TrainProblem problem, TrainCase ours, MemoryFormat order) {
        try (Contender c = new TorchTraining(problem, ours, order)) {
            return seconds(c);
        }
    }

    /// The switch of NNPACK is one for all of PyTorch; only one contender of it is timed at a time.
    private static Contender fastest(Function<MemoryFormat, Contender> in) {
        Contender best = null;
        double least = Double.POSITIVE_INFINITY;
        boolean switchedOn = false;
        for (boolean nnpack : new boolean[] {true, false}) {
            torch.globalContext().setUserEnabledNNPACK(nnpack);
            for (var order : List.of(MemoryFormat.Contiguous, MemoryFormat.ChannelsLast)) {
                Contender next = in.apply(order);
                double seconds = seconds(next);
                Contender loser = seconds < least ? best : next;
                if (seconds < least) {
                    best = next;
                    least = seconds;
                    switchedOn = nnpack;
                }
                if (loser != null) {
                    loser.close();
                }
            }
        }
        torch.globalContext().setUserEnabledNNPACK(switchedOn);
        return Objects.requireNonNull(best);
    }

    /// Shortest of a few calls.
    private static double seconds(Contender contender) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            long begin = System.nanoTime();
            contender.run();
            best = Math.min(best, (System.nanoTime() - begin) / 1e9);
        }
        return best;
    }
}
