package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Where and when a run writes checkpoints.
///
/// | file | when |
/// |---|---|
/// | `last.safetensors` | after each epoch, every `everySteps` steps, and when the run ends |
/// | `best.safetensors` | after an epoch whose `best` metric beats all before |
/// | `notfinite.safetensors` | the state before a step that met a number that is not finite |
///
/// @param folder folder of the files, made if need be; null writes none
/// @param everySteps steps between two checkpoints within an epoch; 0 for none
/// @param best metric of the best checkpoint; null writes none
public record Saving(@Nullable Path folder, long everySteps, @Nullable Monitor best) {
    /// Checks the number.
    public Saving {
        if (everySteps < 0) {
            throw new IllegalArgumentException(
                    "saving: steps between checkpoints must not be negative, got " + everySteps);
        }
    }

    /// No checkpoints.
    public static Saving none() {
        return new Saving(null, 0, null);
    }

    /// A checkpoint after each epoch.
    public static Saving in(Path folder) {
        return new Saving(folder, 0, null);
    }

    /// This, and the checkpoint that is best by a metric.
    public Saving withBest(Monitor monitor) {
        return new Saving(folder, everySteps, monitor);
    }

    /// This, and checkpoints within epochs.
    public Saving withEverySteps(long steps) {
        return new Saving(folder, steps, best);
    }

    @Nullable Path last() {
        return folder == null ? null : folder.resolve("last.safetensors");
    }
}
