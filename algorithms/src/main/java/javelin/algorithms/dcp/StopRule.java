package javelin.algorithms.dcp;

import java.util.List;

/// When enough channels of a layer are selected.
public sealed interface StopRule {
    /// Whether the selection ends.
    ///
    /// @param channels channels of the layer
    /// @param losses objective before the first selected channel and after each
    boolean stops(int channels, List<Double> losses);

    /// After `κ = c − ⌊η·c⌋` channels.
    ///
    /// @param rate part that goes, `η`
    record Budget(PruningRate rate) implements StopRule {
        @Override
        public boolean stops(int channels, List<Double> losses) {
            return losses.size() - 1 >= rate.kept(channels);
        }
    }

    /// When a further channel hardly helps: `|L(t−1) − L(t)| / L(0) ≤ ε`, Eq. (10). The channel
    /// with which it first holds stays.
    ///
    /// @param epsilon `ε`, above 0; the paper uses 0.001 for VGGNet
    /// @param patience how many channels in turn must hardly help, at least 1
    record Adaptive(double epsilon, int patience) implements StopRule {
        /// Checks the ranges.
        public Adaptive {
            if (!(epsilon > 0 && epsilon < 1) || patience < 1) {
                throw new IllegalArgumentException(
                        "dcp: epsilon must be above 0 and below 1 and patience at least 1, got %s and %d"
                                .formatted(epsilon, patience));
            }
        }

        @Override
        public boolean stops(int channels, List<Double> losses) {
            int t = losses.size() - 1;
            double first = losses.getFirst();
            if (t >= channels || (t >= 1 && first <= Double.MIN_NORMAL)) {
                return true;
            }
            if (t < patience) {
                return false;
            }
            for (int i = t - patience + 1; i <= t; i++) {
                if (Math.abs(losses.get(i - 1) - losses.get(i)) / first > epsilon) {
                    return false;
                }
            }
            return true;
        }
    }
}
