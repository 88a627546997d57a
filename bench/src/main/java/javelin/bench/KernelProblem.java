package javelin.bench;

import javelin.kernels.Kernel;
import javelin.kernels.Shape;

import java.util.ArrayList;
import java.util.List;

/// A kernel on operands of given shapes.
public interface KernelProblem extends Problem {
    /// The kernel.
    Kernel kernel();

    /// Shapes of the inputs, in the kernel's order.
    List<Shape> inputs();

    /// Shape of the output.
    Shape output();

    /// Which inputs stay the same from call to call in a network: what is cold in
    /// [Mode#COLD_WEIGHTS].
    List<Integer> weights();

    /// Whether [#weights()] are brought into the kernel's own form before the clock runs, as in an
    /// inference session.
    default boolean isPrepared() {
        return false;
    }

    /// Bytes of all operands in 32 bits.
    default double bytes() {
        var all = new ArrayList<>(inputs());
        all.add(output());
        return 4.0 * all.stream().mapToLong(Shape::size).sum();
    }

    /// A kernel that is linear in each of its two inputs, so that single results are cheap to
    /// recompute and their rounding errors have a known bound.
    interface Bilinear extends KernelProblem {
        /// Recomputes element `index` of the output in double, straight from the formula.
        Sample sample(float[] a, float[] b, int index);

        /// One result.
        ///
        /// @param value `Σ a·b`
        /// @param magnitude `Σ |a·b|`
        record Sample(double value, double magnitude) {}
    }
}
