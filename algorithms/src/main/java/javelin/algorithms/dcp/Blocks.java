package javelin.algorithms.dcp;

import javelin.nn.Module;
import javelin.tensor.Node;
import javelin.tensor.ops.Add;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.Elementwise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The blocks of a network, and where the additional losses go.
///
/// A block ends where all that the rest reads is one tensor and a convolution has been passed since
/// the last end: behind a residual sum, or, without any, behind a convolution. The end is the first
/// such tensor, or what elementwise ops make of it: the sum of a pre-activation network as it is,
/// that of others behind its ReLU. In a network with residual sums only blocks that have one count.
public final class Blocks {
    private final Replay replay;
    private final List<Node> ends;

    private Blocks(Replay replay, List<Node> ends) {
        this.replay = replay;
        this.ends = List.copyOf(ends);
    }

    static Blocks of(Replay replay) {
        List<Node> narrow = narrow(replay);
        boolean residual = replay.nodes().stream().anyMatch(n -> isSum(n, replay));
        List<Node> ends = new ArrayList<>();
        Set<Node> seen = replay.before(replay.input());
        boolean convolution = false;
        boolean sum = false;
        for (int i = 0; i < narrow.size(); i++) {
            Node at = narrow.get(i);
            Set<Node> upTo = replay.before(at);
            for (Node n : upTo) {
                if (!seen.contains(n)) {
                    convolution |= n.op() instanceof Conv2d;
                    sum |= isSum(n, replay);
                }
            }
            seen = upTo;
            boolean last = i == narrow.size() - 1;
            boolean goesOn = !last && isActivation(narrow.get(i + 1), at);
            if (convolution && !goesOn) {
                if (sum || !residual) {
                    ends.add(at);
                }
                convolution = false;
                sum = false;
            }
        }
        return new Blocks(replay, ends);
    }

    /// Number of blocks, `B`.
    public int count() {
        return ends.size();
    }

    /// Blocks after which the `P` additional losses are attached, counted from 1: `min(p·s, B − 1)`
    /// with `s = ⌊B/(P+1)⌋ + 1`.
    ///
    /// @throws IllegalArgumentException if there are too few blocks for as many
    public static List<Integer> places(int blocks, int losses) {
        int step = blocks / (losses + 1) + 1;
        List<Integer> places = new ArrayList<>();
        for (int p = 1; p <= losses; p++) {
            places.add(Math.min(p * step, blocks - 1));
        }
        if (new HashSet<>(places).size() != losses || places.stream().anyMatch(b -> b < 1)) {
            throw new IllegalArgumentException(
                    "dcp: %d additional losses are too many for a network of %d blocks"
                            .formatted(losses, blocks));
        }
        return places;
    }

    /// Results at which the losses read, and behind them that of the whole network.
    List<Node> targets(int losses) {
        List<Node> targets = new ArrayList<>();
        places(count(), losses).forEach(b -> targets.add(ends.get(b - 1)));
        targets.add(replay.output());
        return targets;
    }

    /// Blocks of a network on images of that shape; see the class.
    public static Blocks of(Module network, javelin.kernels.Shape image) {
        return of(Replay.of(network, image));
    }

    private static boolean isSum(Node n, Replay replay) {
        return n.op() instanceof Add
                && n.inputs().size() == 2
                && n.inputs().stream().allMatch(i -> i.shape().equals(n.shape()))
                && n.inputs().stream().noneMatch(i -> i.isLeaf() && i != replay.input());
    }

    /// Whether `next` is `at` with each number changed by itself.
    private static boolean isActivation(Node next, Node at) {
        return next.op() instanceof Elementwise
                && next.inputs().stream().allMatch(i -> i == at || i.isLeaf())
                && next.shape().equals(at.shape());
    }

    /// Results of image ops through which everything behind them must pass, in order.
    private static List<Node> narrow(Replay replay) {
        Set<Node> data = replay.after(replay.input());
        data.retainAll(replay.before(replay.output()));
        List<Node> order = replay.nodes().stream().filter(data::contains).toList();
        List<Node> found = new ArrayList<>();
        // how far the results seen so far are read: a cut between i and i + 1 is narrow if only
        // the result of i crosses it
        int[] lastReader = new int[order.size()];
        for (int i = 0; i < order.size(); i++) {
            for (Node in : order.get(i).inputs()) {
                int at = indexOf(order, in);
                if (at >= 0) {
                    lastReader[at] = i;
                }
            }
        }
        int farthest = 0; // last reader of all results before the present one
        for (int i = 0; i < order.size(); i++) {
            if (farthest <= i && order.get(i).shape().rank() == 4 && !order.get(i).isLeaf()) {
                found.add(order.get(i));
            }
            farthest = Math.max(farthest, lastReader[i]);
        }
        return found;
    }

    private static int indexOf(List<Node> order, Node node) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) == node) {
                return i;
            }
        }
        return -1;
    }
}
