package javelin.nn.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a file so that it is either complete or not there.
///
/// The content goes to a temporary name in the same folder, is forced to the disk and then takes
/// the final name in one step. If anything fails on the way (disk full, a broken writer, a killed
/// process) a file that had the name before keeps its content. All outputs are written this way.
public final class AtomicFile {
    private AtomicFile() {}

    /// What is to be written.
    @FunctionalInterface
    public interface Content {
        /// Writes the whole content; need not flush or close.
        void to(OutputStream out) throws IOException;
    }

    /// Writes `content` under the name `file`, replacing what was there.
    ///
    /// The folder must exist. A symbolic link is followed. What is not a regular file
    /// (`/dev/stdout`) is written to directly.
    ///
    /// @throws IOException if it cannot be written; the message is one sentence and says that the
    ///   file is as it was
    public static void write(Path file, Content content) throws IOException {
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "is a folder, expected a file");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                content.to(out);
            } catch (IOException e) {
                throw failure(file, "", e);
            }
            return;
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(
                    file.toString(), null, "cannot be written, its folder does not exist");
        }
        Path draft = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.to(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    draft,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(
                    file,
                    Files.exists(target)
                            ? "; the file of that name is unchanged"
                            : "; no file was left behind",
                    e);
        } finally {
            Files.deleteIfExists(draft); // gone already after the move
        }
        forceFolder(folder);
    }

    /// As [#write(Path, Content)].
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /// As [#write(Path, Content)], in UTF-8.
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static IOException failure(Path file, String consequence, IOException cause) {
        String reason =
                cause instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : cause.getMessage();
        var failure =
                new FileSystemException(
                        file.toString(),
                        null,
                        "could not be written (" + reason + ")" + consequence);
        failure.initCause(cause);
        return failure;
    }

    /// Makes the new name itself durable, where the system lets a folder be forced.
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows does not open folders; the content itself is on the disk already
        }
    }
}
