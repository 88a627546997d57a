package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.conv.ConvLayer;
import javelin.bench.conv.ConvProblem;
import javelin.bench.peers.Contender;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/// Forward convolution by oneDNN: images `[n, h, w, c]` as ours, filters in whatever order oneDNN
/// prefers, brought there once.
final class OneDnnConv implements Contender {
    private final PointerScope scope = new PointerScope();
    private final stream queue;
    private final convolution_forward convolution;
    private final IntMemoryMap arguments = new IntMemoryMap();
    private final FloatPointer result;
    private final int length;

    OneDnnConv(ConvProblem problem, KernelCase ours) {
        var device = new engine(engine.kind.cpu, 0);
        queue = new stream(device);
        ConvLayer l = problem.layer();
        Geometry g = l.geometry();
        long[] weights = weights(l);
        length = problem.output().length();
        result = new FloatPointer((long) length);
        memory.desc x = images(problem.inputs().getFirst());
        memory.desc y = images(problem.output());
        var primitive =
                new convolution_forward.primitive_desc(
                        device,
                        dnnl.prop_kind.forward_inference,
                        dnnl.algorithm.convolution_auto,
                        x,
                        describe(weights, memory.format_tag.any),
                        y,
                        new long[] {g.strideH(), g.strideW()},
                        new long[] {g.dilationH() - 1, g.dilationW() - 1},
                        new long[] {g.padTop(), g.padLeft()},
                        new long[] {g.padBottom(), g.padRight()});
        convolution = new convolution_forward(primitive);
        var given = weights.length == 5 ? memory.format_tag.hwigo : memory.format_tag.hwio;
        var filters = new memory(describe(weights, given), device, new FloatPointer(ours.input(1)));
        var best = new memory(primitive.weights_desc(), device);
        new reorder(filters, best).execute(queue, filters, best);
        queue._wait();
        arguments.put(dnnl.DNNL_ARG_SRC, new memory(x, device, new FloatPointer(ours.input(0))));
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, best);
        arguments.put(dnnl.DNNL_ARG_DST, new memory(y, device, result));
    }

    /// Sizes as oneDNN orders them: `[n, c, h, w]`.
    private static memory.desc images(Shape s) {
        return describe(
                new long[] {s.dim(0), s.dim(3), s.dim(1), s.dim(2)}, memory.format_tag.nhwc);
    }

    /// `[o, c, kh, kw]`, or `[groups, o/groups, c/groups, kh, kw]`.
    private static long[] weights(ConvLayer l) {
        Shape w = l.weight();
        long groups = l.geometry().groups();
        return groups == 1
                ? new long[] {w.dim(3), w.dim(2), w.dim(0), w.dim(1)}
                : new long[] {groups, w.dim(3) / groups, w.dim(2), w.dim(0), w.dim(1)};
    }

    private static memory.desc describe(long[] sizes, memory.format_tag order) {
        return new memory.desc(sizes, memory.data_type.f32, order);
    }

    @Override
    public void run() {
        convolution.execute(queue, arguments);
        queue._wait();
    }

    @Override
    public float[] result() {
        run();
        float[] values = new float[length];
        result.get(values);
        return values;
    }

    @Override
    public void close() {
        scope.close();
    }
}
