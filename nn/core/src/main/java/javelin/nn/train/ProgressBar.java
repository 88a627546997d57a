package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// One line that says how far a run is: epoch, step, loss, images per second, time left.
///
/// On a terminal the line is redrawn in place; elsewhere (a pipe, a log file) a new line is printed
/// every few seconds. The loss is the mean since the last drawing, the time left is worked out from
/// all steps of this run so far.
public final class ProgressBar implements TrainListener {
    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean terminal;
    private final long every;
    private final LongSupplier clock;
    private @Nullable Run run;
    private long started;
    private long startStep;
    private long drawn;
    private int width;
    private double loss;
    private int losses;
    private long examples;
    private double seconds;

    /// Bar on standard error: redrawn ten times a second on a terminal, else a line every five
    /// seconds.
    public ProgressBar() {
        this(System.err, isTerminal());
    }

    /// Bar on `out`; redrawn in place if it is a `terminal`.
    public ProgressBar(PrintStream out, boolean terminal) {
        this(out, terminal, Duration.ofMillis(terminal ? 100 : 5000), System::nanoTime);
    }

    /// @param clock nanoseconds from any origin
    ProgressBar(PrintStream out, boolean terminal, Duration every, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.every = every.toNanos();
        this.clock = clock;
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    @Override
    public void onStart(Run startedRun) {
        run = startedRun;
        started = clock.getAsLong();
        drawn = started;
        startStep = startedRun.step();
    }

    @Override
    public void onStep(Step step) {
        loss += step.loss();
        losses++;
        examples += step.examples();
        seconds += step.seconds();
        long now = clock.getAsLong();
        if (run != null && now - drawn >= every) {
            draw(line(run, step, now));
            drawn = now;
            loss = 0;
            losses = 0;
            examples = 0;
            seconds = 0;
        }
    }

    private String line(Run of, Step step, long now) {
        long total = of.totalSteps();
        long left = Math.max(0, total - step.step());
        double pace = (now - started) / 1e9 / Math.max(1, step.step() - startStep);
        int full = (int) Math.min(BAR, BAR * step.step() / Math.max(1, total));
        return String.format(
                Locale.ROOT,
                "epoch %d/%d [%s%s] step %d/%d, loss %.4g, %,.0f images/s, %s left",
                step.epoch(),
                of.epochs(),
                "=".repeat(full),
                " ".repeat(BAR - full),
                step.step(),
                total,
                loss / losses,
                seconds > 0 ? examples / seconds : 0,
                time(left * pace));
    }

    /// Hours, minutes and seconds as `1:02:03`, or minutes and seconds as `2:03`.
    static String time(double seconds) {
        long s = Math.round(seconds);
        return s >= 3600
                ? "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60)
                : "%d:%02d".formatted(s / 60, s % 60);
    }

    private void draw(String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void onEpochEnd(Epoch epoch) {
        if (run == null) {
            return;
        }
        var line = new StringBuilder("epoch %d/%d".formatted(epoch.epoch(), run.epochs()));
        String separator = ": ";
        for (var metric : epoch.metrics().entrySet()) {
            line.append(separator)
                    .append(metric.getKey().replace('_', ' '))
                    .append(String.format(Locale.ROOT, " %.4g", metric.getValue()));
            separator = ", ";
        }
        finish(line.toString());
    }

    @Override
    public void onStop(Stop stop) {
        finish(stop.message());
    }

    /// Prints a line that stays, over the one that is redrawn.
    private void finish(String line) {
        if (terminal) {
            draw(line);
            out.println();
            width = 0;
        } else {
            out.println(line);
        }
        out.flush();
    }
}
