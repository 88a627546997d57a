package javelin.algorithms.cli;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// Options of every command that computes.
final class Common {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description =
                    "Backend to compute on: cpu (default), reference, opencl, cuda; see 'javelin devices'.")
    private String device = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Number of threads; results do not depend on it. Default: all processors.")
    private @Nullable Integer threads;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results only, no progress.")
    private boolean quiet;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the results as JSON; '-' is standard output.")
    private @Nullable Path json;

    /// Whether only results are wanted.
    boolean quiet() {
        return quiet;
    }

    /// Prints a line of progress, unless `--quiet`.
    void say(String line) {
        if (!quiet) {
            (STANDARD_OUTPUT.equals(json) ? System.err : System.out).println(line);
        }
    }

    /// Prints a line of results; not if standard output is the JSON's.
    void print(String line) {
        if (!STANDARD_OUTPUT.equals(json)) {
            System.out.println(line);
        }
    }

    /// An exception for wrong usage.
    ParameterException wrong(String sentence) {
        if (command == null) {
            throw new IllegalStateException("options are not part of a command");
        }
        return new ParameterException(command.commandLine(), sentence);
    }

    /// Runs `work` on the backend that the options name.
    int compute(Callable<Integer> work) throws Exception {
        if (json != null && !STANDARD_OUTPUT.equals(json)) {
            Outputs.requireWritable(json);
        }
        Backend backend = backend();
        var result =
                new Object() {
                    int code;
                    @Nullable Exception failure;
                };
        Backends.with(
                backend,
                () -> {
                    try {
                        result.code = work.call();
                    } catch (Exception e) {
                        result.failure = e;
                    }
                });
        if (result.failure != null) {
            throw result.failure;
        }
        return result.code;
    }

    private Backend backend() {
        if (threads != null && (threads < 1 || threads > 1024)) {
            throw wrong("--threads must be from 1 to 1024, got " + threads);
        }
        if (device.isEmpty() && threads == null) {
            return Backends.current();
        }
        if (device.isEmpty() || device.equals("cpu")) {
            return threads == null ? Backends.cpu() : new CpuBackend(threads, Simd.isAvailable());
        }
        Backend found = Backends.available().get(device);
        String whyNot = Backends.absent().get(device);
        if (whyNot != null) {
            throw wrong(whyNot);
        }
        if (found == null) {
            var known = new TreeSet<>(Backends.available().keySet());
            throw wrong(
                    DevicesCommand.PLANNED.contains(device)
                            ? "device '%s' is not part of this build; choose one of %s"
                                    .formatted(device, String.join(", ", known))
                            : Suggestion.unknown("device", device, known));
        }
        return found;
    }

    /// Writes the results where `--json` asks for them, if it does.
    void writeJson(Map<String, ? extends @Nullable Object> results) throws IOException {
        if (json == null) {
            return;
        }
        String text = Json.pretty(results);
        if (STANDARD_OUTPUT.equals(json)) {
            System.out.print(text);
        } else {
            Outputs.write(json, text);
        }
    }
}
