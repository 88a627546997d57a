package javelin.algorithms.fourierspi.cytometry;

import javelin.algorithms.fourierspi.LineReconstruction;

import java.util.Objects;

/// Cuts events out of a stream of samples: the total light of each line runs the trigger, and only
/// lines of events, some more on both sides, and now and then an empty one for the background are
/// reconstructed. Events whose margins meet are one, so that no cell is found twice.
///
/// Not thread-safe; allocates nothing once it has run for a while.
public final class EventFinder {
    /// How events are cut out.
    ///
    /// @param trigger when an event begins and ends
    /// @param margin lines before and after an event, 0 or more
    /// @param depth empty lines that the background is the median of
    /// @param every one of how many empty lines is remembered for it
    public record Config(Trigger.Config trigger, int margin, int depth, int every) {
        /// Checks the ranges.
        public Config {
            Checks.atLeast("event finder", "margin", margin, 0);
            Checks.atLeast("event finder", "depth", depth, 1);
            Checks.atLeast("event finder", "every", every, 1);
        }

        /// Two lines of margin, a background of 31 lines, each of them one of 16.
        ///
        /// @param leastNoise least standard deviation of the light that the trigger assumes
        public static Config of(double leastNoise) {
            return new Config(Trigger.Config.of(leastNoise), 2, 31, 16);
        }
    }

    /// Where events go.
    public interface Sink {
        /// An event to fill.
        CellEvent free();

        /// Takes the event of [#free()], filled.
        void found(CellEvent event);
    }

    private final Config config;
    private final LineReconstruction plan;
    private final double step;
    private final Trigger trigger;
    private final Background background;
    private final int samples;
    private final short[] history; // the last lines as they came
    private final int most; // lines of the longest event with its margins
    private final float[] line;
    private long base; // number of the first line of the history
    private int held; // lines of the history
    private long empty; // lines without an event
    private long begin; // of the event that waits for its margin
    private long end; // 0 if none waits
    private long events;

    /// A finder at the start of a stream.
    ///
    /// @param plan reconstruction, used by this finder alone
    /// @param step value of one step of the converter
    public EventFinder(Config config, LineReconstruction plan, double step) {
        Checks.positive("event finder", "step", step);
        this.config = config;
        this.plan = plan;
        this.step = step;
        trigger = new Trigger(config.trigger);
        background = new Background(plan.pixels(), config.depth);
        samples = plan.samples();
        most = 2 * config.trigger.maximum() + 2 * config.margin;
        history = new short[Math.multiplyExact(Math.multiplyExact(4, most), samples)];
        line = new float[plan.pixels()];
    }

    /// Takes the next lines.
    ///
    /// @param codes samples `[count, samples]` from `at` on
    public void lines(short[] codes, int at, int count, Sink sink) {
        Objects.checkFromIndexSize(at, Math.multiplyExact(count, samples), codes.length);
        for (int i = 0; i < count; i++) {
            line(codes, at + i * samples, sink);
        }
    }

    private void line(short[] codes, int at, Sink sink) {
        if (held == 4 * most) {
            System.arraycopy(history, 3 * most * samples, history, 0, most * samples);
            base += 3L * most;
            held = most;
        }
        System.arraycopy(codes, at, history, held * samples, samples);
        long now = base + held++;
        Trigger.Signal signal = trigger.push(plan.light(codes, at, step));
        if (signal == Trigger.Signal.END) {
            close(sink);
        } else if (!trigger.inEvent()) {
            if (empty++ % config.every == 0) {
                plan.run(codes, at, step, 1, line, 0);
                background.add(line, 0);
            }
            if (end != 0 && now >= end + 2L * config.margin) { // none can begin in its margin
                emit(sink);
            }
        }
    }

    /// Joins the event that has ended to the one that waits, or lets it wait.
    private void close(Sink sink) {
        boolean near = end != 0 && trigger.begin() - end <= 2L * config.margin;
        if (near && trigger.end() - begin <= most - 2L * config.margin) {
            end = trigger.end();
            return;
        }
        if (end != 0) {
            emit(sink);
        }
        begin = trigger.begin();
        end = trigger.end();
    }

    /// Ends the stream: the events that wait are cut out.
    public void finish(Sink sink) {
        if (trigger.finish() == Trigger.Signal.END) {
            close(sink);
        }
        if (end != 0) {
            emit(sink);
        }
    }

    private void emit(Sink sink) {
        long from = Math.max(base, begin - config.margin);
        int rows = (int) (Math.min(base + held, end + config.margin) - from);
        end = 0;
        CellEvent event = sink.free();
        event.start(from, rows);
        plan.run(history, (int) (from - base) * samples, step, rows, event.lines(), 0);
        System.arraycopy(background.median(), 0, event.background(), 0, plan.pixels());
        events++;
        sink.found(event);
    }

    /// Number of events so far.
    public long events() {
        return events;
    }
}
