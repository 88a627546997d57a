package javelin.bench.elementwise;

import javelin.bench.KernelProblem;
import javelin.bench.Work;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.reduce.Reduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A function applied to each number of one, two or three arrays, or the mean of an array.
///
/// @param function its name, for instance `exp`
/// @param length numbers in each array
public record ElementwiseProblem(String function, int length) implements KernelProblem {
    private static final Map<String, Kernel> KERNELS = kernels();

    private static Map<String, Kernel> kernels() {
        var all = new LinkedHashMap<String, Kernel>();
        all.put("relu", Unary.RELU);
        all.put("exp", Unary.EXP);
        all.put("tanh", Unary.TANH);
        all.put("sigmoid", Unary.SIGMOID);
        all.put("gelu", Unary.GELU);
        all.put("add", Binary.ADD);
        all.put("mul", Binary.MUL);
        all.put("div", Binary.DIV);
        all.put("multiply-add", Ternary.MULTIPLY_ADD);
        all.put("mean", new Reduce(Reduce.Kind.MEAN, Reduce.axes(0)));
        return all;
    }

    /// All functions on arrays that fit the first cache, the last cache, and none; by name.
    public static Map<String, ElementwiseProblem> all() {
        var all = new LinkedHashMap<String, ElementwiseProblem>();
        for (String function : KERNELS.keySet()) {
            for (int length : new int[] {1_000, 65_536, 802_816, 16_777_216}) {
                var p = new ElementwiseProblem(function, length);
                all.put(p.name(), p);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /// The problem `function/length`.
    ///
    /// @throws IllegalArgumentException if there is no such function
    public static ElementwiseProblem named(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2
                || !KERNELS.containsKey(parts[0])
                || !parts[1].matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "elementwise: '%s' is not FUNCTION/LENGTH with a function of %s"
                            .formatted(name, String.join(", ", KERNELS.keySet())));
        }
        return new ElementwiseProblem(parts[0], Integer.parseInt(parts[1]));
    }

    @Override
    public String name() {
        return function + "/" + length;
    }

    @Override
    public String group() {
        return function;
    }

    @Override
    public String description() {
        return name();
    }

    @Override
    public Kernel kernel() {
        Kernel kernel = KERNELS.get(function);
        if (kernel == null) {
            throw new IllegalStateException("elementwise: no function " + function);
        }
        return kernel;
    }

    @Override
    public List<Shape> inputs() {
        int operands =
                switch (kernel()) {
                    case Binary _ -> 2;
                    case Ternary _ -> 3;
                    default -> 1;
                };
        return Collections.nCopies(operands, Shape.of(length));
    }

    @Override
    public Shape output() {
        return kernel() instanceof Reduce ? Shape.of(1) : Shape.of(length);
    }

    @Override
    public List<Integer> weights() {
        return List.of();
    }

    @Override
    public Work work() {
        return new Work(length, bytes()); // one operation per number, whatever the function costs
    }
}
