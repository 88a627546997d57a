package javelin.algorithms.fourierspi.cytometry;

/// Finds cells in the total light of each line alone, before anything is reconstructed.
///
/// The background is the median of the last lines without a cell, its noise their median absolute
/// deviation: both follow a drift and neither is moved by a few lines of a cell. A line opens an
/// event when it is `on` standard deviations darker than the background and closes it when it is
/// less than `off` darker. Events shorter than `minimum` are forgotten; those that reach `maximum`
/// are closed, and what follows is taken for background, so that a step of the light does not block
/// the trigger.
///
/// Costs the logarithm of the window and a short copy per line; allocates nothing. Not thread-safe.
public final class Trigger {
    /// What a line has told.
    public enum Signal {
        /// Nothing new.
        NONE,
        /// An event has lasted its minimum: it began at [Trigger#begin()].
        BEGIN,
        /// The event is over: it was `begin() ≤ line < end()`.
        END
    }

    /// When a trigger opens and closes.
    ///
    /// @param window lines of background that are remembered, odd, at least 3
    /// @param on standard deviations below the background that open an event
    /// @param off those that keep it open, at most `on`
    /// @param minimum lines of the shortest event, at least 1
    /// @param maximum lines of the longest event, above `minimum`
    /// @param leastNoise least standard deviation of the background, in units of the light; without
    ///   noise anything would be an event
    public record Config(
            int window, double on, double off, int minimum, int maximum, double leastNoise) {
        /// Checks the ranges.
        public Config {
            Checks.atLeast("trigger", "window", window, 3);
            if (window % 2 == 0) {
                throw new IllegalArgumentException(
                        "trigger: window must be odd, found " + window + "; take one more");
            }
            Checks.positive("trigger", "on", on);
            Checks.range("trigger", "off", off, 0, on);
            Checks.atLeast("trigger", "minimum", minimum, 1);
            Checks.atLeast("trigger", "maximum", maximum, minimum + 1);
            Checks.positive("trigger", "leastNoise", leastNoise);
        }

        /// 255 lines of background, 5 and 2.5 standard deviations, 2 to 400 lines.
        ///
        /// @param leastNoise least standard deviation of the background
        public static Config of(double leastNoise) {
            return new Config(255, 5, 2.5, 2, 400, leastNoise);
        }
    }

    /// Standard deviation of a normal distribution over its median absolute deviation.
    private static final double PER_DEVIATION = 1.4826;

    private final Config config;
    private final float[] order; // the window as it came, a ring
    private final float[] sorted; // the same, ascending
    private int filled;
    private int oldest;
    private long line;
    private long begin;
    private long end;
    private int length; // lines of the open event; 0 if none
    private boolean blocked; // after an event of full length
    private double background;
    private double noise;

    /// A trigger that has seen nothing: the first eighth of a window (3 lines at least) only tells
    /// the background.
    public Trigger(Config config) {
        this.config = config;
        order = new float[config.window];
        sorted = new float[config.window];
    }

    /// Takes the next line.
    ///
    /// @param light total transmission of the line, any unit
    /// @throws IllegalArgumentException if it is not finite
    public Signal push(float light) {
        if (!Float.isFinite(light)) {
            throw new IllegalArgumentException(
                    "trigger: light of line " + line + " must be finite, found " + light);
        }
        long now = line++;
        if (filled < Math.max(3, config.window / 8)) {
            remember(light);
            return Signal.NONE;
        }
        double depth = (background - light) / noise;
        if (blocked) {
            blocked = depth >= config.off;
            remember(light);
            return Signal.NONE;
        }
        if (length == 0 ? depth < config.on : depth < config.off) {
            boolean told = length >= config.minimum;
            if (told) {
                end = now;
            }
            length = 0;
            remember(light);
            return told ? Signal.END : Signal.NONE;
        }
        return grow(now);
    }

    private Signal grow(long now) {
        length++;
        if (length == 1) {
            begin = now;
        }
        if (length == config.maximum) {
            end = now + 1;
            length = 0;
            blocked = true;
            return Signal.END;
        }
        return length == config.minimum ? Signal.BEGIN : Signal.NONE;
    }

    /// Ends the stream: [Signal#END] if an event was open.
    public Signal finish() {
        boolean open = length >= config.minimum;
        if (open) {
            end = line;
        }
        length = 0;
        return open ? Signal.END : Signal.NONE;
    }

    /// First line of the newest event.
    public long begin() {
        return begin;
    }

    /// Line after the newest event that has ended.
    public long end() {
        return end;
    }

    /// Whether the last line belongs to an event, told or still too short.
    public boolean inEvent() {
        return length > 0;
    }

    /// Median of the light of empty lines.
    public double background() {
        return background;
    }

    /// Robust standard deviation of the light of empty lines.
    public double noise() {
        return noise;
    }

    private void remember(float light) {
        if (filled == order.length) {
            int gone = find(order[oldest]);
            int to = find(light);
            // everything between the place that falls free and the one that is needed moves by one
            if (to > gone) {
                System.arraycopy(sorted, gone + 1, sorted, gone, --to - gone);
            } else {
                System.arraycopy(sorted, to, sorted, to + 1, gone - to);
            }
            sorted[to] = light;
        } else {
            int to = find(light);
            System.arraycopy(sorted, to, sorted, to + 1, filled - to);
            sorted[to] = light;
            filled++;
        }
        order[oldest] = light;
        oldest = oldest + 1 == order.length ? 0 : oldest + 1;
        int middle = (filled - 1) / 2;
        background = sorted[middle];
        noise = Math.max(config.leastNoise, PER_DEVIATION * deviation(sorted, filled));
    }

    /// First place whose value is not below `x`.
    private int find(float x) {
        int low = 0;
        int high = filled;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Median absolute deviation from the (lower) median of the first `n` ascending values: the
    /// radius around the median within which `(n+1)/2` of them lie. Those are neighbours, so a
    /// bisection finds where they start.
    static double deviation(float[] ascending, int n) {
        int middle = (n - 1) / 2;
        int count = (n + 1) / 2;
        float median = ascending[middle];
        int low = Math.max(0, middle - count + 1);
        int high = Math.min(middle, n - count);
        while (low < high) {
            int start = (low + high) >>> 1;
            // one place further right is better while the value that is lost is farther
            if (median - ascending[start] > ascending[start + count] - median) {
                low = start + 1;
            } else {
                high = start;
            }
        }
        return Math.max(median - ascending[low], ascending[low + count - 1] - median);
    }
}
