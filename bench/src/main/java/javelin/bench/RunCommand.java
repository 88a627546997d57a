package javelin.bench;

import javelin.kernels.cpu.Simd;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/// `javelin bench run`.
@Command(
        name = "run",
        description =
                "Measures our own kernels with JMH: time, work rate, share of what the machine can.")
final class RunCommand implements Callable<Integer> {
    private static final int FORKS = 10;
    private static final List<String> HEAD =
            List.of(
                    "shape",
                    "benchmark",
                    "ms",
                    "spread",
                    "GFLOP/s",
                    "GB/s",
                    "roofline",
                    "B/call",
                    "rate");

    @Mixin private final Selection selection = new Selection();

    @Option(
            names = "--mode",
            paramLabel = "M",
            description = "State of the caches: warm (default), cold-weights, cold-all.")
    private String mode = "warm";

    @Override
    public Integer call() throws IOException, RunnerException {
        Suite suite = selection.suite();
        Mode caches = mode();
        if (caches != Mode.WARM && suite.questions().stream().noneMatch(Suite.Question::hasModes)) {
            throw selection.wrong(
                    "--mode %s has no meaning for suite '%s', whose caches are warm"
                            .formatted(caches, suite));
        }
        var picked = new LinkedHashMap<Suite.Question, List<Problem>>();
        suite.questions().forEach(q -> picked.put(q, selection.pick(suite, q)));
        Roofline roofline =
                Simd.isAvailable()
                        ? Roofline.measure(selection.threads())
                        : Roofline.unknown(selection.threads());
        System.err.println("machine: " + roofline);
        int wanted = picked.values().stream().mapToInt(List::size).sum();
        var progress = new Progress(System.err, wanted);
        List<Row> rows = new ArrayList<>();
        for (var entry : picked.entrySet()) {
            rows.addAll(measure(entry.getKey(), entry.getValue(), caches, progress));
        }
        report(suite, roofline, rows);
        return rows.size() == wanted ? 0 : 1;
    }

    private Mode mode() {
        try {
            return Mode.named(mode);
        } catch (IllegalArgumentException e) {
            throw selection.wrong(String.valueOf(e.getMessage()));
        }
    }

    /// One result.
    ///
    /// @param forks milliseconds per call in each JVM
    /// @param bytes allocated per call, what JMH itself allocates included
    private record Row(
            String benchmark, Problem problem, Mode mode, List<Double> forks, double bytes) {
        double ms() {
            return Statistics.median(forks);
        }
    }

    private List<Row> measure(
            Suite.Question question, List<Problem> problems, Mode caches, Progress progress)
            throws RunnerException {
        String[] names = problems.stream().map(Problem::name).toArray(String[]::new);
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + Pattern.quote(question.benchmark().getName()) + "\\.")
                        .param("shape", names)
                        .forks(selection.forks(FORKS))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(false)
                        .jvmArgsAppend(selection.flags().toArray(String[]::new));
        if (question.hasModes()) {
            options.param("mode", caches.toString());
        }
        if (selection.quick()) {
            options.warmupIterations(5) // less, and the compilers are still at work
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(400));
        }
        Collection<RunResult> results = new Runner(options.build(), progress).run();
        List<Row> rows = new ArrayList<>();
        for (RunResult r : results) {
            BenchmarkParams params = r.getParams();
            List<Double> forks =
                    r.getBenchmarkResults().stream()
                            .map(BenchmarkResult::getPrimaryResult)
                            .map(primary -> primary.getStatistics().getPercentile(50))
                            .toList();
            Problem problem = question.named().apply(params.getParam("shape"));
            rows.add(
                    new Row(
                            question.benchmark().getSimpleName(),
                            problem,
                            question.hasModes() ? caches : Mode.WARM,
                            forks,
                            allocated(r)));
        }
        return rows;
    }

    /// Bytes per call, as [GCProfiler] saw them.
    static double allocated(RunResult measured) {
        Result<?> bytes = measured.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? Double.NaN : bytes.getScore();
    }

    private void report(Suite suite, Roofline roofline, List<Row> rows) throws IOException {
        List<List<String>> cells = new ArrayList<>();
        List<Map<String, @Nullable Object>> fields = new ArrayList<>();
        for (Row r : rows) {
            Work work = r.problem.work();
            double share = roofline.bestMs(work, r.mode) / r.ms();
            fields.add(fields(r, work, share));
            cells.add(
                    List.of(
                            r.problem.description(),
                            r.benchmark.replace("Benchmark", ""),
                            "%.4f".formatted(r.ms()),
                            spread(r.forks),
                            "%.1f".formatted(work.gflops(r.ms())),
                            "%.1f".formatted(work.gigabytes(r.ms())),
                            Double.isNaN(share) ? "-" : "%.0f %%".formatted(100 * share),
                            "%.0f".formatted(r.bytes),
                            r.problem.rate(r.ms()).isEmpty() ? "-" : r.problem.rate(r.ms())));
        }
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("roofline", roofline.fields());
        all.put("rows", fields);
        selection.report(
                suite,
                all,
                HEAD,
                cells,
                List.of(
                        "machine: " + roofline,
                        "ms is the median over JVMs of the median in each",
                        "roofline: the least time by the formula's operations over the time taken;"
                                + " above 100 % where an algorithm needs fewer of them",
                        "B/call: what a call allocates, more until the JIT has compiled it"));
    }

    /// Slowest JVM over the fastest.
    private static String spread(List<Double> forks) {
        if (forks.size() < 2) {
            return "-";
        }
        double most = forks.stream().mapToDouble(d -> d).max().orElse(Double.NaN);
        double least = forks.stream().mapToDouble(d -> d).min().orElse(Double.NaN);
        return "%.2f".formatted(most / least);
    }

    private static Map<String, @Nullable Object> fields(Row r, Work work, double share) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("benchmark", r.benchmark);
        row.put("group", r.problem.group());
        row.put("shape", r.problem.description());
        row.put("mode", r.mode.toString());
        row.put("ms", Statistics.round(r.ms(), 5));
        row.put("forks_ms", r.forks.stream().map(d -> Statistics.round(d, 5)).toList());
        row.put("gflops", Statistics.round(work.gflops(r.ms()), 4));
        row.put("gb_per_s", Statistics.round(work.gigabytes(r.ms()), 4));
        row.put("bytes_per_call", Statistics.round(r.bytes, 4));
        if (!r.problem.rate(r.ms()).isEmpty()) {
            row.put("rate", r.problem.rate(r.ms()));
        }
        row.put("roofline_share", Statistics.round(share, 3));
        return row;
    }
}
