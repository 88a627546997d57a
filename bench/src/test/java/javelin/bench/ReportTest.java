package javelin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.bench.peers.Comparison;
import javelin.nn.io.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ReportTest {
    private static Comparison comparison() {
        var comparison = new Comparison();
        comparison.add("3x3s1", "a", 1, Map.of("pytorch", 2.0)); // first JVM
        comparison.add("1x1", "b", 4, Map.of("pytorch", 2.0));
        comparison.add("dgrad", "a", 1, Map.of());
        comparison.add("3x3s1", "a", 3, Map.of("pytorch", 6.6)); // second JVM
        comparison.add("1x1", "b", 4, Map.of("pytorch", 2.0));
        return comparison;
    }

    @Test
    void rowsHaveTheAgreedFields() {
        assertThat(Json.write(comparison().rows()))
                .isEqualTo(
                        "[{\"group\":\"3x3s1\",\"shape\":\"a\",\"ours_ms\":2.0,\"peers\":{\"pytorch\":4.3},\"ratio\":{\"pytorch\":2.1}},"
                                + "{\"group\":\"1x1\",\"shape\":\"b\",\"ours_ms\":4.0,\"peers\":{\"pytorch\":2.0},\"ratio\":{\"pytorch\":0.5}},"
                                + "{\"group\":\"dgrad\",\"shape\":\"a\",\"ours_ms\":1.0,\"peers\":{},\"ratio\":{}}]");
    }

    @Test
    void meansAreOverAllForwardAndEachGroup() {
        assertThat(Json.write(comparison().geometricMeans()))
                .isEqualTo(
                        "{\"all\":{\"pytorch\":1.025},\"forward\":{\"pytorch\":1.025},"
                                + "\"3x3s1\":{\"pytorch\":2.1},\"1x1\":{\"pytorch\":0.5},\"dgrad\":{}}");
    }

    /// Also what happens where no other library is in the build: one sentence, and the run goes on.
    @Test
    void peersWritesTheWholeReport(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("p.json");
        Path page = folder.resolve("p.md");

        Output output =
                run(
                        "peers --suite gemm --shapes 5x6x7 --quick --json %s --md %s"
                                .formatted(json, page));

        assertThat(output.code).as(output.err).isZero();
        Map<String, ?> report = Json.parseObject(Files.readString(json), "p.json");
        assertThat(report)
                .containsKeys(
                        "suite", "threads", "commit", "jdk", "machine", "flags", "rows", "geomean");
        assertThat(report.get("suite")).isEqualTo("gemm");
        assertThat(report.get("threads")).isEqualTo(1L);
        assertThat(Json.write(report.get("rows")))
                .startsWith("[{\"group\":\"odd\",\"shape\":\"5x6x7\",\"ours_ms\":");
        assertThat(Files.readString(page)).contains("# bench gemm", "| 5x6x7 | odd |");
    }

    @Test
    void wrongUsageIsOneSentence() {
        assertThat(run("run --suite nothing").err)
                .isEqualTo(
                        "javelin bench run: unknown suite 'nothing'; choose one of gemm, conv, fft, pool-norm, elementwise, network, train, spi; see 'javelin bench run --help'\n");
        assertThat(run("run --suite gemm --json /tmp/./a --md /tmp/a").err)
                .startsWith("javelin bench run: --json and --md name the same file, /tmp/./a");
        assertThat(run("run --suite gemm --threads 0").code).isEqualTo(2);
        assertThat(run("run --suite gemm --shapes [").code).isEqualTo(2);
        assertThat(run("run --suite gemm --mode hot").err).contains("mode: 'hot' is not known");
        assertThat(run("peers --suite pool-norm").code).isEqualTo(2);
        assertThat(run("run").err).contains("'--suite=S'");
        assertThat(run("").code).isEqualTo(2);
        assertThat(run("peers --help").code).isZero();
    }

    private record Output(int code, String out, String err) {}

    private static Output run(String words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.run(words.isEmpty() ? new String[0] : words.split(" ", -1));
            return new Output(
                    code,
                    said.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
