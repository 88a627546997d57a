package javelin.kernels.fft;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Host;
import javelin.kernels.Shape;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How far results are from the truth: the relative error in the 2-norm, `‖y − z‖ / ‖z‖`.
///
/// It grows like the root of the number of passes over the data: the bound is `C · 2^−p ·
/// √log₂(2n)` with `p = 24` or `53` bits and `C = 1.5`. Lengths with a prime factor over 31 take
/// three transforms and three products in the place of one transform: `C = 2.5`. Of the lengths
/// here the largest `C` measured, with vectors of 512 bits, were 0.8 and 1.2.
///
/// @see "Schatzman, Accuracy of the discrete Fourier transform and the fast Fourier transform,
///   1996"
class AccuracyTest {
    private static final Workers ONE = new Workers(1);
    private static final double FLOAT = 0x1p-24;
    private static final double DOUBLE = 0x1p-53;

    static IntStream powers() {
        return IntStream.of(2, 3, 5, 7)
                .flatMap(p -> IntStream.iterate(p, n -> n <= 1 << 18, n -> n * p));
    }

    @ParameterizedTest
    @MethodSource("powers")
    void floatsOfPowers(int n) {
        check(n);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                6, 15, 20, 24, 36, 40, 45, 48, 60, 96, 100, 105, 180, 210, 360, 504, 720, 945, 1000,
                1152, 1155, 1536, 2000, 4725, 10368, 15015, 27000, 45045, 165375, 255255
            })
    void floatsOfProductsOfSmallPrimes(int n) {
        check(n);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                11, 13, 17, 31, 37, 74, 97, 111, 127, 207, 257, 1009, 2018, 8191, 9081, 65537,
                131071, 196613, 1_000_003
            })
    void floatsOfPrimesAndTheirMultiples(int n) {
        check(n);
    }

    /// Complex transforms of pairs and of separate parts, both ways, and real ones, both ways.
    private static void check(int n) {
        double bound = bound(n, FLOAT);
        double[] x = random(2 * n);
        double[] z = forward(x);
        double[] reals = random(n);
        double[] half = new double[n / 2 * 2 + 2];
        RealPlan.of(n).forward(reals, 0, ComplexDoubles.interleaved(half, 0)).run(ONE);
        double[] spectrum = random(half.length);
        double[] back = new double[n];
        RealPlan.of(n).inverse(ComplexDoubles.interleaved(spectrum, 0), back, 0).run(ONE);
        for (boolean simd : variants()) {
            for (boolean inverse : new boolean[] {false, true}) { // swapped parts: the other one
                double[] from = inverse ? swapped(x) : x;
                double[] to = inverse ? swapped(z) : z;
                assertThat(error(ofPairs(from, inverse, simd), to))
                        .as("pairs, inverse %b, simd %b", inverse, simd)
                        .isLessThan(bound);
                assertThat(error(ofParts(from, inverse, simd), to))
                        .as("parts, inverse %b, simd %b", inverse, simd)
                        .isLessThan(bound);
            }
            float[] y = new float[half.length];
            ComplexFloats pairs = ComplexFloats.interleaved(y, 0);
            ComplexFloats in = ComplexFloats.real(floats(reals), 0);
            RealPlan.of(n).forward(in, pairs, 1, 1, simd).run(ONE);
            assertThat(error(doubles(y), half)).as("real, simd %b", simd).isLessThan(bound);

            float[] r = new float[n];
            pairs = ComplexFloats.interleaved(floats(spectrum), 0);
            RealPlan.of(n).inverse(pairs, ComplexFloats.real(r, 0), 1.0 / n, 2, simd).run(ONE);
            assertThat(error(doubles(r), back)).as("to real, simd %b", simd).isLessThan(bound);
        }
    }

    /// Some frequencies of a spectrum, to 20 digits.
    record Golden(int n, List<Line> lines) {
        record Line(int k, double re, double im) {}

        /// The same frequencies of a whole spectrum.
        double[] select(double[] pairs) {
            return lines.stream()
                    .flatMapToDouble(l -> DoubleStream.of(pairs[2 * l.k()], pairs[2 * l.k() + 1]))
                    .toArray();
        }

        double[] exact() {
            return lines.stream().flatMapToDouble(l -> DoubleStream.of(l.re(), l.im())).toArray();
        }

        /// The numbers that were transformed, as `spectra.py` has them: exact in 32 bits.
        double[] input() {
            return IntStream.range(0, n)
                    .mapToObj(j -> {
                        long l = j;
                        long re = (7 * l * l * l + 37 * l * l + 11 * l + 5) % 1009 - 504;
                        long im = (3 * l * l * l + 101 * l * l + 29 * l + 17) % 1009 - 504;
                        return new double[] {re / 512.0, im / 512.0};
                    })
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }

        @Override
        public String toString() {
            return "n = " + n;
        }
    }

    static List<Golden> golden() throws IOException {
        Map<Integer, List<Golden.Line>> found = new TreeMap<>();
        var stream = Objects.requireNonNull(AccuracyTest.class.getResourceAsStream("spectra.txt"));
        try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line : in.lines().filter(l -> !l.startsWith("#")).toList()) {
                String[] w = line.split(" ", -1);
                double re = Double.parseDouble(w[2]);
                double im = Double.parseDouble(w[3]);
                found.computeIfAbsent(Integer.valueOf(w[0]), _ -> new ArrayList<>())
                        .add(new Golden.Line(Integer.parseInt(w[1]), re, im));
            }
        }
        assertThat(found.keySet()).containsExactly(1, 2, 5, 8, 13, 64, 97, 128, 1000);
        return found.entrySet().stream().map(e -> new Golden(e.getKey(), e.getValue())).toList();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void spectraAreTheGoldenOnes(Golden g) {
        double[] x = g.input();
        assertThat(error(g.select(forward(x)), g.exact())).isLessThan(bound(g.n(), DOUBLE));
        for (boolean simd : variants()) {
            assertThat(error(g.select(ofPairs(x, false, simd)), g.exact()))
                    .as("simd %b", simd)
                    .isLessThan(bound(g.n(), FLOAT));
        }
    }

    /// The oracle sums `n` products one after the other.
    @ParameterizedTest
    @MethodSource("golden")
    void oracleIsGolden(Golden g) {
        Shape shape = Shape.of(g.n(), 2);
        double[] y = Host.run(new Fft(1, false, 1), shape, Host.real(shape, g.input()));
        assertThat(error(g.select(y), g.exact())).isLessThan(DOUBLE * Math.sqrt(g.n()));
    }

    /// The bound of the class.
    private static double bound(int n, double unit) {
        double c = Factors.isSmooth(n) ? 1.5 : 2.5;
        return c * unit * Math.sqrt(Math.log(2.0 * n) / Math.log(2));
    }

    private static double error(double[] y, double[] exact) {
        double square = 0;
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += Math.pow(y[i] - exact[i], 2);
            square += exact[i] * exact[i];
        }
        return Math.sqrt(sum / square);
    }

    private static double[] forward(double[] pairs) {
        double[] y = new double[pairs.length];
        ComplexPlan.of(pairs.length / 2)
                .forward(ComplexDoubles.interleaved(pairs, 0), ComplexDoubles.interleaved(y, 0))
                .run(ONE);
        return y;
    }

    private static double[] ofPairs(double[] x, boolean inverse, boolean simd) {
        float[] y = new float[x.length];
        ComplexFloats from = ComplexFloats.interleaved(floats(x), 0);
        ComplexFloats to = ComplexFloats.interleaved(y, 0);
        ComplexPlan.of(x.length / 2).work(from, to, inverse, 1, simd).run(ONE);
        return doubles(y);
    }

    private static double[] ofParts(double[] x, boolean inverse, boolean simd) {
        int n = x.length / 2;
        float[] re = new float[n];
        float[] im = new float[n];
        for (int i = 0; i < n; i++) {
            re[i] = (float) x[2 * i];
            im[i] = (float) x[2 * i + 1];
        }
        ComplexFloats split = ComplexFloats.split(re, im);
        ComplexPlan.of(n).work(split, split, inverse, 1, simd).run(ONE);
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            y[2 * i] = re[i];
            y[2 * i + 1] = im[i];
        }
        return y;
    }

    private static boolean[] variants() {
        return Simd.isAvailable() ? new boolean[] {false, true} : new boolean[] {false};
    }

    private static double[] swapped(double[] pairs) {
        double[] y = new double[pairs.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = pairs[i ^ 1];
        }
        return y;
    }

    /// Numbers that 32 bits hold.
    private static double[] random(int n) {
        return new SplittableRandom(n).doubles(n, -1, 1).map(d -> (float) d).toArray();
    }

    private static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }
}
