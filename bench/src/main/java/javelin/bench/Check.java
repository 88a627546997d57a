package javelin.bench;

import javelin.bench.KernelProblem.Bilinear;
import javelin.bench.KernelProblem.Sampled;
import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.View;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Refuses results that are too far from the truth: a fast wrong kernel must not have a time.
///
/// The error of `Σ a·b` may be 1e-5 of `Σ |a·b|`, of a Fourier transform 1e-5 of the 2-norm of its
/// input, of other kernels 1e-5 of `1 + |y|`.
final class Check {
    /// Share of `Σ |a·b|` that an error may be: room for Winograd's algorithm, far below what a
    /// forgotten term makes.
    static final double TOLERANCE = 1e-5;

    private static final double AFFORDABLE_FLOPS = 1e8;
    private static final int SAMPLES = 200;

    private final KernelProblem problem;
    private final Operands operands;

    Check(KernelProblem problem, Operands operands) {
        this.problem = problem;
        this.operands = operands;
    }

    /// @throws IllegalStateException if `y` is not the problem's result
    void that(float[] y) {
        if (problem instanceof Bilinear && problem.work().flops() <= AFFORDABLE_FLOPS) {
            bilinear(y);
        } else if (problem instanceof Sampled sampled) {
            samples(sampled, y);
        } else {
            double[] exact = reference(false);
            for (int i = 0; i < y.length; i++) {
                require(i, y[i], exact[i], 1 + Math.abs(exact[i]));
            }
        }
    }

    private void bilinear(float[] y) {
        double[] exact = reference(false);
        double[] magnitude = reference(true);
        for (int i = 0; i < y.length; i++) {
            require(i, y[i], exact[i], magnitude[i]);
        }
    }

    private void samples(Sampled sampled, float[] y) {
        var random = new SplittableRandom(1);
        for (int s = 0; s < SAMPLES; s++) {
            int i = s == 0 ? 0 : s == 1 ? y.length - 1 : random.nextInt(y.length);
            var exact = sampled.sample(operands.values(), i);
            require(i, y[i], exact.value(), exact.magnitude());
        }
    }

    private void require(int i, double y, double exact, double magnitude) {
        if (!(Math.abs(y - exact) <= TOLERANCE * (magnitude + 1e-3))) {
            throw new IllegalStateException(
                    "%s: element %d is %s, expected %s: the kernel is wrong and was not timed"
                            .formatted(problem.name(), i, y, exact));
        }
    }

    /// Result of the reference backend, of the operands or of their absolute values.
    private double[] reference(boolean absolute) {
        Backend reference = Backends.reference();
        List<View> inputs = new ArrayList<>();
        for (int i = 0; i < problem.inputs().size(); i++) {
            float[] from = operands.values(i);
            double[] x = new double[from.length];
            for (int j = 0; j < x.length; j++) {
                x[j] = absolute ? Math.abs(from[j]) : from[j];
            }
            inputs.add(View.of(reference.upload(x), problem.inputs().get(i)));
        }
        View y =
                View.of(
                        reference.allocate(reference.floatType(), problem.output().size()),
                        problem.output());
        reference.run(problem.kernel(), inputs, y);
        return reference.downloadDoubles(y);
    }
}
