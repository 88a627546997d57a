package javelin.algorithms.cli;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.io.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The smallest preset of the experiment, whole.
class DcpCommandTest {
    @TempDir Path folder;

    @Test
    void smokePresetWritesClaimsAndPictures() throws Exception {
        Path out = folder.resolve("out");
        Run run = Run.javelin("run", "dcp", "--preset", "smoke", "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        Map<?, ?> json =
                Json.parseObject(Files.readString(out.resolve("results.json")), "results.json");
        assertThat(json.get("experiment")).isEqualTo("dcp");
        List<?> claims = (List<?>) json.get("claims");
        assertThat(claims.stream().map(c -> String.valueOf(((Map<?, ?>) c).get("id"))))
                .containsExactly(
                        "objective-below-random",
                        "selected-above-random",
                        "trained-above-random",
                        "trained-above-reconstruction",
                        "trained-above-discrimination",
                        "trained-above-magnitude",
                        "trained-above-slimming",
                        "trained-above-scratch",
                        "adaptive-removes-as-much",
                        "half-is-faster");
        Map<?, ?> objective = (Map<?, ?>) claims.getFirst();
        assertThat(objective.get("holds")).isEqualTo(true);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<svg", "Selected channels", "adaptive")
                .doesNotContain("http");
    }

    @Test
    void wrongUseIsOneSentence() {
        Run run = Run.javelin("run", "dcp", "--preset", "tiny");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("unknown preset 'tiny'").hasLineCount(1);
        assertThat(Run.javelin("run", "dcp", "--preset", "smoke", "--seeds", "0").err())
                .contains("--seeds must be from 1 to 100, got 0")
                .hasLineCount(1);
    }
}
