package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Feed;
import javelin.nn.optim.Optimizer;
import javelin.nn.schedule.Schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/// How a [Trainer] trains.
///
/// @param epochs times that all data is seen, at least 1
/// @param optimizer how gradients become steps
/// @param schedule learning rate of each step
/// @param objective what becomes smaller
/// @param clipNorm longest length of all gradients together; 0 for no limit
/// @param averageDecay decay of the moving average of the weights, in `[0, 1)`, with which the
///   network is evaluated and saved for use; 0 for none
public record TrainConfig(
        int epochs,
        Optimizer optimizer,
        Schedule schedule,
        Objective objective,
        double clipNorm,
        double averageDecay) {
    /// Checks the numbers.
    public TrainConfig {
        if (epochs < 1) {
            throw new IllegalArgumentException("train: epochs must be at least 1, got " + epochs);
        }
        if (!(clipNorm >= 0 && clipNorm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "train: clipNorm must be 0 (no limit) or positive, got " + clipNorm);
        }
        if (!(averageDecay >= 0 && averageDecay < 1)) {
            throw new IllegalArgumentException(
                    "train: averageDecay must be in [0, 1), got " + averageDecay);
        }
    }

    /// No clipping, no average.
    public TrainConfig(int epochs, Optimizer optimizer, Schedule schedule, Objective objective) {
        this(epochs, optimizer, schedule, objective, 0, 0);
    }

    /// This with a limit on the length of the gradients.
    public TrainConfig withClipNorm(double limit) {
        return new TrainConfig(epochs, optimizer, schedule, objective, limit, averageDecay);
    }

    /// This with a moving average of the weights.
    public TrainConfig withAverage(double decay) {
        return new TrainConfig(epochs, optimizer, schedule, objective, clipNorm, decay);
    }

    /// The settings that a resumed run must share. The number of epochs is none of them: a run may
    /// be made longer, as long as its schedule stays the same.
    Map<String, String> settings(Module model, Feed train) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("network", Settings.text(model));
        settings.put("data", train.description());
        settings.put("optimizer", Settings.text(optimizer));
        settings.put("schedule", Settings.text(schedule));
        settings.put("objective", Settings.text(objective));
        settings.put("clipNorm", String.valueOf(clipNorm));
        settings.put("averageDecay", String.valueOf(averageDecay));
        return settings;
    }
}
