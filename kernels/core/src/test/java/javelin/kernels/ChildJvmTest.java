package javelin.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The case table in JVMs started in other ways: without the vector module, with narrow vectors,
/// and under the eyes of the JIT. They run on the class path; this JVM runs on the module path.
@Execution(ExecutionMode.CONCURRENT)
class ChildJvmTest {
    private record Result(int status, String output) {}

    @Test
    void runsPlainLoopsOnAClassPathWithoutTheVectorModule() {
        Result child = run(List.of(), "check");
        assertThat(child.output()).contains("0 failures, simd off");
        assertThat(child.output().split("plain loops instead of SIMD", -1)).hasSize(2);
        assertThat(child.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"128", "256"})
    void computesWithNarrowVectors(String bits) {
        Result child =
                run(
                        List.of("--add-modules", "jdk.incubator.vector", "-Djavelin.simd=" + bits),
                        "check");
        assertThat(child.output()).contains("0 failures, simd on");
        assertThat(child.status()).isZero();
    }

    /// A method that C1 gives up on stays slow for ever; thresholds are lowered so that everything
    /// is compiled soon.
    @Test
    void everyMethodIsCompiled() {
        Result child =
                run(
                        List.of(
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-XX:+PrintCompilation",
                                "-XX:CompileThresholdScaling=0.05"),
                        "exercise",
                        "4");
        // the compiler's lines may cut through others, so the status tells of success
        assertThat(child.status()).isZero();
        assertThat(child.output().lines().filter(ChildJvmTest::isSkipped)).isEmpty();
    }

    /// What the JIT inlines depends on when it compiles, so on a busy machine a case may make
    /// vectors into objects in one JVM and not in the next: it has failed if it does in two.
    @Test
    void boundKernelsAllocateNothing() {
        List<String> flags = List.of("--add-modules", "jdk.incubator.vector");
        Result child = run(flags, BoundAllocation.class);
        List<String> failed = child.output().lines().filter(l -> l.startsWith("FAILED ")).toList();
        if (!failed.isEmpty()) {
            String[] names =
                    failed.stream()
                            .map(l -> l.substring("FAILED ".length(), l.lastIndexOf(": ")))
                            .distinct()
                            .toArray(String[]::new);
            assertThat(names).as("cases that allocated in one JVM").hasSizeLessThan(5);
            child = run(flags, BoundAllocation.class, names);
        }
        assertThat(child.output()).contains(" 0 failures").doesNotContain("FAILED");
        assertThat(child.status()).isZero();
    }

    /// Whether the compiler gave a method up. After classes were loaded meanwhile it tries again.
    private static boolean isSkipped(String line) {
        return line.contains("COMPILE SKIPPED") && !line.contains("concurrent class loading");
    }

    private static Result run(List<String> flags, String... arguments) {
        return run(flags, RunCases.class, arguments);
    }

    private static Result run(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-ea");
        command.addAll(flags);
        command.add("-cp");
        command.add(
                root(Kernel.class) + System.getProperty("path.separator") + root(RunCases.class));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(child.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Folder or archive on which the class path finds `c`.
    private static Path root(Class<?> c) {
        String file = c.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(c.getResource(c.getSimpleName() + ".class"));
        try {
            String text = url.toURI().toString();
            String root = text.substring(0, text.length() - file.length());
            return Path.of(
                    URI.create(
                            root.startsWith("jar:")
                                    ? root.substring("jar:".length(), root.lastIndexOf('!'))
                                    : root));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
