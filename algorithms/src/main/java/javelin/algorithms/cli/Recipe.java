package javelin.algorithms.cli;

import javelin.nn.optim.Adam;
import javelin.nn.optim.AdamW;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Rmsprop;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.nn.train.Objective;
import javelin.nn.train.TrainConfig;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that the result of a training run depends on, besides data and program.
///
/// @param model name of a network of the zoo
/// @param set name of the data set
/// @param limit number of training images that are used, of each class alike; 0 for all
/// @param size rows and columns that pictures of a folder are scaled and cut to; 0 for as they are
/// @param epochs times that all data is seen
/// @param batch images per step
/// @param optimizer one of [#OPTIMIZERS]
/// @param rate highest learning rate
/// @param schedule one of [#SCHEDULES]
/// @param augment whether training images are shifted, and mirrored where that makes sense
/// @param decay weight decay, of weights only
/// @param smoothing part of each label that is spread over all classes
/// @param clip longest gradient; 0 for no limit
/// @param average decay of the moving average of the weights; 0 for none
/// @param seed of initial weights, order and augmentation
/// @param device name of the backend; other devices round in other ways
record Recipe(
        String model,
        String set,
        int limit,
        int size,
        int epochs,
        int batch,
        String optimizer,
        double rate,
        String schedule,
        boolean augment,
        double decay,
        double smoothing,
        double clip,
        double average,
        long seed,
        String device) {
    static final List<String> OPTIMIZERS = List.of("sgd", "adam", "adamw", "rmsprop");
    static final List<String> SCHEDULES = List.of("one-cycle", "cosine", "step", "constant");

    /// Values for a set that give a good result without further thought.
    ///
    /// Photographs: one cycle of SGD with Nesterov momentum from 0.1, weight decay 5e-4, shifts and
    /// mirror images (Smith and Topin, Super-convergence, 2018, with the batch cut to 64 because
    /// sets here are small and steps are what they lack). Digits need fewer epochs.
    static Recipe defaults(String model, String set, long seed, String device) {
        boolean digits = set.equals("mnist") || set.equals("drawn");
        return new Recipe(
                model,
                set,
                0,
                0,
                digits ? 6 : 30,
                64,
                "sgd",
                0.1,
                "one-cycle",
                true,
                5e-4,
                0,
                0,
                0,
                seed,
                device);
    }

    /// How the trainer is to train.
    ///
    /// @param stepsPerEpoch batches of an epoch
    TrainConfig config(int stepsPerEpoch) {
        return new TrainConfig(
                epochs,
                rule(),
                rates((long) epochs * stepsPerEpoch),
                Objective.classification(smoothing),
                clip,
                average);
    }

    private Optimizer rule() {
        var shrink = Optimizer.Decay.matrices(decay);
        return switch (optimizer) {
            case "sgd" -> new Sgd(0.9, true, shrink);
            case "adam" -> new Adam(shrink);
            case "adamw" -> new AdamW(shrink);
            case "rmsprop" -> new Rmsprop(shrink);
            default -> throw new IllegalArgumentException(optimizer);
        };
    }

    private Schedule rates(long steps) {
        return switch (schedule) {
            case "one-cycle" -> new Schedule.OneCycle(rate, steps);
            case "cosine" -> {
                long rise = Math.max(1, steps / 20);
                yield new Schedule.WarmUp(
                        rise, 0.05, new Schedule.Cosine(rate, 0, Math.max(1, steps - rise)));
            }
            case "step" -> new Schedule.Step(rate, Math.max(1, Math.ceilDiv(steps, 3)), 0.1);
            case "constant" -> new Schedule.Constant(rate);
            default -> throw new IllegalArgumentException(schedule);
        };
    }

    /// By the names of the options, for files.
    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("model", model);
        json.put("set", set);
        json.put("limit", limit);
        json.put("size", size);
        json.put("epochs", epochs);
        json.put("batch", batch);
        json.put("optimizer", optimizer);
        json.put("lr", rate);
        json.put("schedule", schedule);
        json.put("augment", augment);
        json.put("weight-decay", decay);
        json.put("label-smoothing", smoothing);
        json.put("clip", clip);
        json.put("ema", average);
        json.put("seed", seed);
        json.put("device", device);
        return json;
    }

    /// From what [#toJson] gave.
    ///
    /// @throws IllegalArgumentException if something is missing or of another kind
    static Recipe fromJson(Map<String, @Nullable Object> json) {
        try {
            return new Recipe(
                    text(json, "model"),
                    text(json, "set"),
                    number(json, "limit").intValue(),
                    number(json, "size").intValue(),
                    number(json, "epochs").intValue(),
                    number(json, "batch").intValue(),
                    text(json, "optimizer"),
                    number(json, "lr").doubleValue(),
                    text(json, "schedule"),
                    Boolean.TRUE.equals(json.get("augment")),
                    number(json, "weight-decay").doubleValue(),
                    number(json, "label-smoothing").doubleValue(),
                    number(json, "clip").doubleValue(),
                    number(json, "ema").doubleValue(),
                    number(json, "seed").longValue(),
                    text(json, "device"));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "settings.json of the run is damaged (%s)".formatted(e.getMessage()), e);
        }
    }

    private static String text(Map<String, @Nullable Object> json, String key) {
        return (String) java.util.Objects.requireNonNull(json.get(key), key + " is missing");
    }

    private static Number number(Map<String, @Nullable Object> json, String key) {
        return (Number) java.util.Objects.requireNonNull(json.get(key), key + " is missing");
    }
}
