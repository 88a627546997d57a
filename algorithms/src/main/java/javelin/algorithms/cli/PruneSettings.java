package javelin.algorithms.cli;

import javelin.algorithms.dcp.Criterion;
import javelin.algorithms.dcp.DcpConfig;
import javelin.algorithms.dcp.FineTuning;
import javelin.algorithms.dcp.PruningRate;
import javelin.algorithms.dcp.ScoreNorm;
import javelin.algorithms.dcp.StopRule;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Everything that the result of `javelin prune` depends on, besides model, data and program.
///
/// @param method how channels are chosen
/// @param variant order of work
/// @param rate part of channels that goes; `adaptive` if the objective decides
/// @param epsilon when an adaptive selection stops
/// @param roundTo numbers of channels are multiples of this
/// @param losses number of additional losses; −1 for as many as the network has room for
/// @param lambda weight of the discrimination-aware loss
/// @param stageEpochs epochs of training before each selection
/// @param samples images that channels are selected with
/// @param fit passes over them per added channel
/// @param finetune epochs of training after the last selection
/// @param learningRate of that training; stages begin with the same
/// @param batch images per step
/// @param limit training images; 0 for all
/// @param seed of everything random
record PruneSettings(
        Criterion method,
        DcpConfig.Variant variant,
        String rate,
        double epsilon,
        int roundTo,
        int losses,
        double lambda,
        int stageEpochs,
        int samples,
        int fit,
        int finetune,
        double learningRate,
        int batch,
        int limit,
        long seed) {
    static final String ADAPTIVE = "adaptive";

    /// The same with another rate.
    PruneSettings withRate(String r) {
        return new PruneSettings(
                method,
                variant,
                r,
                epsilon,
                roundTo,
                losses,
                lambda,
                stageEpochs,
                samples,
                fit,
                finetune,
                learningRate,
                batch,
                limit,
                seed);
    }

    /// @param blocks blocks of the network, which limit the number of additional losses
    /// @throws IllegalArgumentException if the rate is no number above 0 and below 1
    DcpConfig config(int blocks) {
        StopRule stop =
                rate.equals(ADAPTIVE)
                        ? new StopRule.Adaptive(epsilon, 1)
                        : new StopRule.Budget(PruningRate.of(rate).roundedTo(roundTo));
        int places = losses >= 0 ? losses : Math.max(0, Math.min(3, blocks / 4));
        return new DcpConfig(
                variant,
                method,
                places,
                lambda,
                stop,
                ScoreNorm.FROBENIUS,
                DcpConfig.Reference.REFRESHED,
                new DcpConfig.Stage(stageEpochs, learningRate),
                new DcpConfig.Sub(fit, 0.01, 1e-4, 10),
                true,
                seed);
    }

    FineTuning fineTuning() {
        return new FineTuning(finetune, learningRate, batch, seed);
    }

    /// By the names of the options, for files.
    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("method", name(method));
        json.put("variant", name(variant));
        json.put("rate", rate);
        json.put("epsilon", epsilon);
        json.put("round-to", roundTo);
        json.put("losses", losses);
        json.put("lambda", lambda);
        json.put("stage-epochs", stageEpochs);
        json.put("samples", samples);
        json.put("fit", fit);
        json.put("finetune", finetune);
        json.put("lr", learningRate);
        json.put("batch", batch);
        json.put("limit", limit);
        json.put("seed", seed);
        return json;
    }

    /// A constant as it is spelled on the command line.
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
