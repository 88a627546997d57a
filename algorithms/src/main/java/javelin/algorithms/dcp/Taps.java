package javelin.algorithms.dcp;

import javelin.kernels.Shape;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.OpWatch;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Takes results out of the middle of a forward pass while it runs, in training mode too, where ops
/// other than those of the recorded inference pass run for batch norm.
///
/// A place is known as the n-th result of its kind of op and its size of image.
final class Taps {
    private final List<Place> places = new ArrayList<>();
    private final Map<Kind, Integer> expected = new HashMap<>();

    private record Kind(Class<? extends Op> op, Shape image) {
        static Kind of(Op op, Shape result) {
            return new Kind(op.getClass(), result.range(Math.min(1, result.rank()), result.rank()));
        }
    }

    private record Place(Kind kind, int number) {}

    /// @param targets results of ops of the pass
    Taps(Replay pass, List<Node> targets) {
        for (Node target : targets) {
            Kind kind = kind(target);
            int number = 0;
            int count = 0;
            for (Node n : pass.executed()) {
                if (kind(n).equals(kind)) {
                    number = n == target ? count : number;
                    count++;
                }
            }
            places.add(new Place(kind, number));
            expected.put(kind, count);
        }
    }

    private static Kind kind(Node n) {
        return Kind.of(Objects.requireNonNull(n.op()), n.shape());
    }

    /// A result of a pass and what was tapped from it, in the order of the targets.
    record Flow(Tensor result, List<Tensor> tapped) {}

    /// Runs a forward pass.
    ///
    /// @throws IllegalStateException if it runs other ops than the recorded one did
    Flow during(Supplier<Tensor> forward) {
        var counts = new HashMap<Kind, Integer>();
        var found = new HashMap<Place, Tensor>();
        OpWatch watch =
                (op, _, y, _) -> {
                    Kind kind = Kind.of(op, y.shape());
                    if (expected.containsKey(kind)) {
                        int number = counts.merge(kind, 1, Integer::sum) - 1;
                        found.put(new Place(kind, number), y);
                    }
                };
        Tensor result = OpWatch.during(watch, forward);
        if (!counts.equals(expected)) {
            throw new IllegalStateException(
                    "dcp: the network runs other ops in training than in inference where an additional loss reads (%s, expected %s); use fewer losses"
                            .formatted(counts, expected));
        }
        return new Flow(
                result, places.stream().map(p -> Objects.requireNonNull(found.get(p))).toList());
    }
}
