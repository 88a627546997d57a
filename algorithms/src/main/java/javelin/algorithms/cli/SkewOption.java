package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.instrument.RowSkew;

import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How a line camera's motion is taken back.
final class SkewOption {
    @Option(
            names = "--deskew",
            paramLabel = "D",
            description =
                    "The pulses of a line see different rows of what moves: linear or cubic"
                            + " interpolates the numbers of each pulse over the lines to one time."
                            + " Default: none.")
    private String name = "none";

    RowSkew of(Common common) {
        List<String> names =
                Arrays.stream(RowSkew.values())
                        .map(s -> s.name().toLowerCase(Locale.ROOT))
                        .toList();
        if (!names.contains(name)) {
            throw common.wrong(Suggestion.unknown("deskew", name, names));
        }
        return RowSkew.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
