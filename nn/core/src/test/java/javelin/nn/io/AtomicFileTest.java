package javelin.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class AtomicFileTest {
    @TempDir Path folder;

    @Test
    void writesAndReplaces() throws Exception {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "one");
        assertThat(file).hasContent("one");
        AtomicFile.write(file, "two");
        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void fullDiskLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "good");
        assertThatThrownBy(() -> AtomicFile.write(file, FullDisk.after(100_000, new byte[200_000])))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + ": could not be written (No space left on device); the file of that name is unchanged");
        assertThat(file).hasContent("good");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void fullDiskLeavesNothing() throws Exception {
        Path file = folder.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, FullDisk.after(10, new byte[20])))
                .hasMessageEndingWith("(No space left on device); no file was left behind");
        assertThat(names()).isEmpty();
    }

    @Test
    void brokenWriterLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "good");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out -> {
                                    out.write(1);
                                    throw new IllegalStateException("stop");
                                }))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("good");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void deviceThatIsFullSaysSo() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: no /dev/full on this system");
        assertThatThrownBy(() -> AtomicFile.write(full, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/dev/full: could not be written (");
        assertThat(Files.exists(full)).isTrue();
    }

    @Test
    void followsLinks() throws Exception {
        Path file = folder.resolve("a.txt");
        Path link = folder.resolve("link");
        AtomicFile.write(file, "one");
        Files.createSymbolicLink(link, file);
        AtomicFile.write(link, "two");
        assertThat(file).hasContent("two");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void refusesFoldersAndMissingFolders() {
        assertThatThrownBy(() -> AtomicFile.write(folder, "x")).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/a.txt"), "x"))
                .hasMessageContaining("its folder does not exist");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
