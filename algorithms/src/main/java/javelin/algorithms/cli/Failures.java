package javelin.algorithms.cli;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;

/// Exceptions in one sentence.
final class Failures {
    private Failures() {}

    /// What went wrong, for a user. An exception that nobody foresaw is called an internal error.
    static String sentence(Throwable e) {
        return switch (e) {
            case UncheckedIOException u when u.getCause() != null -> sentence(u.getCause());
            case ExecutionException x when x.getCause() != null -> sentence(x.getCause());
            case NoSuchFileException f when f.getReason() == null -> f.getFile() + ": no such file";
            case AccessDeniedException f when f.getReason() == null ->
                    f.getFile() + ": access denied";
            case FileAlreadyExistsException f when f.getReason() == null ->
                    f.getFile() + ": is a file, a folder is needed here";
            case NotDirectoryException f -> f.getFile() + ": is not a folder";
            case FileSystemException f -> clean(f.getMessage(), f);
            case java.io.IOException f -> clean(f.getMessage(), f);
            case IllegalArgumentException f -> clean(f.getMessage(), f);
            case IllegalStateException f -> clean(f.getMessage(), f);
            case OutOfMemoryError _ ->
                    "out of memory (the heap may grow to %,d MB); use a smaller batch, or more memory with JAVELIN_OPTS=-Xmx…"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20);
            default ->
                    "internal error: %s; run again with --debug and report it"
                            .formatted(clean(e.toString(), e));
        };
    }

    private static String clean(@Nullable String message, Throwable e) {
        return (message == null ? e.getClass().getSimpleName() : message)
                .replaceAll("\\R\\s*", " ");
    }

    /// The sentence with a small first letter, unless it begins with an abbreviation or a name.
    static String lowerCase(String sentence) {
        boolean word =
                sentence.length() > 1
                        && Character.isUpperCase(sentence.charAt(0))
                        && Character.isLowerCase(sentence.charAt(1));
        return word ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }
}
