package javelin.bench;

import javelin.bench.conv.ConvForwardBenchmark;
import javelin.bench.conv.ConvInputBenchmark;
import javelin.bench.conv.ConvProblem;
import javelin.bench.conv.ConvWeightBenchmark;
import javelin.bench.conv.Direction;
import javelin.bench.elementwise.ElementwiseBenchmark;
import javelin.bench.elementwise.ElementwiseProblem;
import javelin.bench.fft.FftBenchmark;
import javelin.bench.fft.FftProblem;
import javelin.bench.gemm.GemmBenchmark;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.network.NetworkBenchmark;
import javelin.bench.network.NetworkProblem;
import javelin.bench.poolnorm.PoolNormBenchmark;
import javelin.bench.poolnorm.PoolNormProblem;
import javelin.bench.spi.SpiBenchmark;
import javelin.bench.spi.SpiProblem;
import javelin.bench.train.TrainBenchmark;
import javelin.bench.train.TrainProblem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What `--suite` can name.
public enum Suite {
    /// Matrix products.
    GEMM("702x702x702|512x512x512|3136x64x256|16x2048x1000"),
    /// Convolutions in three directions.
    CONV(
            "(resnet50/(conv1|layer2.0.conv1|layer2.1.conv2)|mobilenetv2/features.2.depthwise.conv)@1"),
    /// Fourier transforms.
    FFT("(complex|real)/(64|1024|1000|65536)|complex/(64@1024|256x256)"),
    /// Pooling, normalisation, softmax.
    POOL_NORM(".*@1"),
    /// Functions of single numbers.
    ELEMENTWISE("(relu|exp|add|mean)/(65536|16777216)"),
    /// Whole networks at inference.
    NETWORK(".*"),
    /// Training steps.
    TRAIN(".*"),
    /// Fourier single-pixel imaging.
    SPI("lines/(800x20x4|128x8x4)|frame/(64|128|256)x.*");

    private final Pattern quick;

    Suite(String quick) {
        this.quick = Pattern.compile(quick);
    }

    /// A benchmark class and what it can be asked.
    ///
    /// @param benchmark the class for JMH
    /// @param problems known problems by name
    /// @param named the problem of any name; may be one that `problems` does not list
    /// @param hasModes whether operands can be cold: it has a parameter `mode`
    public record Question(
            Class<?> benchmark,
            Map<String, ? extends Problem> problems,
            Function<String, Problem> named,
            boolean hasModes) {}

    /// The suite of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Suite named(String name) {
        return Arrays.stream(values())
                .filter(s -> s.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown suite '%s'; choose one of gemm, conv, fft, pool-norm, elementwise, network, train, spi"
                                        .formatted(name)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The questions of this suite.
    public List<Question> questions() {
        return switch (this) {
            case GEMM -> one(GemmBenchmark.class, GemmProblem.all(), GemmProblem::named, true);
            case CONV ->
                    List.of(
                            conv(ConvForwardBenchmark.class, Direction.FORWARD),
                            conv(ConvInputBenchmark.class, Direction.DGRAD),
                            conv(ConvWeightBenchmark.class, Direction.WGRAD));
            case FFT -> one(FftBenchmark.class, FftProblem.all(), FftProblem::named, true);
            case POOL_NORM ->
                    one(
                            PoolNormBenchmark.class,
                            PoolNormProblem.all(),
                            PoolNormProblem::named,
                            true);
            case ELEMENTWISE ->
                    one(
                            ElementwiseBenchmark.class,
                            ElementwiseProblem.all(),
                            ElementwiseProblem::named,
                            true);
            case NETWORK ->
                    one(NetworkBenchmark.class, NetworkProblem.all(), NetworkProblem::named, false);
            case TRAIN -> one(TrainBenchmark.class, TrainProblem.all(), TrainProblem::named, false);
            case SPI -> one(SpiBenchmark.class, SpiProblem.all(), SpiProblem::named, false);
        };
    }

    private static List<Question> one(
            Class<?> benchmark,
            Map<String, ? extends Problem> problems,
            Function<String, Problem> named,
            boolean hasModes) {
        return List.of(new Question(benchmark, problems, named, hasModes));
    }

    private static Question conv(Class<?> benchmark, Direction direction) {
        return new Question(
                benchmark,
                ConvProblem.all(direction),
                name -> ConvProblem.named(name, direction),
                true);
    }

    /// The problems of a question that a name or a regular expression picks.
    ///
    /// An exact name picks one; else every name in which the expression is found; else a name that
    /// only the question understands, for instance `100x200x300`.
    ///
    /// @param shapes name or expression; empty for all
    /// @param quick whether an empty `shapes` means the few of a quick run
    /// @throws IllegalArgumentException if nothing fits
    public List<Problem> pick(Question question, String shapes, boolean quick) {
        if (question.problems().containsKey(shapes)) {
            return List.of(question.named().apply(shapes));
        }
        Pattern wanted = pattern(shapes);
        List<Problem> found = new ArrayList<>();
        for (Problem p : question.problems().values()) {
            boolean few = shapes.isEmpty() && quick;
            if (few ? this.quick.matcher(p.name()).matches() : wanted.matcher(p.name()).find()) {
                found.add(p);
            }
        }
        if (!found.isEmpty()) {
            return found;
        }
        try {
            return List.of(question.named().apply(shapes));
        } catch (IllegalArgumentException e) {
            List<String> names = question.problems().values().stream().map(Problem::name).toList();
            throw new IllegalArgumentException(
                    "no size of suite '%s' matches '%s' (%s); there are %d: %s%s"
                            .formatted(
                                    this,
                                    shapes,
                                    e.getMessage(),
                                    names.size(),
                                    String.join(", ", names.subList(0, Math.min(8, names.size()))),
                                    names.size() > 8 ? ", …" : ""),
                    e);
        }
    }

    private static Pattern pattern(String shapes) {
        try {
            return Pattern.compile(shapes);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--shapes '%s' is no regular expression: %s"
                            .formatted(shapes, e.getDescription()),
                    e);
        }
    }
}
