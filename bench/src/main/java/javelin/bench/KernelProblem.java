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

    /// A kernel of which single results are cheap to recompute.
    interface Sampled extends KernelProblem {
        /// Recomputes element `index` of the output in double, straight from the formula.
        ///
        /// @param x values of the inputs, in the kernel's order
        Sample sample(List<float[]> x, int index);

        /// One result.
        ///
        /// @param value what it should be
        /// @param magnitude size to which an error is compared
        record Sample(double value, double magnitude) {}
    }

    /// A kernel that is linear in each of its two inputs, so that its rounding errors have a known
    /// bound: the magnitude of a sample is `Σ |a·b|`.
    interface Bilinear extends Sampled {}
}
