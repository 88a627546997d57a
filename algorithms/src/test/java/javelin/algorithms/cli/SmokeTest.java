package javelin.algorithms.cli;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.data.DataSets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One of everything, in a minute or less.
class SmokeTest {
    @TempDir Path folder;

    @Test
    void tourOnFewDrawnDigits() throws Exception {
        Sets sets = Sets.of(DataSets.drawn(256, 50, 100, 1), 0);
        List<String> lines = new ArrayList<>();
        var demo = new Demo(new Demo.Preset("test", 256, 1, 32, 4), 1, folder, true, lines::add);
        var json = demo.run(sets);
        assertThat(json)
                .containsEntry("data", "drawn")
                .containsEntry("reload_equal", true)
                .containsEntry("pictures_equal", true)
                .containsKeys("accuracy", "seconds");
        assertThat((Double) json.get("accuracy")).isBetween(0.0, 1.0);
        assertThat(lines).anyMatch(l -> l.contains("bit-equal"));
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("the program drew itself", "data:image/png", "<svg")
                .doesNotContain("http");
        assertThat(folder.resolve("pictures/digit-00.png")).exists();
        assertThat(folder.resolve("results.json")).exists();
    }
}
