package javelin.bench;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Inputs and outputs of a kernel, in as many copies as it takes to find none of them in a cache.
final class Operands {
    private static final long SEED = 20_260_101;
    private static final long MEMORY_LIMIT = 1L << 30;

    private final List<float[]> values = new ArrayList<>();
    private final List<List<View>> inputs = new ArrayList<>();
    private final List<View> outputs = new ArrayList<>();

    /// Operands of a problem, uniform in `[−1, 1)` if single results can be recomputed, else in
    /// `[0.1, 1)`, where every kernel we time is smooth and every number may be a variance.
    Operands(KernelProblem problem, Backend on, Mode mode) {
        double low = problem instanceof KernelProblem.Sampled ? -1 : 0.1;
        for (int i = 0; i < problem.inputs().size(); i++) {
            values.add(random(problem.inputs().get(i).length(), low, SEED + i));
        }
        int copies = copies(coldBytes(problem, mode));
        for (int c = 0; c < copies; c++) {
            List<View> copy = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                boolean cold =
                        mode == Mode.COLD_ALL
                                || (mode == Mode.COLD_WEIGHTS && problem.weights().contains(i));
                copy.add(c == 0 || cold ? view(on, i, problem) : inputs.getFirst().get(i));
            }
            inputs.add(copy);
            boolean fresh = c == 0 || mode == Mode.COLD_ALL;
            outputs.add(fresh ? output(on, problem.output()) : outputs.getFirst());
        }
    }

    private View view(Backend on, int i, KernelProblem problem) {
        return View.of(on.upload(values.get(i)), problem.inputs().get(i));
    }

    private static View output(Backend on, Shape shape) {
        return View.of(on.allocate(on.floatType(), shape.size()), shape);
    }

    private static double coldBytes(KernelProblem problem, Mode mode) {
        return switch (mode) {
            case WARM -> 0;
            case COLD_WEIGHTS ->
                    4.0
                            * problem.weights().stream()
                                    .mapToLong(i -> problem.inputs().get(i).size())
                                    .sum();
            case COLD_ALL -> problem.bytes();
        };
    }

    /// Copies whose sum is twice the last cache, and at least two; within one gibibyte.
    static int copies(double bytes) {
        if (bytes == 0) {
            return 1;
        }
        double wanted = Math.max(2, Math.ceil(2.0 * Machine.lastLevelCache() / bytes));
        return (int) Math.max(1, Math.min(wanted, Math.floor(MEMORY_LIMIT / bytes)));
    }

    private static float[] random(int length, double low, long seed) {
        var random = new SplittableRandom(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (low + (1 - low) * random.nextDouble());
        }
        return x;
    }

    /// Number of copies.
    int copies() {
        return inputs.size();
    }

    /// Inputs of copy `i`.
    List<View> inputs(int i) {
        return inputs.get(i);
    }

    /// Output of copy `i`.
    View output(int i) {
        return outputs.get(i);
    }

    /// Values of all inputs.
    List<float[]> values() {
        return Collections.unmodifiableList(values);
    }

    /// Values of input `i`.
    float[] values(int i) {
        return values.get(i);
    }
}
