package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.tensor.Autograd;
import javelin.tensor.Gradients;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.OpWatch;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Finds where a step first met a number that is not finite: runs it again and looks at every
/// result.
///
/// An op is told with the parameter or buffer it reads; one that reads none, with the last one that
/// was read before it.
final class NonFinite {
    private final IdentityHashMap<Node, String> names = new IdentityHashMap<>();
    private String last = "";
    private @Nullable String found;

    private NonFinite(Module model) {
        model.state().forEach((name, tensor) -> names.put(tensor.node(), name));
    }

    /// Place of the first such number in words: a parameter, an input, the result of an op of the
    /// forward or the backward pass, or a gradient. Null if there is none.
    ///
    /// @param batch the examples of the step
    /// @param loss runs the forward pass of the step, with the random numbers it had
    static @Nullable String find(Module model, Batch batch, Supplier<Tensor> loss) {
        for (var p : model.state().entrySet()) {
            if (!isFinite(p.getValue())) {
                return "parameter " + p.getKey() + " " + p.getValue().shape() + ", before the step";
            }
        }
        if (!isFinite(batch.inputs())) {
            return "the inputs " + batch.inputs().shape() + " of the batch";
        }
        if (!isFinite(batch.targets())) {
            return "the targets " + batch.targets().shape() + " of the batch";
        }
        var forward = new NonFinite(model);
        Tensor y = OpWatch.during(forward.watch("the forward pass"), loss);
        if (forward.found != null) {
            return forward.found;
        }
        var backward = new NonFinite(model);
        Gradients gradients =
                OpWatch.during(backward.watch("the backward pass"), () -> Autograd.backward(y));
        for (var p : model.parameters().entrySet()) {
            if (!isFinite(gradients.of(p.getValue()))) {
                return "the gradient of parameter %s %s%s"
                        .formatted(
                                p.getKey(),
                                p.getValue().shape(),
                                backward.found == null ? "" : ", from " + backward.found);
            }
        }
        return backward.found;
    }

    private OpWatch watch(String pass) {
        return (op, inputs, result, _) -> {
            if (found == null) {
                inputs.forEach(x -> last = names.getOrDefault(x.node(), last));
                if (!isFinite(result)) {
                    found = describe(op, inputs, result, pass);
                }
            }
        };
    }

    private String describe(Op op, List<Tensor> inputs, Tensor result, String pass) {
        String own =
                inputs.stream()
                        .map(x -> names.getOrDefault(x.node(), ""))
                        .filter(n -> !n.isEmpty())
                        .findFirst()
                        .orElse("");
        String place =
                !own.isEmpty() ? " with " + own : last.isEmpty() ? "" : " some way after " + last;
        double largest = inputs.stream().mapToDouble(NonFinite::largest).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "the result %s of %s%s in %s (its inputs reach %.3g)",
                result.shape(),
                op.name(),
                place,
                pass,
                largest);
    }

    /// Whether all numbers are finite; integers always are.
    static boolean isFinite(Tensor x) {
        if (!x.type().isFloat()) {
            return true;
        }
        for (double v : x.doubles()) {
            if (!Double.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    private static double largest(Tensor x) {
        double largest = 0;
        if (x.type().isFloat()) {
            for (double v : x.doubles()) {
                largest = Math.max(largest, Math.abs(v));
            }
        }
        return largest;
    }
}
