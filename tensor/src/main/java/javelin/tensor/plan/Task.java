package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.Kernel;
import javelin.kernels.PreparedKernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;

import java.util.List;
import java.util.Map;

/// What a call computes.
sealed interface Task {
    /// Computes it at once.
    void run(Backend on, List<View> inputs, View output);

    /// Makes it ready to be run many times; see [Backend#prepare].
    PreparedKernel prepare(
            Backend on, List<Shape> inputs, Map<Integer, View> constants, Shape output);

    /// One kernel.
    record OfKernel(Kernel kernel) implements Task {
        @Override
        public void run(Backend on, List<View> inputs, View output) {
            on.run(kernel, inputs, output);
        }

        @Override
        public PreparedKernel prepare(
                Backend on, List<Shape> inputs, Map<Integer, View> constants, Shape output) {
            return on.prepare(kernel, inputs, constants, output);
        }
    }

    /// A whole op, which reads values itself instead of leaving all to kernels.
    record OfOp(Op op) implements Task {
        @Override
        public void run(Backend on, List<View> inputs, View output) {
            op.forward(on, inputs, output);
        }

        @Override
        public PreparedKernel prepare(
                Backend on, List<Shape> inputs, Map<Integer, View> constants, Shape output) {
            return new PreparedKernel() {
                @Override
                public String method() {
                    return "op";
                }

                @Override
                public Runnable bind(List<View> in, View out) {
                    return () -> op.forward(on, in, out);
                }
            };
        }
    }
}
