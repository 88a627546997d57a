package javelin.tensor.check;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Autograd;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Compares gradients with central differences, in 64 bits on the reference backend.
///
/// The function is reduced to a number by a random cotangent `w`, `s(x) = ⟨w, f(x)⟩`, and each
/// argument is moved along one random direction `v`: `⟨∇s, v⟩` must equal `(s(x + εv) − s(x − εv))
/// / 2ε`. The second order does the same to `h(x, w) = Σᵢ ⟨uᵢ, ∇ᵢs⟩` with random `uᵢ`, also along
/// `w`.
///
/// ```java
/// GradCheck.of("my op", x -> myOp(x.get(0), x.get(1)))
///         .on(Shape.of(2, 3), Shape.of(3, 4)).in(0.1, 1).orders(2).run();
/// ```
///
/// Keep samples away from kinks. The message of a failure names function, argument, both numbers
/// and the seed.
///
/// @param name what messages call the function
/// @param function what is checked
/// @param samples shapes and ranges of the arguments
/// @param orders 1 or 2
/// @param exact whether the function is linear in each argument, so that differences are exact:
///   step 1 and tolerance 1e-12
/// @param seed of all random numbers
public record GradCheck(
        String name,
        Function function,
        List<Sample> samples,
        int orders,
        boolean exact,
        long seed) {
    private static final double STEP = 1e-5;
    private static final double[] TOLERANCE = {1e-6, 1e-5}; // of orders 1 and 2
    private static final double EXACT_TOLERANCE = 1e-12;

    /// A function of tensors.
    @FunctionalInterface
    public interface Function {
        /// The result for some arguments.
        Tensor apply(List<Tensor> x);
    }

    /// Range of the values of an argument.
    ///
    /// @param integer whether it holds integers, which have no gradient
    /// @param low smallest value
    /// @param high largest value, exclusive
    public record Sample(Shape shape, boolean integer, double low, double high) {
        /// Values drawn from `rng`, on the current backend.
        public Tensor draw(Rng rng) {
            int n = shape.length();
            if (integer) {
                int bound = (int) (high - low);
                int[] values =
                        IntStream.generate(() -> (int) low + rng.nextInt(bound)).limit(n).toArray();
                return Tensor.of(values, shape.dims());
            }
            return Tensor.of(numbers(rng, n, low, high), shape.dims());
        }
    }

    /// Copies the list.
    public GradCheck {
        samples = List.copyOf(samples);
    }

    /// Check of a function, first order, without arguments yet.
    public static GradCheck of(String name, Function function) {
        return new GradCheck(name, function, List.of(), 1, false, 1);
    }

    /// With further real arguments in `[−1, 1)`.
    public GradCheck on(Shape... shapes) {
        List<Sample> more = new ArrayList<>(samples);
        for (Shape s : shapes) {
            more.add(new Sample(s, false, -1, 1));
        }
        return with(more);
    }

    /// With a further argument of integers in `low … high−1`.
    public GradCheck onIntegers(Shape shape, int low, int high) {
        List<Sample> more = new ArrayList<>(samples);
        more.add(new Sample(shape, true, low, high));
        return with(more);
    }

    /// With all real arguments in `[low, high)`.
    public GradCheck in(double low, double high) {
        return with(
                samples.stream()
                        .map(s -> s.integer ? s : new Sample(s.shape, false, low, high))
                        .toList());
    }

    /// With argument number `i` in `[low, high)`.
    public GradCheck in(int i, double low, double high) {
        List<Sample> changed = new ArrayList<>(samples);
        changed.set(i, new Sample(samples.get(i).shape, samples.get(i).integer, low, high));
        return with(changed);
    }

    private GradCheck with(List<Sample> other) {
        return new GradCheck(name, function, other, orders, exact, seed);
    }

    /// Up to this order, 1 or 2.
    public GradCheck orders(int n) {
        return new GradCheck(name, function, samples, n, exact, seed);
    }

    /// As a function that is linear in each argument.
    public GradCheck linear() {
        return new GradCheck(name, function, samples, orders, true, seed);
    }

    /// With other random numbers.
    public GradCheck seed(long other) {
        return new GradCheck(name, function, samples, orders, exact, other);
    }

    /// Draws the arguments, on the current backend; the real ones are marked for gradients.
    public List<Tensor> arguments() {
        Rng rng = Rng.seed(seed);
        return samples.stream()
                .map(s -> s.draw(rng))
                .map(x -> x.type().isFloat() ? x.requireGrad() : x)
                .toList();
    }

    /// Runs the check.
    ///
    /// @throws AssertionError if a gradient and its difference quotient disagree
    public void run() {
        Backends.with(Backends.reference(), this::runHere);
    }

    private void runHere() {
        List<Tensor> x = arguments();
        Rng rng = Rng.seed(seed).split(1);
        Tensor y = function.apply(x);
        Tensor w = random(y.shape(), rng).requireGrad();
        List<Tensor> real = x.stream().filter(t -> t.type().isFloat()).toList();

        List<Tensor> first = Autograd.vjp(y, w, real, orders > 1);
        double size = function.apply(x).mul(w).abs().sum().item();
        for (int i = 0; i < real.size(); i++) {
            Tensor v = random(real.get(i).shape(), rng);
            compare(
                    1,
                    x.indexOf(real.get(i)),
                    first.get(i),
                    v,
                    size,
                    quotient(real.get(i), v, () -> function.apply(x).mul(w.detach())));
        }
        if (orders > 1) {
            second(x, real, w, first, rng);
        }
    }

    private void second(List<Tensor> x, List<Tensor> real, Tensor w, List<Tensor> first, Rng rng) {
        List<Tensor> u = real.stream().map(t -> random(t.shape(), rng)).toList();
        Tensor h = projection(first, u);
        List<Tensor> all = new ArrayList<>(real);
        all.add(w);
        List<Tensor> gradients =
                h.requiresGrad()
                        ? Autograd.grad(h, all)
                        : all.stream().map(Tensor::zerosLike).toList(); // h is constant
        double size = h.abs().item();
        for (int i = 0; i < all.size(); i++) {
            Tensor v = random(all.get(i).shape(), rng);
            int argument = i < real.size() ? x.indexOf(real.get(i)) : -1;
            compare(
                    2,
                    argument,
                    gradients.get(i),
                    v,
                    size,
                    quotient(
                            all.get(i),
                            v,
                            () -> projection(Autograd.vjp(function.apply(x), w, real, false), u)));
        }
    }

    /// `Σᵢ ⟨gᵢ, uᵢ⟩`.
    private static Tensor projection(List<Tensor> g, List<Tensor> u) {
        Tensor sum = Tensor.scalar(0);
        for (int i = 0; i < g.size(); i++) {
            sum = sum.add(g.get(i).mul(u.get(i)).sum());
        }
        return sum;
    }

    /// Central difference of the sum of `f` when `x` moves along `v`; puts `x` back.
    private double quotient(Tensor x, Tensor v, java.util.function.Supplier<Tensor> f) {
        double step = exact ? 1 : STEP;
        double[] here = x.doubles();
        double[] direction = v.doubles();
        ToDoubleFunction<Double> at =
                t -> {
                    double[] moved = here.clone();
                    Arrays.setAll(moved, i -> here[i] + t * direction[i]);
                    x.assign(Tensor.of(moved, x.shape().dims()));
                    return f.get().sum().item();
                };
        double difference = at.applyAsDouble(step) - at.applyAsDouble(-step);
        x.assign(Tensor.of(here, x.shape().dims()));
        return difference / (2 * step);
    }

    /// Compares `⟨g, v⟩` with a difference quotient, relative to the larger of both, the sum of the
    /// magnitudes of the products, and a thousandth of the size of the differentiated number.
    private void compare(
            int order, int argument, Tensor g, Tensor v, double size, double expected) {
        Tensor products = g.mul(v);
        double found = products.sum().item();
        double magnitude = Math.max(products.abs().sum().item(), Math.abs(expected));
        double scale = Math.max(magnitude, 1e-3 * Math.max(size, 1));
        double error = Math.abs(found - expected) / scale;
        double tolerance = exact ? EXACT_TOLERANCE : TOLERANCE[order - 1];
        if (!(error <= tolerance)) {
            String what = argument < 0 ? "the cotangent" : "argument " + argument;
            throw new AssertionError(
                    "gradient check of %s: order %d, %s: gradient %.12g, finite difference %.12g"
                                    .formatted(name, order, what, found, expected)
                            + " (relative error %.2g, tolerance %.0g, seed %d)"
                                    .formatted(error, tolerance, seed));
        }
    }

    private static Tensor random(Shape shape, Rng rng) {
        return Tensor.of(numbers(rng, shape.length(), -1, 1), shape.dims());
    }

    private static double[] numbers(Rng rng, int n, double low, double high) {
        double[] values = new double[n];
        Arrays.setAll(values, _ -> low + (high - low) * rng.nextDouble());
        return values;
    }
}
