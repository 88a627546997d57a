package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

class SolversTest {
    private static final Backend CPU = Backends.cpu();
    private static final double WEIGHT = 0.6;

    @Test
    void fistaFindsASparseImageInEachTransform() {
        for (Transform f :
                List.of(
                        new Cosines(CPU, 32, 32),
                        Wavelets.haar(32, 32, 3),
                        Wavelets.daubechies4(32, 32, 3))) {
            Rng rng = Rng.seed(1);
            float[] z = new float[1024];
            z[0] = 8;
            for (int i = 0; i < 40; i++) {
                z[rng.nextInt(1024)] = (float) rng.nextGaussian();
            }
            float[] truth = new float[1024];
            f.synthesise(z, truth);
            for (int i = 0; i < 1024; i++) {
                truth[i] = Math.clamp(truth[i], -10, 10);
            }
            Measurement a = new WalshMeasurement(400, 1024, Rng.seed(2));
            var solution = new Fista(a, f, Fista.Config.DEFAULT).solve(Pictures.measure(a, truth));
            assertThat(solution.converged()).isTrue();
            float[] error = new float[1024];
            double relative =
                    Vectors.distance(solution.image(), truth, error) / Vectors.norm(truth);
            assertThat(relative).as(f.toString()).isLessThan(0.02);
        }
    }

    @Test
    void lineUpdateAgreesWithADirectSolution() {
        int m = 12;
        int n = 40;
        var config = new LineAdmm.Config(0.7, 1.3, 0.05, 0.01, false, 0, 1);
        Measurement a = DenseMeasurement.bernoulli(CPU, m, n, Rng.seed(3));
        var solver = new LineAdmm(CPU, a, 3, config);
        float[] y = Pictures.noise(3 * m, 1, Rng.seed(4));
        float[] v = Pictures.noise(3 * n, 1, Rng.seed(5));
        float[] s = new float[3 * m];
        double moved = solver.updateX(y, s, v, new float[0]);
        assertThat(moved).isPositive();
        double worst = 0;
        for (int line = 0; line < 3; line++) {
            double[] x = new double[3 * n];
            for (int j = 0; j < n; j++) {
                x[line * n + j] = solver.x()[line * n + j];
            }
            worst = Math.max(worst, defect(a, solver.norm(), config, x, y, v, null, 3, line));
        }
        assertThat(worst).isLessThan(2e-4);
    }

    @Test
    void jointUpdateAgreesWithADirectSolution() {
        int m = 12;
        int n = 40;
        int lines = 5;
        var config = new LineAdmm.Config(0.7, 1.3, 0.05, 0.01, false, 0, 1);
        Measurement a = DenseMeasurement.bernoulli(CPU, m, n, Rng.seed(6));
        var solver = new JointAdmm(CPU, a, lines, WEIGHT, config);
        float[] y = Pictures.noise(lines * m, 1, Rng.seed(7));
        float[] along = Pictures.noise(lines * n, 1, Rng.seed(8));
        float[] down = Pictures.noise(lines * n, 1, Rng.seed(9));
        double moved = solver.updateX(y, new float[lines * m], along, down);
        assertThat(moved).isPositive();
        double[] x = new double[lines * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = solver.x()[i];
        }
        for (int line = 0; line < lines; line++) {
            double defect = defect(a, solver.norm(), config, x, y, along, down, lines, line);
            assertThat(defect).isLessThan(2e-4);
        }
    }

    /// Largest component of `(ρDᵀD + ε + κAᵀA)x − ρDᵀv − κAᵀy` on a line: 0 at the solution. The
    /// operator is positive definite, so nothing else has this property.
    private static double defect(
            Measurement a,
            double norm,
            LineAdmm.Config config,
            double[] x,
            float[] y,
            float[] along,
            float @org.jspecify.annotations.Nullable [] down,
            int lines,
            int line) {
        int n = a.columns();
        int m = a.rows();
        float[] matrix = a.matrix();
        double[] g = new double[n];
        for (int i = 0; i < m; i++) {
            double r = -y[line * m + i];
            for (int j = 0; j < n; j++) {
                r += matrix[i * n + j] / norm * x[line * n + j];
            }
            for (int j = 0; j < n; j++) {
                g[j] += config.kappa() * matrix[i * n + j] / norm * r;
            }
        }
        double worst = 0;
        int above = (line + lines - 1) % lines;
        int below = (line + 1) % lines;
        for (int j = 0; j < n; j++) {
            int at = line * n + j;
            int left = line * n + (j + n - 1) % n;
            int right = line * n + (j + 1) % n;
            double d = (x[at] - x[left] - along[left]) - (x[right] - x[at] - along[at]);
            if (down != null) {
                int up = above * n + j;
                double from = WEIGHT * (x[at] - x[up]) - down[up];
                double to = WEIGHT * (x[below * n + j] - x[at]) - down[at];
                d += WEIGHT * (from - to);
            }
            worst = Math.max(worst, Math.abs(g[j] + config.rho() * d + config.epsilon() * x[at]));
        }
        return worst;
    }

    @Test
    void admmRecoversPiecewiseConstantLines() {
        int n = 128;
        int lines = 32;
        float[] truth = new float[lines * n];
        for (int i = 0; i < truth.length; i++) {
            int x = i % n;
            int row = i / n;
            truth[i] = (x > 20 + row && x < 70 ? 0.6f : 0.1f) + (x > 90 && row > 10 ? 0.3f : 0);
        }
        Measurement a = DenseMeasurement.bernoulli(CPU, 40, n, Rng.seed(10));
        float[] y = new float[lines * 40];
        float[] line = new float[n];
        float[] values = new float[40];
        for (int l = 0; l < lines; l++) {
            System.arraycopy(truth, l * n, line, 0, n);
            a.apply(line, values);
            System.arraycopy(values, 0, y, l * 40, 40);
        }
        var config = LineAdmm.Config.DEFAULT;
        float[] single = new LineAdmm(CPU, a, lines, config).solve(y).image();
        assertThat(FairTiming.psnr(single, truth)).isGreaterThan(35);
        float[] joint = new JointAdmm(CPU, a, lines, 1, config).solve(y).image();
        assertThat(FairTiming.psnr(joint, truth)).isGreaterThan(35);

        float[] noise = Pictures.noise(y.length, 1, Rng.seed(11));
        Vectors.add(1, noise, y);
        var noisy = new LineAdmm.Config(1, 1, 1e-3, 0.01, false, 1e-4, 300);
        single = new LineAdmm(CPU, a, lines, noisy).solve(y).image();
        joint = new JointAdmm(CPU, a, lines, 1, noisy).solve(y).image();
        assertThat(FairTiming.psnr(joint, truth)) // averages noise over lines
                .isGreaterThan(FairTiming.psnr(single, truth) + 2);
    }

    /// Fine pixels along distant lines: neighbours tell little, and must not spoil what a line
    /// knows.
    @Test
    void jointSolutionIsNoWorseWhereLinesAreFarApart() {
        int n = 256;
        int lines = 8;
        Rng rng = Rng.seed(17);
        float[] truth = new float[lines * n];
        for (int from = 0; from < truth.length; from += 32) {
            java.util.Arrays.fill(truth, from, from + 32, rng.nextInt(2));
        }
        Measurement a = DenseMeasurement.bernoulli(CPU, 60, n, Rng.seed(18));
        float[] y = Pulses.detect(a, truth, Noise.NONE, Rng.seed(19));
        var config = LineAdmm.Config.DEFAULT;
        double single =
                FairTiming.psnr(new LineAdmm(CPU, a, lines, config).solve(y).image(), truth);
        double weight = (double) lines / n;
        float[] joint = new JointAdmm(CPU, a, lines, weight, config).solve(y).image();
        assertThat(single).isGreaterThan(30);
        assertThat(FairTiming.psnr(joint, truth)).isGreaterThan(single - 3);
    }

    @Test
    void oneShotIsTheLeastNormSolution() {
        int m = 20;
        int n = 64;
        Measurement a = DenseMeasurement.bernoulli(CPU, m, n, Rng.seed(12));
        float[] b = Pictures.noise(2 * m, 1, Rng.seed(13));
        float[] x = new OneShot(CPU, a, 2, 0).solve(b).image();
        float[] first = java.util.Arrays.copyOf(x, n);
        float[] again = Pictures.measure(a, first);
        for (int i = 0; i < m; i++) {
            assertThat(again[i]).isCloseTo(b[i], within(1e-4f));
        }
        // A vector that A does not see is orthogonal to the solution.
        float[] hidden = Pictures.noise(n, 1, Rng.seed(14));
        float[] seen = new OneShot(CPU, a, 1, 0).solve(Pictures.measure(a, hidden)).image();
        Vectors.subtract(hidden, seen, hidden);
        assertThat(Vectors.norm(Pictures.measure(a, hidden))).isLessThan(1e-3);
        assertThat(Vectors.dot(hidden, first)).isCloseTo(0, within(1e-4));
    }

    @Test
    void smoothOneShotHasTheLeastDifferences() {
        int m = 12;
        int h = 6;
        int w = 8;
        Measurement a = DenseMeasurement.bernoulli(CPU, m, h * w, Rng.seed(12));
        float[] b = Pictures.noise(m, 1, Rng.seed(13));
        float[] x = OneShot.smooth(CPU, a, 1, h, w, 0).solve(b).image();
        float[] again = Pictures.measure(a, x);
        for (int i = 0; i < m; i++) {
            assertThat(again[i]).isCloseTo(b[i], within(2e-3f));
        }
        // Whatever A does not see makes it rougher.
        double least = roughness(x, w);
        var plain = new OneShot(CPU, a, 1, 0);
        assertThat(roughness(plain.solve(b).image(), w)).isGreaterThan(least);
        for (int seed = 0; seed < 5; seed++) {
            float[] hidden = Pictures.noise(h * w, 1, Rng.seed(20 + seed));
            float[] seen = plain.solve(Pictures.measure(a, hidden)).image();
            float[] other = x.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] += 0.02f * (hidden[i] - seen[i]);
            }
            assertThat(roughness(other, w)).isGreaterThan(least);
        }
        assertThatThrownBy(() -> OneShot.smooth(CPU, a, 1, 5, 8, 0))
                .hasMessageContaining("measures 48 pixels, the images have 5 × 8");
    }

    /// Sum of squared differences of neighbours, without those over the border.
    private static double roughness(float[] x, int w) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += i % w + 1 < w ? Math.pow(x[i + 1] - x[i], 2) : 0;
            sum += i + w < x.length ? Math.pow(x[i + w] - x[i], 2) : 0;
        }
        return sum;
    }

    @Test
    void admmBeginsWithTheSmoothSolution() {
        // Nothing is warm: its first iterate is linear in the measurements, and nearly as good.
        int lines = 4;
        int n = 200;
        float[] truth = new float[lines * n];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (i + 7 * (i / n)) % n / 25 % 2;
        }
        Measurement a = DenseMeasurement.bernoulli(CPU, 40, n, Rng.seed(31));
        float[] b = Pulses.detect(a, truth, Noise.NONE, Rng.seed(1));
        var config = new LineAdmm.Config(1, 1e4, 1e-5, 0.01, true, 0, 1);
        var admm = new LineAdmm(CPU, a, lines, config);
        admm.solve(b); // leaves nothing behind
        float[] first = admm.solve(b).image();
        float[] smooth = OneShot.smooth(CPU, a, lines, 1, n, 0).solve(b).image();
        double apart = FairTiming.psnr(first, truth) - FairTiming.psnr(smooth, truth);
        assertThat(apart).isBetween(-0.7, 0.7);
        float[] doubled = b.clone();
        Vectors.scale(2, doubled);
        float[] twice = admm.solve(doubled).image();
        for (int i = 0; i < first.length; i++) {
            assertThat(twice[i]).isCloseTo(2 * first[i], within(1e-4f));
        }
    }

    @Test
    void timingFindsTheFirstGoodIterateAndTheFewestMeasurements() {
        float[] truth = Pictures.cells(32, 4);
        Measurement a = new WalshMeasurement(400, 1024, Rng.seed(15));
        float[] b = Pictures.measure(a, truth);
        var timing = new FairTiming(0, 3);
        var good =
                timing.run(
                        () -> new TotalVariation(a, 32, TotalVariation.Config.DEFAULT),
                        b,
                        truth,
                        25);
        assertThat(good.reaches()).isTrue();
        assertThat(good.oracleIteration()).isBetween(2, good.ownIterations() - 1);
        assertThat(good.oracleSeconds()).isBetween(0.0, good.ownSeconds());
        assertThat(good.bestPsnr()).isGreaterThanOrEqualTo(good.ownPsnr());
        var never = timing.run(() -> new OneShot(CPU, a, 1, 0), b, truth, 25);
        assertThat(never.reaches()).isFalse();
        assertThat(never.oracleSeconds()).isNaN();
        var fewest =
                FairTiming.fewestMeasurements(
                        m -> {
                            Measurement fewer = new WalshMeasurement(m, 1024, Rng.seed(16));
                            return new FairTiming.Problem(
                                    new TotalVariation(fewer, 32, TotalVariation.Config.DEFAULT),
                                    Pictures.measure(fewer, truth));
                        },
                        truth,
                        25,
                        50,
                        400);
        assertThat(fewest.orElse(0)).isBetween(60, 390);
        assertThatThrownBy(() -> new FairTiming(1, 0)).hasMessageContaining("at least one run");
    }
}
