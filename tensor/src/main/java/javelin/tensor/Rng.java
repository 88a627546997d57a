package javelin.tensor;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.random.Permutation;
import javelin.kernels.random.Philox;
import javelin.kernels.random.RandomFill;
import javelin.kernels.random.RandomFill.Law;

import java.util.List;

/// A stream of pseudo-random numbers, counted: number `i` of a stream depends on its key and `i`
/// only. The same seed gives the same bits on every backend, for any number of threads, and after
/// the [#state()] was saved and restored.
///
/// Streams of different keys are independent. A stream advances as it is used and belongs to one
/// thread: give others a [#split()] each.
///
/// @see "Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011"
public final class Rng {
    /// Third word of the counter: keeps keys apart from numbers, whose third word is 0.
    private static final int SEED = 1;

    private static final int SPLIT_BY_INDEX = 2;
    private static final int SPLIT_IN_ORDER = 3;

    private final long key;
    private long counter;

    /// Where a stream stands; enough to continue it.
    ///
    /// @param key the stream
    /// @param counter its next block of four 32-bit words
    public record State(long key, long counter) {}

    private Rng(long key, long counter) {
        this.key = key;
        this.counter = counter;
    }

    /// The stream of a seed, from its start.
    public static Rng seed(long seed) {
        return new Rng(derived(0, seed, SEED), 0);
    }

    /// The stream that had this state, from there on.
    public static Rng of(State state) {
        return new Rng(state.key, state.counter);
    }

    /// Where this stream stands.
    public State state() {
        return new State(key, counter);
    }

    /// An independent stream; another one at each call. Advances this one.
    public Rng split() {
        return new Rng(derived(key, take(1), SPLIT_IN_ORDER), 0);
    }

    /// The independent stream number `index` of this one's key, wherever this one stands. Does not
    /// advance it.
    public Rng split(long index) {
        return new Rng(derived(key, index, SPLIT_BY_INDEX), 0);
    }

    private static long derived(long key, long number, int purpose) {
        int[] words = new int[4];
        Philox.block(key, (int) number, (int) (number >>> 32), purpose, 0, words, 0);
        return word64(words, 0);
    }

    /// Position of the next `blocks` blocks, which are used up.
    private long take(long blocks) {
        long from = counter;
        counter += blocks;
        return from;
    }

    // ---- tensors on the current backend ----

    /// Uniform numbers in `[low, high)`.
    public Tensor uniform(double low, double high, int... shape) {
        return fill(Law.UNIFORM, low, high, Shape.of(shape));
    }

    /// Normal numbers.
    ///
    /// @param std standard deviation
    public Tensor normal(double mean, double std, int... shape) {
        return fill(Law.NORMAL, mean, std, Shape.of(shape));
    }

    /// Each element 1 with probability `p`, else 0.
    public Tensor bernoulli(double p, int... shape) {
        return fill(Law.BERNOULLI, p, 0, Shape.of(shape));
    }

    private Tensor fill(Law law, double first, double second, Shape shape) {
        Backend on = Backends.current();
        View out = View.of(on.allocate(on.floatType(), shape.size()), shape);
        long from = take((shape.size() + 3) / 4);
        on.run(new RandomFill(law, key, from, first, second), List.of(), out);
        Tensor numbers = Tensor.wrap(on, out);
        if (Graph.isTracing()) {
            numbers.node().markRandom();
        }
        return numbers;
    }

    // ---- numbers of the host ----

    /// A random order of `0 … n−1`.
    public int[] permutation(int n) {
        Backend on = Backends.cpu();
        View out = View.of(on.allocate(DType.I32, n), Shape.of(n));
        on.run(new Permutation(key, take((n + 1) / 2)), List.of(), out);
        return on.downloadInts(out);
    }

    /// Uniform integer in `0 … bound−1`.
    ///
    /// @throws IllegalArgumentException if `bound` is not positive
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nextInt: bound must be positive, got " + bound);
        }
        return (int) Math.unsignedMultiplyHigh(word64(block(), 0), bound);
    }

    /// Uniform number in `[0, 1)`, a multiple of 2⁻⁵³.
    public double nextDouble() {
        return unit(word64(block(), 0));
    }

    /// Standard normal number.
    ///
    /// @see "Box and Muller, A note on the generation of random normal deviates, 1958"
    public double nextGaussian() {
        int[] words = block();
        double u = 1 - unit(word64(words, 0)); // in (0, 1]
        double v = unit(word64(words, 2));
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    }

    private int[] block() {
        int[] words = new int[4];
        Philox.fill(key, take(1), words, 1);
        return words;
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long word64(int[] words, int at) {
        return (words[at] & 0xFFFFFFFFL) | ((long) words[at + 1] << 32);
    }

    @Override
    public String toString() {
        return "Rng[key=%016x, counter=%d]".formatted(key, counter);
    }
}
