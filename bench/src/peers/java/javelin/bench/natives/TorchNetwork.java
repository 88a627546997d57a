package javelin.bench.natives;

import javelin.bench.network.NetworkCase;
import javelin.bench.network.NetworkProblem;
import javelin.bench.peers.Contender;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// A forward pass by PyTorch, without gradients.
final class TorchNetwork implements Contender {
    private final PointerScope scope = new PointerScope();
    private final TorchGraph graph;
    private final Tensor images;

    TorchNetwork(NetworkProblem problem, NetworkCase ours, MemoryFormat order) {
        graph = new TorchGraph(ours.network(), problem.input(), order);
        images = Torch.images(ours.images().floats(), problem.input().dims(), order);
    }

    @Override
    public void run() {
        try (var _ = new PointerScope()) {
            graph.forward(images, false);
        }
    }

    @Override
    public float[] result() {
        try (var _ = new PointerScope()) {
            return Torch.values(graph.forward(images, false));
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
