package javelin.bench.natives;

import javelin.bench.peers.Contender;
import javelin.bench.train.TrainCase;
import javelin.bench.train.TrainProblem;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// Training steps by PyTorch.
final class TorchTraining implements Contender {
    private final PointerScope scope = new PointerScope();
    private final TorchGraph graph;
    private final Tensor images;
    private final Tensor labels;
    private final SGD optimizer;

    TorchTraining(TrainProblem problem, TrainCase ours, MemoryFormat order) {
        graph = new TorchGraph(ours.network(), problem.network().input(), order);
        graph.parameters().forEach(p -> p.requires_grad_(true));
        int[] shape = problem.network().input().dims();
        images = Torch.images(ours.images().floats(), shape, order);
        int[] classes = ours.labels().ints();
        long[] numbers = new long[classes.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = classes[i];
        }
        labels = Tensor.create(numbers);
        var options = new SGDOptions(TrainCase.RATE);
        options.momentum().put(TrainCase.MOMENTUM);
        options.weight_decay().put(TrainCase.DECAY);
        optimizer = new SGD(new TensorVector(graph.parameters().toArray(new Tensor[0])), options);
    }

    private float step() {
        try (var _ = new PointerScope()) {
            optimizer.zero_grad();
            Tensor loss = torch.cross_entropy_loss(graph.forward(images, true), labels);
            loss.backward();
            optimizer.step();
            return loss.item_float();
        }
    }

    @Override
    public void run() {
        step();
    }

    @Override
    public float[] result() {
        return new float[] {step()};
    }

    @Override
    public void close() {
        scope.close();
    }
}
