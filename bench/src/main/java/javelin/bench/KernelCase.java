package javelin.bench;

import javelin.kernels.Backend;
import javelin.kernels.Kernel;
import javelin.kernels.View;

/// A kernel problem on a backend, ready to run.
public final class KernelCase {
    private final KernelProblem problem;
    private final Kernel kernel;
    private final Backend backend;
    private final Operands operands;
    private int next;

    /// Case with random operands of a fixed seed.
    public KernelCase(KernelProblem problem, Backend backend, Mode mode) {
        this.problem = problem;
        this.kernel = problem.kernel();
        this.backend = backend;
        this.operands = new Operands(problem, backend, mode);
    }

    /// A case whose result was compared with that of the reference.
    ///
    /// @param implementation see [Implementations#named]
    /// @param mode see [Mode#named]
    /// @throws IllegalStateException if the result is wrong
    public static KernelCase checked(KernelProblem problem, String implementation, String mode) {
        var made = new KernelCase(problem, Implementations.named(implementation), Mode.named(mode));
        made.check();
        return made;
    }

    /// Computes once, on the next copy of the operands.
    ///
    /// @return the output
    public View run() {
        int i = next;
        next = i + 1 == operands.copies() ? 0 : i + 1;
        View y = operands.output(i);
        backend.run(kernel, operands.inputs(i), y);
        return y;
    }

    /// Values of input `i`.
    public float[] input(int i) {
        return operands.values(i);
    }

    /// Computes once and returns the values.
    public float[] result() {
        View y = run();
        backend.synchronize();
        return backend.downloadFloats(y);
    }

    /// Compares a result with that of the reference, entirely where that takes less than about a
    /// second, else in 200 places.
    ///
    /// @throws IllegalStateException if it is wrong
    public void check() {
        new Check(problem, operands).that(result());
    }
}
