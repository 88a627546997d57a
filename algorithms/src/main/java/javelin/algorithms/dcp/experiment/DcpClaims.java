package javelin.algorithms.dcp.experiment;

import javelin.algorithms.dcp.Criterion;
import javelin.algorithms.dcp.experiment.DcpExperiment.Results;
import javelin.algorithms.dcp.experiment.DcpExperiment.Speed;
import javelin.algorithms.dcp.experiment.DcpExperiment.Trial;
import javelin.algorithms.report.Claim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What the experiment claims, and the rules.
public final class DcpClaims {
    private static final double SPEED_UP = 1.6;

    private DcpClaims() {}

    /// Mean over seeds, and half of its 95 % interval.
    ///
    /// @param mean of the values
    /// @param error half of the interval, by the normal distribution; null for one value
    public record Mean(double mean, @Nullable Double error) {
        /// Of some values.
        public static Mean of(List<Double> values) {
            double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
            if (values.size() < 2) {
                return new Mean(mean, null);
            }
            double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            double variance = squares / (values.size() - 1);
            return new Mean(mean, 1.96 * Math.sqrt(variance / values.size()));
        }
    }

    /// All claims.
    public static List<Claim> of(Results r) {
        List<Claim> claims = new ArrayList<>();
        claims.add(
                better(
                        "objective-below-random",
                        "channels chosen by gradients fit the objective better than random ones",
                        r,
                        Criterion.RANDOM,
                        t -> -t.objective()));
        claims.add(
                better(
                        "selected-above-random",
                        "before any further training, DCP is at least as accurate as random channels",
                        r,
                        Criterion.RANDOM,
                        t -> t.selected().accuracy()));
        for (Criterion opponent : Criterion.values()) {
            if (opponent != Criterion.DCP) {
                String name = opponent.name().toLowerCase(Locale.ROOT);
                claims.add(
                        better(
                                "trained-above-" + name,
                                "after equal training, DCP is at least as accurate as " + name,
                                r,
                                opponent,
                                t -> t.trained().accuracy()));
            }
        }
        claims.add(adaptive(r));
        claims.add(faster(r.speeds()));
        return claims;
    }

    /// By how much DCP is above another method, seed by seed.
    private static Claim better(
            String id,
            String statement,
            Results r,
            Criterion opponent,
            ToDoubleFunction<Trial> value) {
        List<Trial> ours = r.of(Criterion.DCP);
        List<Trial> theirs = r.of(opponent);
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            differences.add(value.applyAsDouble(ours.get(i)) - value.applyAsDouble(theirs.get(i)));
        }
        Mean mean = Mean.of(differences);
        var values = new LinkedHashMap<String, Double>();
        values.put("difference", mean.mean());
        values.put("dcp", Mean.of(ours.stream().map(value::applyAsDouble).toList()).mean());
        values.put("other", Mean.of(theirs.stream().map(value::applyAsDouble).toList()).mean());
        values.put("seeds", (double) ours.size());
        return Claim.atLeast(id, statement, "difference", 0, values, mean.error());
    }

    /// Fewer parameters count only where the accuracy is as high.
    private static Claim adaptive(Results r) {
        double fixed = Mean.of(accuracies(r.of(Criterion.DCP))).mean();
        double own = Mean.of(accuracies(r.adaptive())).mean();
        double parameters = mean(r.adaptive(), t -> (double) t.parameters());
        double ratio = parameters / mean(r.of(Criterion.DCP), t -> (double) t.parameters());
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(
                "parameters over those at the fixed rate, if as accurate",
                own >= fixed ? ratio : Double.NaN);
        values.put("parameters over those at the fixed rate", ratio);
        values.put("accuracy", own);
        values.put("accuracy at the fixed rate", fixed);
        return Claim.atMost(
                "adaptive-removes-as-much",
                "adaptive stopping removes at least as much as the fixed rate at equal accuracy",
                "parameters over those at the fixed rate, if as accurate",
                1,
                values,
                null);
    }

    private static List<Double> accuracies(List<Trial> trials) {
        return trials.stream().map(t -> t.trained().accuracy()).toList();
    }

    private static double mean(List<Trial> trials, ToDoubleFunction<Trial> value) {
        return trials.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static Claim faster(List<Speed> speeds) {
        var values = new LinkedHashMap<String, Double>();
        double least = speeds.isEmpty() ? Double.NaN : Double.POSITIVE_INFINITY;
        for (Speed s : speeds) {
            values.put("%s, batch %d".formatted(s.network(), s.batch()), s.latency().speedUp());
            least = Math.min(least, s.latency().speedUp());
        }
        values.put("least", least);
        return Claim.atLeast(
                "half-is-faster",
                "networks without half of their channels are measured at least 1.6 times as fast",
                "least",
                SPEED_UP,
                values,
                null);
    }
}
