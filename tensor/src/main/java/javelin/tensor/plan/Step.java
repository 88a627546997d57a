package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.PreparedKernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.matmul.Matmul;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A call with its prepared kernel.
record Step(Call call, PreparedKernel prepared) {
    static Step of(Backend on, Call call) {
        List<Shape> shapes = call.inputs().stream().map(View::shape).toList();
        Map<Integer, View> constants = new HashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            View x = call.inputs().get(i);
            if (Memory.isConstant(x)) {
                constants.put(i, Memory.real(x));
            }
        }
        return new Step(call, call.task().prepare(on, shapes, constants, call.output().shape()));
    }

    Runnable bind(MemoryPlan.Slabs slabs) {
        return prepared.bind(
                call.inputs().stream().map(slabs::real).toList(), slabs.real(call.output()));
    }

    /// Name of the kernel, or of the op that is run whole.
    String name() {
        return switch (call.task()) {
            case Task.OfKernel(Enum<?> constant) -> constant.name();
            case Task.OfKernel(var kernel) -> kernel.getClass().getSimpleName();
            case Task.OfOp(var op) -> op.name();
        };
    }

    /// Additions and multiplications of a product's or convolution's formula; 0 for all else.
    long flops() {
        List<View> in = call.inputs();
        Shape y = call.output().shape();
        return 2
                * switch (call.kernel()) {
                    case Conv2d _ -> y.size() * in.get(1).shape().product(0, 3);
                    case Conv2dInput _ ->
                            in.get(0).shape().size() * in.get(1).shape().product(0, 3);
                    case Conv2dWeight _ -> in.get(1).shape().size() * y.product(0, 3);
                    case Matmul f -> y.size() * in.get(0).shape().dim(f.transposeA() ? -2 : -1);
                    case null, default -> 0L;
                };
    }
}
