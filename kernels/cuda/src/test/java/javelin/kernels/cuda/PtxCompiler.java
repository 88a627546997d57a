package javelin.kernels.cuda;

import javelin.kernels.gpu.Source;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Makes PTX of sources with NVIDIA's compiler, where it is on the path.
final class PtxCompiler {
    /// Compute capabilities that the sources must compile for; the PTX is that of the first, which
    /// drivers compile for all later ones.
    static final List<String> CAPABILITIES = List.of("75", "80", "90");

    /// Versions of PTX, oldest first; 6.3 is the first that knows compute capability 7.5.
    private static final List<String> VERSIONS =
            List.of("6.3", "6.4", "6.5", "7.0", "7.1", "7.4", "7.8", "8.0", "8.5", "9.0");

    private static final Pattern VERSION = Pattern.compile("(?m)^\\.version .*$");

    private PtxCompiler() {}

    /// True if `nvcc` and `ptxas` are on the path.
    static boolean isPresent() {
        return isOnPath("nvcc") && isOnPath("ptxas");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// PTX of a source for a compute capability, as the compiler writes it. A warning is an error.
    static String compile(Source source, String capability) throws Exception {
        Path folder = Files.createTempDirectory("javelin-ptx");
        Path cuda = folder.resolve("source.cu");
        Path ptx = folder.resolve("source.ptx");
        try {
            Files.writeString(cuda, Ptx.cuda(source));
            // no contraction, so that results are those of the other backends
            List<String> command =
                    List.of(
                            "nvcc",
                            "-ptx",
                            "-arch=compute_" + capability,
                            "-fmad=false",
                            "-Werror",
                            "all-warnings",
                            "-o",
                            ptx.toString(),
                            cuda.toString());
            run(command, source.name());
            return Files.readString(ptx);
        } finally {
            deleteAll(List.of(cuda, ptx, folder));
        }
    }

    /// The same PTX under the oldest version that has all it uses: drivers refuse versions that are
    /// newer than they are, and the compiler writes its own.
    static String lowered(String ptx, String name) throws Exception {
        Path folder = Files.createTempDirectory("javelin-ptx");
        Path file = folder.resolve("lowered.ptx");
        List<String> refusals = new ArrayList<>();
        try {
            for (String version : VERSIONS) {
                String lowered = VERSION.matcher(ptx).replaceFirst(".version " + version);
                Files.writeString(file, lowered);
                try {
                    run(
                            List.of(
                                    "ptxas",
                                    "-arch=sm_" + CAPABILITIES.getFirst(),
                                    "-o",
                                    "/dev/null",
                                    file.toString()),
                            name);
                    return lowered;
                } catch (IllegalStateException e) {
                    refusals.add(e.getMessage());
                }
            }
        } finally {
            deleteAll(List.of(file, folder));
        }
        throw new IllegalStateException(String.join("\n", refusals));
    }

    /// Writes the PTX of a source where the resources of this module lie.
    static void write(Source source, Path resources) throws Exception {
        for (String capability : CAPABILITIES.subList(1, CAPABILITIES.size())) {
            compile(source, capability);
        }
        String ptx = lowered(compile(source, CAPABILITIES.getFirst()), source.name());
        Path file = resources.resolve(Ptx.resource(source));
        Files.createDirectories(file.getParent());
        Files.writeString(file, Ptx.firstLine(source) + "\n" + ptx);
    }

    private static void run(List<String> command, String what) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "ptx: %s: %s%n%s".formatted(what, String.join(" ", command), said));
        }
    }

    private static void deleteAll(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
