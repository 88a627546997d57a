package javelin.nn.optim;

import javelin.tensor.GradMode;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Clamp;
import javelin.tensor.ops.Concat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Limits on gradients before a step. The gradients are given by name and are not changed.
public final class Clip {
    private Clip() {}

    /// Euclidean norm of all gradients together.
    public static double norm(Map<String, Tensor> gradients) {
        if (gradients.isEmpty()) {
            return 0;
        }
        // together, as a device is waited for each time the host reads from it
        double[] squares =
                GradMode.off(() ->
                        Concat.concat(
                                        0,
                                        gradients.values().stream()
                                                .map(g -> g.square().sum().reshape(1))
                                                .toList())
                                .doubles());
        double sum = 0;
        for (double s : squares) {
            sum += s;
        }
        return Math.sqrt(sum);
    }

    /// The gradients, all scaled by `limit / norm` if their [#norm] exceeds `limit`.
    ///
    /// @param limit above 0
    /// @throws IllegalArgumentException if `limit` is not positive
    /// @see "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks,
    ///   2013, Algorithm 1"
    public static Map<String, Tensor> byNorm(Map<String, Tensor> gradients, double limit) {
        return byNorm(gradients, norm(gradients), limit);
    }

    /// As [#byNorm(Map, double)], for gradients whose [#norm] is known.
    public static Map<String, Tensor> byNorm(
            Map<String, Tensor> gradients, double norm, double limit) {
        Ranges.positive("clip", "limit", limit);
        return norm > limit ? each(gradients, g -> g.mul(limit / norm)) : gradients;
    }

    /// The gradients with each number limited to `−limit … limit`.
    ///
    /// @param limit above 0
    /// @throws IllegalArgumentException if `limit` is not positive
    public static Map<String, Tensor> byValue(Map<String, Tensor> gradients, double limit) {
        Ranges.positive("clip", "limit", limit);
        return each(gradients, g -> Clamp.clamp(g, -limit, limit));
    }

    private static Map<String, Tensor> each(
            Map<String, Tensor> gradients, UnaryOperator<Tensor> change) {
        var changed = new LinkedHashMap<String, Tensor>();
        gradients.forEach((name, g) -> changed.put(name, GradMode.off(() -> change.apply(g))));
        return changed;
    }
}
