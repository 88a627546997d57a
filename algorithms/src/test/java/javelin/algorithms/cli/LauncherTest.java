package javelin.algorithms.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The launcher itself, where it has built its classes before; this test does not build.
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir Path folder;

    @BeforeAll
    static void launcherIsBuilt() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assumeTrue(
                Files.exists(ROOT.resolve("algorithms/target/quick/javelin.stamp")),
                "./javelin has not built its classes");
    }

    private Run launch(List<String> environment, String... args) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of("/bin/bash"));
        command.add(ROOT.resolve("javelin").toString());
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("JAVELIN_BUILD", "no");
        for (String e : environment) {
            builder.environment()
                    .put(e.substring(0, e.indexOf('=')), e.substring(e.indexOf('=') + 1));
        }
        int code = builder.start().waitFor();
        return new Run(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void runsFromAnyFolderWithoutNoise() throws Exception {
        Run run = launch(List.of(), "--version");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("javelin ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void exitCodeAndErrorsPassThrough() throws Exception {
        Run run = launch(List.of(), "nonsense");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("javelin: unknown command 'nonsense'").hasLineCount(1);
    }

    @Test
    void aFolderThatIsNoJdkIsRefused() throws Exception {
        Run run = launch(List.of("JAVELIN_JAVA=" + folder), "--version");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not a JDK 25 or later").hasLineCount(1);
    }
}
