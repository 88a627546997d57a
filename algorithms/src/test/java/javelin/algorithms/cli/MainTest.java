package javelin.algorithms.cli;

import static javelin.algorithms.cli.Run.javelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backends;
import javelin.nn.io.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

class MainTest {
    @TempDir Path folder;

    @Test
    void helpIsOnEveryLevel() {
        for (String command : new String[] {"", "devices"}) {
            Run run = command.isEmpty() ? javelin("--help") : javelin(command, "--help");
            assertThat(run.code()).as(command).isZero();
            assertThat(run.out()).as(command).contains("Usage: javelin " + command);
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void versionNamesProgramAndJava() {
        assertThat(javelin("--version").out()).startsWith("javelin ").contains("Java 2");
    }

    @Test
    void unknownCommandIsWrongUsageWithSuggestionAndList() {
        Run run = javelin("devises");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("javelin: unknown command 'devises' (did you mean 'devices'?)")
                .contains("choose one of ", "see 'javelin --help'")
                .hasLineCount(1);
    }

    @Test
    void unknownOptionIsWrongUsageWithSuggestion() {
        Run run = javelin("devices", "--thread", "2");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "javelin devices: unknown option '--thread' (did you mean '--threads'?)")
                .hasLineCount(1);
    }

    @Test
    void missingCommandIsWrongUsage() {
        assertThat(javelin().code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "x", "5000"})
    void threadsMustBeASensibleNumber(String threads) {
        Run run = javelin("devices", "--threads", threads);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--threads").hasLineCount(1);
    }

    @Test
    void deviceWithoutDriverSaysSo() {
        assumeTrue(Backends.absent().containsKey("cuda"), "there is a CUDA device");
        Run run = javelin("devices", "--device", "cuda");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("cuda: ", "choose another backend").hasLineCount(1);
    }

    @Test
    void unknownDeviceIsWrongUsage() {
        assertThat(javelin("devices", "--device", "cpi").err())
                .contains("unknown device 'cpi' (did you mean 'cpu'?)");
    }

    @Test
    void devicesSaysWhatIsUsed() throws Exception {
        Path json = folder.resolve("devices.json");
        Run run = javelin("devices", "--threads", "3", "--json", json.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("3 threads", "opencl", "cuda")
                .doesNotContain("this build has no");
        var all = Json.parseObject(Files.readString(json), "devices.json");
        assertThat(all).containsKeys("jvm", "cpu", "devices");
    }

    @Test
    void jsonInAMissingFolderIsToldAtOnce() {
        Run run = javelin("devices", "--json", folder.resolve("no/x.json").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("its folder does not exist").hasLineCount(1);
    }
}
