package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scheme;

import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Options that say what a single-pixel camera measures.
final class SpiOptions {
    @Option(
            names = "--mode",
            paramLabel = "M",
            description =
                    "line: the object moves past a line (default); frame: a pattern over all of it.")
    private String mode = "line";

    @Option(
            names = "--ratio",
            paramLabel = "R",
            description = "Measurements per pixel. Default: 0.1.")
    private double ratio = 0.1;

    @Option(
            names = "--steps",
            paramLabel = "S",
            description =
                    "Phases of each frequency: 3, 4, …, or 3-step-90, 2-step-base, complementary."
                            + " Default: 4.")
    private String steps = "4";

    @Option(
            names = "--order",
            paramLabel = "O",
            description =
                    "Frequencies of a frame: circular (default), square, diamond, zigzag, spiral.")
    private String order = "circular";

    boolean line(Common common) {
        if (!List.of("line", "frame").contains(mode)) {
            throw common.wrong(Suggestion.unknown("mode", mode, List.of("line", "frame")));
        }
        return mode.equals("line");
    }

    double ratio(Common common) {
        if (!(ratio > 0 && ratio <= 4)) {
            throw common.wrong("--ratio must be above 0 and at most 4, got " + ratio);
        }
        return ratio;
    }

    Scheme scheme(Common common) {
        try {
            return Scheme.named(steps.matches("\\d+") ? steps + "-step" : steps);
        } catch (IllegalArgumentException e) {
            throw common.wrong("--steps: " + e.getMessage());
        }
    }

    SamplingOrder order(Common common) {
        List<String> names =
                Arrays.stream(SamplingOrder.values())
                        .filter(o -> o != SamplingOrder.LOW_1D)
                        .map(o -> o.name().toLowerCase(Locale.ROOT))
                        .toList();
        if (!names.contains(order)) {
            throw common.wrong(Suggestion.unknown("order", order, names));
        }
        return SamplingOrder.valueOf(order.toUpperCase(Locale.ROOT));
    }

    String description() {
        return "%s, ratio %s, %s steps".formatted(mode, ratio, steps)
                + (mode.equals("frame") ? ", " + order : "");
    }
}
