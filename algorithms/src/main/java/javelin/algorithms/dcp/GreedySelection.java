package javelin.algorithms.dcp;

import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Greedy channel selection, Algorithm 2: from no channel at all, the one with the largest gradient
/// of the objective is added and the weights of all selected ones are fitted anew, until the stop
/// rule says so.
///
/// The safeguard makes the objective fall from channel to channel, as it does for exact solutions
/// of problem (8), since the feasible sets are nested: where a fit is worse than the weights before
/// it, they are restored, and only the new channel moves from 0 against its gradient, as far as
/// that helps.
public final class GreedySelection {
    private static final int HALVINGS = 30; // of a step that does not help

    private final LayerProblem problem;
    private final DcpConfig config;
    private final SubProblem fit;
    private final Rng random;

    /// What came out.
    ///
    /// @param order channels in the order of their selection
    /// @param losses objective without any channel, then after each
    public record Selection(List<Integer> order, List<Double> losses) {
        /// Copies the lists.
        public Selection {
            order = List.copyOf(order);
            losses = List.copyOf(losses);
        }

        /// The channels that stay, ascending.
        public int[] kept() {
            return order.stream().mapToInt(Integer::intValue).sorted().toArray();
        }
    }

    GreedySelection(LayerProblem problem, DcpConfig config, SubProblem fit, Rng random) {
        this.problem = problem;
        this.config = config;
        this.fit = fit;
        this.random = random;
    }

    /// Selects channels; the weight of the layer is then 0 for all others.
    Selection run() {
        Tensor weight = problem.weight();
        Shape shape = weight.shape();
        int channels = shape.dim(2);
        double[] warm = weight.doubles(); // line 1
        weight.assign(Tensor.zerosLike(weight)); // line 2
        boolean[] selected = new boolean[channels];
        List<Integer> order = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        LayerProblem.Slope slope = problem.slope(); // line 4, and the objective of line 2 or 8
        losses.add(slope.loss());
        while (!config.stop().stops(channels, losses)) { // line 3
            int next = choose(slope, selected); // line 5
            double[] before = weight.doubles();
            double[] biasBefore = bias();
            set(weight, channel(before, warm, next, shape)); // line 6
            selected[next] = true;
            order.add(next);
            fit.solve(problem, mask(selected, weight)); // line 7
            LayerProblem.Slope fitted = problem.slope();
            if (config.safeguard() && !(fitted.loss() <= slope.loss())) {
                restore(biasBefore);
                fitted = descend(before, slope, next, warm);
            }
            slope = fitted;
            losses.add(slope.loss()); // line 8
        }
        return new Selection(order, losses);
    }

    private int choose(LayerProblem.Slope slope, boolean[] selected) {
        if (config.criterion() == Criterion.RANDOM) {
            int[] free = new int[selected.length];
            int n = 0;
            for (int k = 0; k < selected.length; k++) {
                if (!selected[k]) {
                    free[n++] = k;
                }
            }
            return free[random.permutation(n)[0]];
        }
        double[] scores = config.norm().scores(slope.gradient(), problem.shape());
        int best = -1;
        for (int k = 0; k < scores.length; k++) { // ties: the smallest number
            if (!selected[k] && (best < 0 || scores[k] > scores[best])) {
                best = k;
            }
        }
        return best;
    }

    /// The weights before the last channel was added, with that channel moved from 0 against its
    /// gradient (towards its old weights if it has none); the step is halved until the objective is
    /// no larger.
    private LayerProblem.Slope descend(
            double[] before, LayerProblem.Slope slope, int channel, double[] warm) {
        Tensor weight = problem.weight();
        Shape shape = problem.shape();
        double score = ScoreNorm.FROBENIUS.scores(slope.gradient(), shape)[channel];
        double[] away = score > 0 ? slope.gradient() : warm;
        double step = score > 0 ? -1 : 1;
        for (int i = 0; i < HALVINGS; i++) {
            double length = step;
            double[] moved = new double[before.length];
            Arrays.setAll(moved, j -> length * away[j]);
            set(weight, channel(before, moved, channel, shape));
            if (problem.loss() <= slope.loss()) {
                LayerProblem.Slope found = problem.slope();
                if (found.loss() <= slope.loss()) {
                    return found;
                }
            }
            step /= 2;
        }
        set(weight, before);
        return slope;
    }

    private double[] bias() {
        Tensor bias = problem.bias();
        return bias == null ? new double[0] : bias.doubles();
    }

    private void restore(double[] bias) {
        Tensor own = problem.bias();
        if (own != null) {
            set(own, bias);
        }
    }

    private static void set(Tensor t, double[] values) {
        t.assign(Tensor.of(values, t.shape().dims()));
    }

    /// `base` with one channel from elsewhere.
    private static double[] channel(double[] base, double[] from, int channel, Shape shape) {
        double[] result = base.clone();
        int filters = shape.dim(3);
        for (int i = 0; i < result.length; i++) {
            if (i / filters % shape.dim(2) == channel) {
                result[i] = from[i];
            }
        }
        return result;
    }

    private static Tensor mask(boolean[] selected, Tensor weight) {
        double[] values = new double[selected.length];
        Arrays.setAll(values, k -> selected[k] ? 1 : 0);
        return Tensor.of(values, 1, 1, values.length, 1).to(weight.backend());
    }
}
