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
class FourierSpiCommandTest {
    @TempDir Path folder;

    @Test
    void smokePresetWritesClaimsAndPictures() throws Exception {
        Path out = folder.resolve("out");
        Run run = Run.javelin("run", "fourier-spi", "--preset", "smoke", "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        Map<?, ?> json =
                Json.parseObject(Files.readString(out.resolve("results.json")), "results.json");
        assertThat(json.get("experiment")).isEqualTo("fourier-spi");
        assertThat(json.get("preset")).isEqualTo("smoke");
        List<?> claims = (List<?>) json.get("claims");
        assertThat(claims.stream().map(c -> String.valueOf(((Map<?, ?>) c).get("id"))))
                .containsExactly("qr-tenth", "qr-fiftieth", "speed", "stream", "cells");
        Map<?, ?> fiftieth = (Map<?, ?>) claims.get(1);
        assertThat(fiftieth.get("holds")).isEqualTo(true);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("data:image/png", "no QR code is read from a fiftieth")
                .doesNotContain("http");
    }
}
