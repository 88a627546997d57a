package javelin.nn.train;

import javelin.nn.Module;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of a run that must be the same when it is resumed, as texts by name.
final class Settings {
    private static final int SHOWN = 80;

    private Settings() {}

    /// Text of a setting: a record prints its parameters; a lambda has no text that lasts, so all
    /// of them are `custom`.
    static String text(@Nullable Object setting) {
        if (setting == null) {
            return "none";
        }
        Class<?> type = setting.getClass();
        return type.isHidden() || type.isAnonymousClass() ? "custom" : setting.toString();
    }

    /// Kind of a network and a hash of the names, types and shapes of its state.
    static String text(Module model) {
        var text = new StringBuilder();
        model.state()
                .forEach((name, t) ->
                        text.append(name).append(t.type()).append(t.shape()).append('\n'));
        return "%s with %d parameters (%s)"
                .formatted(
                        model.getClass().getSimpleName(),
                        model.parameterCount(),
                        hash(text.toString()).substring(0, 12));
    }

    /// SHA-256 of a text in hexadecimal.
    static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Checks that a checkpoint was made with these settings.
    ///
    /// @throws IllegalArgumentException if not; one sentence that names the first difference
    static void check(Path file, Map<String, String> saved, Map<String, String> wanted) {
        var all = new LinkedHashMap<>(wanted);
        saved.forEach(all::putIfAbsent);
        for (String key : all.keySet()) {
            String then = saved.getOrDefault(key, "none");
            String now = wanted.getOrDefault(key, "none");
            if (!then.equals(now)) {
                throw new IllegalArgumentException(
                        "resume: %s was made with %s %s, but this run has %s; use the same settings or start a new run"
                                .formatted(file, key, differing(then, now), differing(now, then)));
            }
        }
    }

    /// A long text from a little before it differs from another, cut at [#SHOWN] letters.
    private static String differing(String text, String other) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int same = 0;
        while (same < Math.min(text.length(), other.length())
                && text.charAt(same) == other.charAt(same)) {
            same++;
        }
        int from = Math.max(0, text.lastIndexOf(' ', same) + 1);
        int to = Math.min(text.length(), from + SHOWN);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }
}
