package javelin.nn.train;

import java.io.Serial;

/// Training met a number that is not finite. The message is one sentence that says where it arose
/// first and where the state before that step was saved.
public final class NotFiniteException extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1;

    private final long step;
    private final String where;

    /// @param step number of the step, from 1
    /// @param where place of the first such number, in words
    /// @param saved where the state before the step is, in words; may be empty
    public NotFiniteException(long step, String where, String saved) {
        super(
                "training: step %d met a number that is not finite, first in %s%s"
                        .formatted(step, where, saved.isEmpty() ? "" : "; " + saved));
        this.step = step;
        this.where = where;
    }

    /// Number of the step, from 1.
    public long step() {
        return step;
    }

    /// Place of the first such number, in words.
    public String where() {
        return where;
    }
}
