package javelin.bench;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What JMH says while it runs, in one line per benchmark and fork.
final class Progress implements OutputFormat {
    private final PrintStream out;
    private final int total;
    private final List<Double> scores = new ArrayList<>();
    private int started;

    /// @param total number of benchmarks, each with its parameters
    Progress(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        started++;
        var words = new StringBuilder();
        for (String key : benchmark.getParamsKeys()) {
            words.append(' ').append(benchmark.getParam(key));
        }
        String name = benchmark.getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
        out.printf("[%d/%d] %s%s: ", started, total, name, words);
        out.flush();
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int number, IterationResult data) {
        if (params.getType() != IterationType.MEASUREMENT) {
            scores.clear();
            return;
        }
        scores.add(data.getPrimaryResult().getScore());
        if (number == params.getCount()) { // of one JVM
            out.printf("%.4g ms ", Statistics.median(scores));
            out.flush();
            scores.clear();
        }
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        out.println();
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int number) {
        // told by iterationResult
    }

    @Override
    public void startRun() {
        // told by the command
    }

    @Override
    public void endRun(Collection<RunResult> result) {
        // told by the command
    }

    @Override
    public void print(String s) {
        println(s);
    }

    /// Only what explains a failure: the rest is JMH's own progress.
    @Override
    public void println(String s) {
        if (s.contains("Exception") || s.contains("Error") || s.startsWith("\tat javelin.")) {
            out.println(s);
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }

    @Override
    public void verbosePrintln(String s) {
        // of no use to a reader
    }

    @Override
    public void write(int b) {
        // output of the forks: see println
    }

    @Override
    public void write(byte[] b) {
        String text = new String(b, java.nio.charset.StandardCharsets.UTF_8);
        text.lines().forEach(this::println);
    }
}
