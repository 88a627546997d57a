package javelin.bench;

import javelin.kernels.Backend;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A kernel problem on a backend, ready to run.
public final class KernelCase {
    private final KernelProblem problem;
    private final Backend backend;
    private final Operands operands;
    private final List<Runnable> runs = new ArrayList<>();
    private int next;

    /// Case with random operands of a fixed seed.
    public KernelCase(KernelProblem problem, Backend backend, Mode mode) {
        this.problem = problem;
        this.backend = backend;
        this.operands = new Operands(problem, backend, mode);
        for (int i = 0; i < operands.copies(); i++) {
            runs.add(bound(operands.inputs(i), operands.output(i)));
        }
    }

    /// One run on given memory: as a call of the backend, or, where the problem is one of
    /// inference, as a kernel that was prepared with its weights.
    private Runnable bound(List<View> inputs, View output) {
        Kernel kernel = problem.kernel();
        if (!problem.isPrepared()) {
            return () -> backend.run(kernel, inputs, output);
        }
        Map<Integer, View> constants = new LinkedHashMap<>();
        problem.weights().forEach(w -> constants.put(w, inputs.get(w)));
        List<Shape> shapes = inputs.stream().map(View::shape).toList();
        return backend.prepare(kernel, shapes, constants, output.shape()).bind(inputs, output);
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
        runs.get(i).run();
        return operands.output(i);
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
