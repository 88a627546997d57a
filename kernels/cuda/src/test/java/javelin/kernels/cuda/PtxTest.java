package javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.DeviceException;
import javelin.kernels.gpu.Device;
import javelin.kernels.gpu.RecordingDevice;
import javelin.kernels.gpu.RecordingDevice.Run;
import javelin.kernels.gpu.Source;

import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The PTX in this artifact is that of the portable sources, and has the kernels that the table of
/// all cases runs. With `-Djavelin.ptx=write` (`make ptx`) it is made again first.
class PtxTest {
    private static final List<Run> RUNS = RecordingDevice.ofAllCases();

    private static final String NO_COMPILER =
            Library.load("JNvPTXCompiler", () -> JNvPTXCompiler.setExceptionsEnabled(false));

    private static final Path RESOURCES =
            Path.of("src/main/resources/javelin/kernels/cuda").toAbsolutePath();

    private static final Pattern PARAMETER =
            Pattern.compile("\\.param (?:\\.align (\\d+) )?\\.([bfu]\\d+) \\w+(?:\\[(\\d+)])?");

    static List<Source> sources() {
        return RUNS.stream().map(Run::source).distinct().toList();
    }

    @BeforeAll
    static void make() throws Exception {
        if (System.getProperty("javelin.ptx", "").equals("write")) {
            for (Source source : sources()) {
                PtxCompiler.write(source, RESOURCES);
            }
        }
    }

    private static String ptx(Source source) throws Exception {
        return Files.readString(RESOURCES.resolve(Ptx.resource(source)));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void isThatOfTheSource(Source source) throws Exception {
        assertThat(ptx(source).lines().findFirst())
                .as("stale PTX of %s; run `make ptx`", source.name())
                .contains(Ptx.firstLine(source));
    }

    @Test
    void nothingElseIsThere() throws Exception {
        Set<String> expected =
                sources().stream()
                        .map(Ptx::resource)
                        .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(f -> RESOURCES.relativize(f).toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// The driver takes addresses of arguments and believes the sizes of the parameters.
    @Test
    void parametersAreThoseOfTheLaunches() throws Exception {
        for (Run run : RUNS.stream().distinct().toList()) {
            assertThat(parameters(ptx(run.source()), run.kernel()))
                    .as("%s of %s", run.kernel(), run.source().name())
                    .isEqualTo(run.arguments().stream().map(PtxTest::bytes).toList());
        }
    }

    private static int bytes(Object argument) {
        return switch (argument) {
            case Device.Memory _, Long _ -> 8;
            case int[] words -> 4 * words.length;
            default -> 4;
        };
    }

    private static List<Integer> parameters(String ptx, String kernel) {
        int begin = ptx.indexOf(".entry " + kernel + "(");
        assertThat(begin).as("entry " + kernel).isNotNegative();
        String text = ptx.substring(begin, ptx.indexOf("{", begin));
        return PARAMETER.matcher(text).results().map(PtxTest::bytes).toList();
    }

    private static int bytes(MatchResult parameter) {
        int one = Integer.parseInt(parameter.group(2).substring(1)) / 8;
        String count = parameter.group(3);
        return count == null ? one : one * Integer.parseInt(count);
    }

    /// NVIDIA's own compiler of PTX, which needs no device.
    @ParameterizedTest
    @MethodSource("sources")
    void compilesToMachineCode(Source source) throws Exception {
        for (String capability : PtxCompiler.CAPABILITIES) {
            assertThat(assemble(ptx(source), capability))
                    .as("%s for %s", source.name(), capability)
                    .isEmpty();
        }
    }

    @Test
    void faultInPtxIsTold() {
        assertThat(assemble(".version 6.3\n.target sm_75\n.address_size 64\nnonsense\n", "75"))
                .contains("error");
    }

    /// What the compiler says against a text, empty for nothing.
    private static String assemble(String ptx, String capability) {
        assumeTrue(NO_COMPILER == null, "no compiler of PTX: " + NO_COMPILER);
        byte[] text = (ptx + "\0").getBytes(StandardCharsets.UTF_8);
        var compiler = new nvPTXCompilerHandle();
        int made = JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length, text);
        assertThat(made).isEqualTo(nvPTXCompileResult.NVPTXCOMPILE_SUCCESS);
        try {
            String[] options = {"--gpu-name=sm_" + capability};
            int code = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
            if (code == nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
                return "";
            }
            long[] size = new long[1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
            byte[] log = new byte[(int) size[0] + 1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
            return nvPTXCompileResult.stringFor(code)
                    + ": "
                    + new String(log, StandardCharsets.UTF_8).strip();
        } finally {
            JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
        }
    }

    /// `make ptx` tries all capabilities; a second per source is enough here.
    @Test
    void sourcesCompileForTheLastCapability() throws Exception {
        assumeTrue(PtxCompiler.isPresent(), "no nvcc and ptxas on the path");
        for (Source source : sources()) {
            assertThat(PtxCompiler.compile(source, PtxCompiler.CAPABILITIES.getLast()))
                    .as(source.name())
                    .contains(".target sm_" + PtxCompiler.CAPABILITIES.getLast());
        }
    }

    @Test
    void sourceWithoutPtxIsTold() {
        assertThatThrownBy(() -> Ptx.of(new Source("other.k", List.of(), "")))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("there is no PTX of other.k");
    }

    @Test
    void ptxOfAnotherTextIsTold() {
        var changed = new Source("optim/optim.k", List.of("optim/optim.k"), "// changed");
        assertThatThrownBy(() -> Ptx.of(changed))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("the PTX of optim/optim.k was made from another source");
    }
}
