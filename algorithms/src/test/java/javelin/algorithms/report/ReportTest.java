package javelin.algorithms.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ReportTest {
    @TempDir Path folder;

    @Test
    void textsAreEscaped() {
        String page =
                new Report("a <b> & \"c\"")
                        .section("<script>")
                        .text("1 < 2")
                        .table(List.of("x<y"), List.of(List.of("'q'")))
                        .toString();
        assertThat(page)
                .contains(
                        "<title>a &lt;b&gt; &amp; &quot;c&quot;</title>", "1 &lt; 2", "&#39;q&#39;")
                .doesNotContain("<script>", "x<y");
    }

    @Test
    void pageStandsAlone() throws Exception {
        Path file = folder.resolve("report.html");
        new Report("r")
                .pictures(
                        List.of(new Report.Shown(new byte[] {1, 2, 3}, 56, "one", Report.Mood.BAD)))
                .figure(
                        new LineChart(
                                        "step",
                                        "loss",
                                        false,
                                        List.of(LineChart.Curve.of("train", 3, 2, 1)))
                                .svg(),
                        "Loss.")
                .write(file);
        assertThat(Files.readString(file))
                .contains("data:image/png;base64,AQID", "<svg", "</html>")
                .doesNotContain("http:", "https:", "<link", "<script");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Report("r").table(List.of("a", "b"), List.of(List.of("1"))))
                .hasMessage("report: a row has 1 cells, the head of its table has 2");
    }
}
