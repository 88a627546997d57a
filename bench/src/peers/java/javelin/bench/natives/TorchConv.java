package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.conv.ConvProblem;
import javelin.bench.conv.Direction;
import javelin.bench.peers.Contender;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// One of the three products of a convolution by PyTorch, in one order of its memory.
final class TorchConv implements Contender {
    private static final long[] NONE = {0, 0};

    private final PointerScope scope = new PointerScope();
    private final Direction direction;
    private final long[] stride, padding, dilation;
    private final long groups;
    private final Tensor x, w, dy;
    private final BoolPointer wanted;
    private final LongArrayRefOptional noBias = new LongArrayRefOptional();
    private final TensorOptional bias = new TensorOptional();

    TorchConv(ConvProblem problem, KernelCase ours, MemoryFormat order) {
        direction = problem.direction();
        Geometry g = problem.layer().geometry();
        stride = new long[] {g.strideH(), g.strideW()};
        padding = new long[] {g.padTop(), g.padLeft()};
        dilation = new long[] {g.dilationH(), g.dilationW()};
        groups = g.groups();
        float[] left = ours.input(0);
        float[] right = ours.input(1);
        int[] filters = problem.layer().weight().dims();
        var forward = new ConvProblem(problem.layer(), problem.batch(), Direction.FORWARD);
        Shape image = forward.inputs().getFirst();
        Shape result = forward.output();
        boolean dgrad = direction == Direction.DGRAD;
        boolean wgrad = direction == Direction.WGRAD;
        x = Torch.images(dgrad ? new float[image.length()] : left, image.dims(), order);
        float[] weights = wgrad ? new float[problem.layer().weight().length()] : right;
        w = Torch.filters(weights, filters, order);
        float[] gradient = dgrad ? left : wgrad ? right : new float[result.length()];
        dy = Torch.images(gradient, result.dims(), order);
        wanted = new BoolPointer(3).put(0, dgrad).put(1, wgrad).put(2, false);
    }

    private Tensor compute() {
        if (direction == Direction.FORWARD) {
            return torch.conv2d(x, w, bias, stride, padding, dilation, groups);
        }
        var gradients =
                torch.convolution_backward(
                        dy, x, w, noBias, stride, padding, dilation, false, NONE, groups, wanted);
        return direction == Direction.DGRAD ? gradients.get0() : gradients.get1();
    }

    @Override
    public void run() {
        try (var _ = new PointerScope()) {
            compute();
        }
    }

    @Override
    public float[] result() {
        try (var _ = new PointerScope()) {
            Tensor y = compute();
            return direction == Direction.WGRAD ? Torch.filterValues(y) : Torch.imageValues(y);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
