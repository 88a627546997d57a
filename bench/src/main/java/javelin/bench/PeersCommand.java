package javelin.bench;

import javelin.bench.peers.Comparison;
import javelin.bench.peers.Fork;
import javelin.bench.peers.Peer;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `javelin bench peers`.
@Command(
        name = "peers",
        description = {
            "Measures ours and other libraries in turns in the same JVM, after comparing results.",
            "Suites: gemm (OpenBLAS, MKL, oneDNN), conv (PyTorch, oneDNN), fft (FFTW, JTransforms),"
                    + " network and train (PyTorch). Ratios are their time over ours: more than 1 is faster than them."
        })
final class PeersCommand implements Callable<Integer> {
    private static final int FORKS = 5;
    private static final String ROW = "row ";

    /// What is printed by the JVM and by libraries at each start or each call, and tells nothing.
    private static final List<String> NOISE =
            List.of(
                    "WARNING: Using incubator modules",
                    "Warning: Versions of org.bytedeco:",
                    "Could not initialize NNPACK");

    /// Variables that keep a library from the best code it has for this processor: a comparison
    /// with less than that would prove nothing.
    private static final List<String> LIMITS =
            List.of(
                    "OPENBLAS_CORETYPE",
                    "OPENBLAS_L2_SIZE",
                    "MKL_ENABLE_INSTRUCTIONS",
                    "ONEDNN_MAX_CPU_ISA",
                    "DNNL_MAX_CPU_ISA",
                    "ATEN_CPU_CAPABILITY");

    @Mixin private final Selection selection = new Selection();

    private int done;

    @Override
    public Integer call() throws IOException {
        Suite suite = selection.suite();
        if (suite == Suite.POOL_NORM || suite == Suite.ELEMENTWISE || suite == Suite.SPI) {
            throw selection.wrong(
                    "no other library knows suite '%s'; choose one of gemm, conv, fft, network, train"
                            .formatted(suite));
        }
        String shapes = selection.shapes().isEmpty() ? usual(suite) : selection.shapes();
        int problems = 0;
        for (Suite.Question q : suite.questions()) {
            problems += selection.pick(suite, q, shapes).size();
        }
        if (ServiceLoader.load(Peer.class).stream().findAny().isEmpty()) {
            System.err.println(
                    "peers: this build has no other library; './javelin bench peers' builds with"
                            + " them, Maven with -Ppeers");
        }
        var comparison = new Comparison();
        int forks = selection.forks(FORKS);
        boolean good = true;
        for (int f = 1; f <= forks; f++) {
            done = 0;
            String label = "JVM %d/%d".formatted(f, forks);
            good &= fork(suite, shapes, label, problems, comparison);
        }
        if (comparison.isEmpty()) {
            throw new IOException("peers: no problem was measured; see the lines above");
        }
        report(suite, comparison);
        if (comparison.peers().isEmpty()) {
            System.err.println("peers: no other library took part; see the lines above");
        }
        return good ? 0 : 1;
    }

    /// Without `--shapes`: the networks of our goals, and in a quick run one image only.
    private String usual(Suite suite) {
        return switch (suite) {
            case CONV -> "^(resnet50|vgg16|mobilenetv2)/" + (selection.quick() ? ".*@1$" : "");
            case FFT ->
                    selection.quick() ? "^(complex|real)/(\\d{2,4}|65536|262144)$|@|256x256" : "";
            case GEMM -> selection.quick() ? "^(?!4096x4096x4096|2048)" : "";
            default -> "";
        };
    }

    private boolean fork(
            Suite suite, String shapes, String label, int problems, Comparison comparison)
            throws IOException {
        Process process = start(suite, shapes);
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ROW)) {
                    add(line.substring(ROW.length()), label, problems, comparison);
                }
            }
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("peers: interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private Process start(Suite suite, String shapes) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(selection.flags());
        command.add("-Dorg.bytedeco.javacpp.maxBytes=0"); // no limit besides that of the machine
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Fork.class.getName());
        command.add(suite.toString());
        command.add(String.valueOf(selection.threads()));
        command.add(shapes);
        command.add(selection.quick() ? "quick" : "full");
        var builder = new ProcessBuilder(command);
        for (String library : List.of("OMP", "MKL", "OPENBLAS")) {
            builder.environment().put(library + "_NUM_THREADS", "" + selection.threads());
        }
        builder.environment().put("KMP_BLOCKTIME", "1"); // ms until idle threads sleep
        builder.environment().keySet().removeAll(LIMITS);
        Process process = builder.start();
        Thread.ofPlatform()
                .daemon()
                .start(() ->
                        process.errorReader()
                                .lines()
                                .filter(l -> NOISE.stream().noneMatch(l::contains))
                                .forEach(System.err::println));
        return process;
    }

    private void add(String line, String label, int problems, Comparison comparison)
            throws IOException {
        if (!(Json.parse(line, "result") instanceof Map<?, ?> row)
                || !(row.get("peers") instanceof Map<?, ?> peers)
                || !(row.get("ours_ms") instanceof Number ours)) {
            throw new IOException("peers: a JVM printed a result of another form: " + line);
        }
        var others = new LinkedHashMap<String, Double>();
        var text = new StringBuilder();
        peers.forEach((name, ms) -> {
            others.put(String.valueOf(name), ((Number) ms).doubleValue());
            text.append(", %s %.4g".formatted(name, ((Number) ms).doubleValue()));
        });
        String shape = String.valueOf(row.get("shape"));
        String group = String.valueOf(row.get("group"));
        comparison.add(group, shape, ours.doubleValue(), others);
        done++;
        System.err.printf(
                "%s [%d/%d] %s %s: ours %.4g ms%s%n",
                label, done, problems, group, shape, ours.doubleValue(), text);
    }

    private void report(Suite suite, Comparison comparison) throws IOException {
        List<String> peers = comparison.peers();
        List<String> head = new ArrayList<>(List.of("shape", "group", "ours ms"));
        peers.forEach(p -> head.add(p + " ms"));
        peers.forEach(p -> head.add("ratio to " + p));
        List<List<String>> cells = new ArrayList<>();
        for (Map<String, @Nullable Object> row : comparison.rows()) {
            List<String> line = new ArrayList<>();
            line.add(String.valueOf(row.get("shape")));
            line.add(String.valueOf(row.get("group")));
            line.add(String.valueOf(row.get("ours_ms")));
            peers.forEach(p -> line.add(entry(row.get("peers"), p)));
            peers.forEach(p -> line.add(entry(row.get("ratio"), p)));
            cells.add(line);
        }
        Map<String, @Nullable Object> means = comparison.geometricMeans();
        List<String> notes = new ArrayList<>();
        if (!peers.isEmpty()) {
            notes.add("ratio: time of the library over ours; geometric means follow");
            means.forEach((group, mean) -> notes.add(group + ": " + words(mean)));
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("rows", comparison.rows());
        fields.put("geomean", means);
        selection.report(suite, fields, head, cells, notes);
    }

    private static String words(@Nullable Object mean) {
        return mean instanceof Map<?, ?> byPeer
                ? byPeer.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "))
                : String.valueOf(mean);
    }

    private static String entry(@Nullable Object map, String key) {
        Object value = map instanceof Map<?, ?> m ? m.get(key) : null;
        return value == null ? "-" : String.valueOf(value);
    }
}
