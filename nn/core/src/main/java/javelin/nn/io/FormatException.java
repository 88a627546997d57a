package javelin.nn.io;

import java.io.IOException;
import java.io.Serial;

/// A file that is not what it should be: cut short, damaged, of another kind, or of another size
/// than its neighbours.
///
/// The message is one sentence, `file: what is wrong at which place; what was expected`.
public final class FormatException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private final String source;

    /// @param source the file, or `archive!entry`
    /// @param problem what is wrong, at which place, and what was expected
    public FormatException(String source, String problem) {
        super(source + ": " + problem);
        this.source = source;
    }

    /// As above, with the failure that brought it to light.
    public FormatException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
        this.source = source;
    }

    /// The file, or `archive!entry`.
    public String source() {
        return source;
    }
}
