package javelin.bench.spi;

import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.bench.Problem;
import javelin.bench.Work;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Reconstruction of lines from 16-bit samples, or of a frame.
///
/// @param kind what a call makes
/// @param size pixels of a line, or rows and columns of a frame
/// @param coefficients lowest frequencies that were measured
/// @param phases phases of each
public record SpiProblem(Kind kind, int size, int coefficients, int phases) implements Problem {
    /// Lines of a call: those of a block of a stream.
    static final int LINES = 256;

    /// What a call makes.
    public enum Kind {
        /// [#LINES] lines.
        LINES,
        /// One frame.
        FRAME
    }

    /// The usual sizes, by name.
    public static Map<String, SpiProblem> all() {
        var all = new LinkedHashMap<String, SpiProblem>();
        for (String name :
                new String[] {
                    "lines/800x20x4",
                    "lines/800x4x4",
                    "lines/256x20x4",
                    "lines/128x20x4",
                    "lines/128x8x4",
                    "lines/128x10x3",
                    "frame/64x102x4",
                    "frame/128x410x4",
                    "frame/256x1638x4",
                    "frame/512x6554x4"
                }) {
            all.put(name, named(name));
        }
        return all;
    }

    /// The problem of a name like `lines/800x20x4`, 800 pixels of 20 coefficients at 4 phases, or
    /// `frame/128x410x4`.
    ///
    /// @throws IllegalArgumentException if the name has another form or the numbers do not fit
    public static SpiProblem named(String name) {
        if (!name.matches("(lines|frame)/[1-9]\\d{0,3}x[1-9]\\d{0,5}x[345]")) {
            throw new IllegalArgumentException(
                    "spi: '%s' is not of the form lines/800x20x4 or frame/128x410x4"
                            .formatted(name));
        }
        String[] parts = name.split("[/x]", -1);
        int size = Integer.parseInt(parts[1]);
        int k = Integer.parseInt(parts[2]);
        Kind kind = name.startsWith("lines") ? Kind.LINES : Kind.FRAME;
        int most = kind == Kind.LINES ? size / 2 + 1 : size * size / 2;
        if (size < 8 || k > most) {
            throw new IllegalArgumentException(
                    "spi: '%s' has no picture; take 8 pixels or more and at most %d coefficients"
                            .formatted(name, most));
        }
        return new SpiProblem(kind, size, k, Integer.parseInt(parts[3]));
    }

    @Override
    public String name() {
        return "%s/%dx%dx%d"
                .formatted(kind.name().toLowerCase(Locale.ROOT), size, coefficients, phases);
    }

    @Override
    public String group() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return name();
    }

    /// Phases combined, coefficients summed to pixels one by one (lines) or by a fast transform
    /// (frame), which is counted like those of suite `fft`.
    @Override
    public Work work() {
        double combined = 4.0 * phases * coefficients;
        double pixels = kind == Kind.LINES ? size : (double) size * size;
        if (kind == Kind.LINES) {
            return new Work(
                    LINES * (combined + 4.0 * coefficients * pixels),
                    LINES * (2.0 * phases * coefficients + 4 * pixels));
        }
        return new Work(
                combined + 2.5 * pixels * Math.log(pixels) / Math.log(2),
                8.0 * phases * coefficients + 4 * pixels);
    }

    @Override
    public String rate(double ms) {
        double calls = 1000 / ms;
        if (kind == Kind.LINES) {
            double lines = LINES * calls;
            return "%,.0f lines/s, %,.0f Msamples/s"
                    .formatted(lines, lines * phases * coefficients / 1e6);
        }
        return "%,.0f frames/s".formatted(calls);
    }

    /// The measurements: lowest frequencies first.
    Schedule schedule() {
        Grid grid = kind == Kind.LINES ? Grid.line(size) : new Grid(size, size);
        SamplingOrder order = kind == Kind.LINES ? SamplingOrder.LOW_1D : SamplingOrder.CIRCULAR;
        return Schedule.of(grid, order.first(grid, coefficients), new Scheme.Steps(phases), false);
    }
}
