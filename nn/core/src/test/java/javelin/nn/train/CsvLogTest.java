package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class CsvLogTest {
    @TempDir Path folder;

    private List<String> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    @Test
    void writesARowPerStepAndPerEpoch() throws IOException {
        new FakeRun(0).play(new CsvLog(folder), 20);
        assertThat(rows("steps.csv"))
                .hasSize(21)
                .startsWith("step,epoch,loss,rate,gradient_norm,seconds", "1,1,1.0,0.1,2.5,0.25");
        assertThat(rows("epochs.csv"))
                .containsExactly(
                        "step,epoch,loss,validation_loss,validation_accuracy",
                        "10,1,1.0,0.3333333333333333,0.0",
                        "20,2,0.5,0.16666666666666666,0.5");
    }

    @Test
    void aResumedRunLeavesTheTablesOfAnUninterruptedOne() throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        new FakeRun(0).play(new CsvLog(whole), 30);
        new FakeRun(0).play(new CsvLog(folder), 17); // its last checkpoint was at step 13
        new FakeRun(13).play(new CsvLog(folder), 30);
        for (String name : List.of("steps.csv", "epochs.csv")) {
            assertThat(folder.resolve(name)).hasSameTextualContentAs(whole.resolve(name));
        }
    }

    @Test
    void aHalfWrittenRowIsDropped() throws IOException {
        new FakeRun(0).play(new CsvLog(folder), 5);
        Path steps = folder.resolve("steps.csv");
        String text = Files.readString(steps);
        Files.writeString(steps, text.substring(0, text.length() - 4));
        new FakeRun(5).play(new CsvLog(folder), 6);
        assertThat(rows("steps.csv")).hasSize(1 + 5).last().asString().startsWith("6,");
    }

    @Test
    void otherColumnsAreNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("epochs.csv"), "step,epoch,loss,f1\n10,1,0.5,0.1\n");
        assertThatThrownBy(() -> new CsvLog(folder).onStart(new FakeRun(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("csv: cannot write")
                .hasMessageContaining("move it away");
        assertThat(rows("epochs.csv")).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        assertThatThrownBy(() -> new CsvLog(file.resolve("log")).onStart(new FakeRun(0)))
                .hasMessageContaining("csv: cannot write")
                .hasMessageContaining("taken");
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        Path link = Files.createSymbolicLink(folder.resolve("steps.csv"), full);
        assertThatThrownBy(() -> new CsvLog(folder).onStart(new FakeRun(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
        Files.delete(link);
    }
}
