package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.Scheme;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

class ComparisonTest {
    private static final FairTiming QUICK = new FairTiming(0, 1);
    private static final Scheme FOUR = new Scheme.Steps(4);

    private static Comparison frames(double ratio, double sigma) {
        var noise = new Noise(sigma, 0);
        return new Comparison(Comparison.Mode.FRAME, 32, 32, ratio, noise, FOUR, QUICK, 1);
    }

    @Test
    void noiseAsksForLessTrustInTheMeasurements() {
        float[] truth = Pictures.smoothCells(32, 1);
        Measurement a = new WalshMeasurement(400, 1024, Rng.seed(2));
        var clean = tuned(a, truth, 0);
        var some = tuned(a, truth, 1e-3);
        var much = tuned(a, truth, 1e-2);
        assertThat(clean.config().equality()).isTrue();
        assertThat(much.config().equality()).isFalse();
        assertThat(much.config().mu()).isLessThan(some.config().mu());
        assertThat(clean.psnr()).isGreaterThan(some.psnr());
        assertThat(some.psnr()).isGreaterThan(much.psnr());
        // The choice is the best of its grid, and what it promises is what it gives.
        float[] b = Pulses.detect(a, truth, new Noise(1e-3, 0), Rng.seed(3));
        for (var config : Tuning.TOTAL_VARIATION) {
            float[] image = new TotalVariation(a, 32, config).solve(b).image();
            assertThat(FairTiming.psnr(image, truth)).isLessThanOrEqualTo(some.psnr());
        }
        List<TotalVariation.Config> none = List.of();
        assertThatThrownBy(() -> Tuning.best(none, c -> new TotalVariation(a, 32, c), b, truth))
                .hasMessageContaining("the grid is empty");
    }

    private static Tuning.Choice<TotalVariation.Config> tuned(
            Measurement a, float[] truth, double sigma) {
        return Tuning.best(
                Tuning.TOTAL_VARIATION,
                c -> new TotalVariation(a, 32, c),
                Pulses.detect(a, truth, new Noise(sigma, 0), Rng.seed(3)),
                truth);
    }

    @Test
    void framesHaveAllOpponentsAtAsManyPulses() {
        float[] picture = Pictures.smoothCells(32, 1);
        var report = frames(0.2, 0).run(picture, Pictures.smoothCells(32, 2));
        assertThat(report.fourier().pulses()).isEqualTo(204);
        assertThat(report.fourier().recognised()).isFalse();
        assertThat(report.opponents())
                .extracting(o -> o.name() + ", " + o.operator())
                .containsExactly(
                        "total variation, structured",
                        "sparse cosines, structured",
                        "sparse wavelets, structured",
                        "hadamard imaging, differential",
                        "total variation, dense",
                        "linear, smooth, dense",
                        "linear, dense");
        for (var o : report.opponents()) {
            boolean ends = o.result().ownPsnr() >= report.fourier().psnr();
            assertThat(o.fewestPulses().isPresent()).isEqualTo(ends);
            assertThat(Double.isNaN(o.fewestSeconds())).isEqualTo(!ends);
            assertThat(Double.isNaN(o.ratio())).isEqualTo(!o.result().reaches());
            assertThat(o.ownRatio()).isPositive();
            o.fewestPulses().ifPresent(m -> assertThat(m).isBetween(2, 204));
        }
        var best = report.opponents().getFirst();
        assertThat(best.result().ownPsnr()).isGreaterThan(report.fourier().psnr());
        assertThat(best.result().oracleIteration()).isLessThan(best.result().ownIterations());
        var smooth = named(report, "linear, smooth");
        var linear = report.opponents().getLast();
        assertThat(smooth.result().ownPsnr()).isGreaterThan(linear.result().ownPsnr() + 3);
        assertThat(linear.result().bestPsnr()).isLessThan(report.fourier().psnr());
    }

    @Test
    void noiseTurnsTheOrder() {
        float[] picture = Pictures.smoothCells(32, 1);
        var report = frames(0.2, 0.003).run(picture, Pictures.smoothCells(32, 2));
        for (var o : report.opponents()) {
            assertThat(o.result().ownPsnr()).as(o.name()).isLessThan(report.fourier().psnr());
            assertThat(o.fewestPulses()).isEmpty();
        }
    }

    @Test
    void linesTooWithDoublesAndAHook() {
        int lines = 2;
        int width = 100;
        double[] picture = new double[lines * width];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i % width / 25 % 2 == 0 ? 0.9 : 0.1;
        }
        var comparison =
                new Comparison(Comparison.Mode.LINE, lines, width, 0.4, Noise.NONE, FOUR, QUICK, 1);
        // Recognised is a picture whose bars have the right order.
        var report =
                comparison.run(
                        picture,
                        picture,
                        x -> x[12] > 0.7 && x[37] < 0.3 && x[62] > 0.7 && x[87] < 0.3);
        assertThat(report.fourier().pulses()).isEqualTo(40);
        assertThat(report.fourier().recognised()).isTrue();
        var admm = report.opponents().get(1);
        assertThat(admm.name()).isEqualTo("admm");
        assertThat(admm.recognised()).isTrue();
        assertThat(admm.result().reaches()).isTrue();
        assertThat(admm.fewestPulses().orElse(0)).isBetween(3, 40);
        assertThat(report.opponents().getLast().recognised()).isFalse();
        // Where the Fourier picture is not recognised there is nothing to reach.
        var never = comparison.run(picture, picture, x -> x[12] > 2);
        assertThat(never.opponents()).allMatch(o -> Double.isNaN(o.ratio()) && !o.recognised());
    }

    private static Comparison.Opponent named(Comparison.Report report, String name) {
        return report.opponents().stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void picturesOfManyScenesAreThoseOfTheComparison() {
        float[] picture = Pictures.smoothCells(32, 1);
        float[] calibration = Pictures.smoothCells(32, 2);
        var clean = frames(0.15, 0);
        var report = clean.run(picture, calibration);
        var seen = new ConcurrentHashMap<String, Double>();
        List<float[]> scenes = List.of(calibration, picture);
        clean.pictures(
                scenes,
                calibration,
                List.of("hadamard imaging", "linear"),
                new Workers(2),
                (i, side, x) -> seen.put(side + i, FairTiming.psnr(x, scenes.get(i))));
        assertThat(seen).hasSize(6);
        assertThat(seen.get("fourier1")).isCloseTo(report.fourier().psnr(), within(1e-9));
        var hadamard = named(report, "hadamard imaging").result();
        assertThat(seen.get("hadamard imaging1")).isCloseTo(hadamard.ownPsnr(), within(1e-9));
        // Random patterns are others, and so is the picture, a little.
        var linear = report.opponents().getLast().result();
        assertThat(seen.get("linear1")).isCloseTo(linear.ownPsnr(), within(2.0));
        assertThat(seen.get("linear1")).isNotEqualTo(linear.ownPsnr());
        List<String> wrong = List.of("linear", "magic");
        assertThatThrownBy(() ->
                        clean.pictures(scenes, picture, wrong, new Workers(1), (_, _, _) -> {}))
                .hasMessageContaining("found opponents [linear], wanted [linear, magic]");
        // With noise no two scenes share it.
        List<float[]> twice = List.of(picture, picture);
        var noisy = new ConcurrentHashMap<Integer, Double>();
        frames(0.15, 0.01)
                .pictures(
                        twice,
                        calibration,
                        List.of(),
                        new Workers(1),
                        (i, _, x) -> noisy.put(i, FairTiming.psnr(x, picture)));
        assertThat(noisy.get(0)).isNotEqualTo(noisy.get(1));
    }

    @Test
    void noiseHasTheRatioAsked() {
        var noise = Noise.decibels(50, 8);
        double all = 0;
        Rng rng = Rng.seed(5);
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double energy = 100 * (0.3 + 0.4 * i / n);
            all += Math.pow(noise.read(energy, 100, rng) - energy, 2) / n;
        }
        double found = 20 * Math.log10(105 / Math.sqrt(all));
        assertThat(found).isCloseTo(50, within(0.3));
        assertThat(noise.read(200, 100, rng)).isCloseTo(105, within(1e-9));
        assertThat(noise.read(-200, 100, rng)).isZero();
        assertThat(Noise.NONE.read(0.3, 1, rng)).isEqualTo(0.3);
        assertThatThrownBy(() -> Noise.decibels(70, 8))
                .hasMessageContaining("70.0 dB are more than 8 bits allow");
        assertThatThrownBy(() -> new Noise(0, 25)).hasMessageContaining("bits must be 0 to 24");
        assertThatThrownBy(() -> new Noise(-1, 0)).hasMessageContaining("sigma must be a number");
    }

    @Test
    void sameSeedSameQuality() {
        float[] picture = Pictures.smoothCells(32, 3);
        var first = frames(0.1, 0.001).run(picture, picture);
        var again = frames(0.1, 0.001).run(picture, picture);
        assertThat(first.fourier().psnr()).isEqualTo(again.fourier().psnr());
        for (int i = 0; i < first.opponents().size(); i++) {
            assertThat(first.opponents().get(i).result().ownPsnr())
                    .isCloseTo(again.opponents().get(i).result().ownPsnr(), within(1e-9));
        }
    }

    @Test
    void badValuesAreNamed() {
        assertThatThrownBy(() -> frames(0, 0)).hasMessageContaining("a ratio of 0.0 gives no");
        assertThatThrownBy(() -> frames(3, 0)).hasMessageContaining("a ratio of 3.0 gives no");
        assertThatThrownBy(() -> frames(Double.NaN, 0)).hasMessageContaining("a ratio of NaN");
        assertThatThrownBy(() -> frames(0.1, -1)).hasMessageContaining("sigma must be a number");
        assertThatThrownBy(() -> frames(0.1, 0).run(new float[7], new float[1024]))
                .hasMessageContaining("picture: 7 values where 1024 belong");
        assertThatThrownBy(() -> frames(0.1, 0).run(new float[1024], new float[7]))
                .hasMessageContaining("calibration picture: 7 values");
    }
}
