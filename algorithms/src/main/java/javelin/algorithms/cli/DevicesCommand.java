package javelin.algorithms.cli;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.kernels.gpu.GpuBackend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `javelin devices`: what there is to compute on, what is used, and why not the rest.
@Command(
        name = "devices",
        description = "Says what was found to compute on, what is used, and why not the rest.")
final class DevicesCommand implements Callable<Integer> {
    /// Backends that are optional artifacts; without them a device is found but not used.
    static final List<String> PLANNED = List.of("opencl", "cuda");

    private static final Map<String, List<String>> TRACES =
            Map.of(
                    "opencl",
                    List.of(
                            "/etc/OpenCL/vendors/*.icd",
                            "/usr/lib/libOpenCL.so*",
                            "/usr/lib64/libOpenCL.so*",
                            "/usr/lib/*-linux-gnu/libOpenCL.so*",
                            "/System/Library/Frameworks/OpenCL.framework"),
                    "cuda",
                    List.of(
                            "/dev/nvidia[0-9]*",
                            "/usr/lib64/libcuda.so*",
                            "/usr/lib/*-linux-gnu/libcuda.so*",
                            "/usr/lib/wsl/lib/libcuda.so*"));

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::report);
    }

    private int report() throws IOException {
        Backend used = Backends.current();
        var jvm = new LinkedHashMap<String, @Nullable Object>();
        jvm.put("jdk", Runtime.version().toString());
        jvm.put("vendor", System.getProperty("java.vendor"));
        jvm.put("home", System.getProperty("java.home"));
        jvm.put("max_heap_mb", Runtime.getRuntime().maxMemory() >> 20);
        var cpu = new LinkedHashMap<String, @Nullable Object>();
        cpu.put("processor", Lanes.processor());
        cpu.put("architecture", System.getProperty("os.arch"));
        cpu.put("processors", Runtime.getRuntime().availableProcessors());
        cpu.put("threads", Provenance.threads(used instanceof CpuBackend ? used : Backends.cpu()));
        cpu.put("simd", Simd.isAvailable());
        cpu.put("simd_why_not", Simd.state());
        cpu.put("vector_bits", Lanes.bits());
        cpu.put("fma", Lanes.option("UseFMA"));
        List<Map<String, @Nullable Object>> devices = devices(used);
        print(jvm, cpu, devices);
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("jvm", jvm);
        all.put("cpu", cpu);
        all.put("devices", devices);
        common.writeJson(all);
        return 0;
    }

    private static List<Map<String, @Nullable Object>> devices(Backend used) throws IOException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Backend b : new TreeMap<>(Backends.available()).values()) {
            boolean chosen = b.name().equals(used.name());
            String numbers = "%d-bit numbers".formatted(8 * b.floatType().bytes());
            String note =
                    chosen
                            ? numbers
                                    + (b instanceof GpuBackend
                                            ? ""
                                            : ", %d threads".formatted(Provenance.threads(used)))
                            : "choose it with --device " + b.name();
            String found = b instanceof GpuBackend g ? g.description() : "part of this build";
            rows.add(row(b.name(), found, chosen, note));
        }
        for (String name : PLANNED) {
            if (!Backends.available().containsKey(name)) {
                String whyNot =
                        Backends.absent()
                                .getOrDefault(name, "this build has no " + name + " backend");
                List<String> found = traces(TRACES.getOrDefault(name, List.of()));
                rows.add(
                        row(
                                name,
                                found.isEmpty() ? "nothing found" : String.join(", ", found),
                                false,
                                whyNot));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(
            String name, String found, boolean used, String why) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("name", name);
        row.put("found", found);
        row.put("used", used);
        row.put("note", why);
        return row;
    }

    /// Files that fit patterns; a pattern may have `*` in its last two names.
    private static List<String> traces(List<String> patterns) throws IOException {
        List<String> found = new ArrayList<>();
        for (String pattern : patterns) {
            Path path = Path.of(pattern);
            for (Path folder : fitting(path.getParent())) {
                for (Path hit : fitting(folder.resolve(path.getFileName()))) {
                    found.add(hit.toString());
                }
            }
        }
        return found;
    }

    private static List<Path> fitting(@Nullable Path pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        Path folder = pattern == null ? null : pattern.getParent();
        Path name = pattern == null ? null : pattern.getFileName();
        if (folder == null || name == null) {
            return found;
        }
        if (name.toString().indexOf('*') < 0) {
            if (Files.exists(pattern)) {
                found.add(pattern);
            }
        } else if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> hits = Files.newDirectoryStream(folder, name.toString())) {
                hits.forEach(found::add);
            }
        }
        return found;
    }

    private void print(
            Map<String, @Nullable Object> jvm,
            Map<String, @Nullable Object> cpu,
            List<Map<String, @Nullable Object>> devices) {
        common.print("JDK         %s, %s".formatted(jvm.get("jdk"), jvm.get("vendor")));
        common.print("heap        up to %s MB".formatted(jvm.get("max_heap_mb")));
        common.print(
                "processor   %s, %s processors, %s threads used"
                        .formatted(
                                cpu.get("processor"), cpu.get("processors"), cpu.get("threads")));
        common.print(
                Simd.isAvailable()
                        ? "vectors     %s bits, fused multiply-add %s"
                                .formatted(
                                        cpu.get("vector_bits"),
                                        "true".equals(cpu.get("fma")) ? "yes" : "no")
                        : "vectors     not used: " + Simd.state());
        common.print("");
        List<List<String>> rows = new ArrayList<>();
        for (var d : devices) {
            rows.add(
                    List.of(
                            String.valueOf(d.get("name")),
                            Boolean.TRUE.equals(d.get("used")) ? "used" : "not used",
                            String.valueOf(d.get("found")),
                            String.valueOf(d.get("note"))));
        }
        Table.lines(List.of("device", "state", "found", "note"), rows).forEach(common::print);
    }
}
