package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.FrequencyOrder;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.SparseOrders;
import javelin.nn.data.Filter;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.tensor.Rng;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Options that say what a single-pixel camera measures.
final class SpiOptions {
    private static final List<String> SPARSE = List.of("variable-density", "radial", "importance");

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
                    "Frequencies of a frame, the lowest by circular (default), square, diamond,"
                            + " zigzag or spiral; radial: on spokes; variable-density: at random,"
                            + " fewer the higher they are; importance: the strongest of"
                            + " --examples. A line has its lowest.")
    private String order = "circular";

    @Option(
            names = "--examples",
            paramLabel = "IMAGE",
            arity = "1",
            description = "Picture like those expected, for --order importance; may be repeated.")
    private List<Path> examples = List.of();

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

    /// The order of the frequencies.
    ///
    /// @param seed of those at random
    /// @throws IOException if an example cannot be read
    FrequencyOrder order(Common common, long seed) throws IOException {
        List<String> names =
                Stream.concat(
                                Arrays.stream(SamplingOrder.values())
                                        .filter(o -> o != SamplingOrder.LOW_1D)
                                        .map(o -> o.name().toLowerCase(Locale.ROOT)),
                                SPARSE.stream())
                        .toList();
        if (!names.contains(order)) {
            throw common.wrong(Suggestion.unknown("order", order, names));
        }
        if (line(common) && !order.equals("circular")) {
            throw common.wrong("--order %s is for --mode frame".formatted(order));
        }
        if (order.equals("importance") == examples.isEmpty()) {
            throw common.wrong("--order importance and --examples need each other");
        }
        return switch (order) {
            case "variable-density" -> (grid, k) -> dense(grid, k, seed);
            case "radial" -> (grid, k) -> SparseOrders.radial(grid, spokes(grid, k)).subList(0, k);
            case "importance" -> {
                List<Picture> all = new ArrayList<>();
                for (Path example : examples) {
                    all.add(Images.read(example).grey());
                }
                yield (grid, k) ->
                        SparseOrders.importance(
                                        grid, all.stream().map(p -> pixels(p, grid)).toList())
                                .subList(0, k);
            }
            default -> SamplingOrder.valueOf(order.toUpperCase(Locale.ROOT));
        };
    }

    /// Half the radius that the lowest frequencies would have is full, the rest falls beyond it.
    private static List<Frequency> dense(Grid grid, int k, long seed) {
        double radius = Math.max(1, Math.sqrt(2 * k / Math.PI));
        return SparseOrders.variableDensity(grid, radius / 2, radius, 2.5, Rng.seed(seed))
                .subList(0, k);
    }

    /// So many that their frequencies are those asked for.
    private static int spokes(Grid grid, int k) {
        return Math.max(1, Math.round(2f * k / Math.max(grid.nx(), grid.ny())));
    }

    private static double[] pixels(Picture p, Grid grid) {
        float[] x =
                Images.resize(
                        p.floats(), p.height(), p.width(), 1, grid.ny(), grid.nx(), Filter.BOX);
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i]);
        return y;
    }

    String description() {
        return "%s, ratio %s, %s steps".formatted(mode, ratio, steps)
                + (mode.equals("frame") ? ", " + order : "");
    }
}
