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

import java.util.function.Function;

/// PyTorch, eager: convolutions, whole networks, training. Each problem is tried in both orders of
/// memory, `[n, c, h, w]` and `[n, h, w, c]`, and timed in the faster one.
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
        return faster(order -> new TorchConv(conv, ours, order));
    }

    @Override
    public Contender network(NetworkProblem problem, NetworkCase ours) {
        GradMode.set_enabled(false);
        return faster(order -> new TorchNetwork(problem, ours, order));
    }

    @Override
    public Contender train(TrainProblem problem, TrainCase ours) {
        GradMode.set_enabled(true);
        Contender first = new TorchTraining(problem, ours, MemoryFormat.Contiguous);
        double planar = seconds(first);
        first.close();
        Contender second = new TorchTraining(problem, ours, MemoryFormat.ChannelsLast);
        double channelsLast = seconds(second);
        second.close();
        return new TorchTraining( // afresh: the trials have trained
                problem,
                ours,
                planar < channelsLast ? MemoryFormat.Contiguous : MemoryFormat.ChannelsLast);
    }

    private static Contender faster(Function<MemoryFormat, Contender> in) {
        Contender planar = in.apply(MemoryFormat.Contiguous);
        Contender channelsLast = in.apply(MemoryFormat.ChannelsLast);
        boolean first = seconds(planar) < seconds(channelsLast);
        (first ? channelsLast : planar).close();
        return first ? planar : channelsLast;
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
