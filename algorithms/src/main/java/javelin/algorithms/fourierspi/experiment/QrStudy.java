package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.PictureScene;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.LineCamera;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.recognition.ImageQuality;
import javelin.algorithms.fourierspi.recognition.QrReader;
import javelin.algorithms.fourierspi.recognition.Rate;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// How many QR codes are read from pictures of the line camera. Each code has random characters;
/// only its exact text counts as read.
///
/// @param preset line camera
/// @param parts instrument, whose field and speed are the preset's
/// @param versions of the codes, taken in turn
/// @param codes how many
/// @param seed of codes and noise
public record QrStudy(
        Preset preset, InstrumentConfig parts, List<Integer> versions, int codes, long seed) {
    /// Lines over a code.
    public static final int LINES = 200;

    /// Dark and light modules: neither is all or nothing.
    static final float DARK = 0.05f;

    static final float LIGHT = 0.95f;

    public QrStudy {
        versions = List.copyOf(versions);
        if (codes < 1 || versions.isEmpty()) {
            throw new IllegalArgumentException(
                    "qr study: needs codes and versions, got %d and %s".formatted(codes, versions));
        }
    }

    /// A picture of one code.
    ///
    /// @param picture `[LINES, width]`
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Example(QrCode code, float[] picture, int width, boolean read) {}

    /// What was found.
    ///
    /// @param rate of all codes
    /// @param byVersion of each version
    /// @param psnr mean over the codes
    /// @param clipped samples at the converter's ends
    /// @param examples the first picture of each version
    public record Result(
            Rate rate,
            Map<Integer, Rate> byVersion,
            double psnr,
            long clipped,
            List<Example> examples) {
        static Result of(Trial[] trials) {
            var good = new TreeMap<Integer, int[]>();
            List<Example> examples = new ArrayList<>();
            double psnr = 0;
            long clipped = 0;
            for (Trial t : trials) {
                QrCode code = t.example.code();
                int[] counts = good.computeIfAbsent(code.version(), _ -> new int[2]);
                if (counts[1]++ == 0) {
                    examples.add(t.example);
                }
                counts[0] += t.example.read() ? 1 : 0;
                psnr += t.psnr / trials.length;
                clipped += t.clipped;
            }
            var byVersion = new TreeMap<Integer, Rate>();
            good.forEach((v, counts) -> byVersion.put(v, new Rate(counts[0], counts[1])));
            int all = byVersion.values().stream().mapToInt(Rate::good).sum();
            return new Result(new Rate(all, trials.length), byVersion, psnr, clipped, examples);
        }
    }

    record Trial(Example example, double psnr, int clipped) {}

    /// Records, reconstructs and reads all codes.
    ///
    /// @param progress hears the number of codes done, from any thread
    public Result run(Workers workers, IntConsumer progress) {
        Rng rng = Rng.seed(seed);
        var camera = new LineCamera(preset.config(parts), preset.schedule(), rng.split(0));
        Trial[] trials = new Trial[codes];
        var done = new java.util.concurrent.atomic.AtomicInteger();
        workers.run(
                codes,
                i -> {
                    trials[i] = trial(camera, i);
                    progress.accept(done.incrementAndGet());
                });
        return Result.of(trials);
    }

    private Trial trial(LineCamera camera, int i) {
        Rng rng = Rng.seed(seed).split(i + 1L); // no trial depends on another
        QrCode code = QrCode.random(versions.get(i % versions.size()), rng);
        int n = preset.pixels();
        float[] levels = code.modules().clone();
        for (int m = 0; m < levels.length; m++) {
            levels[m] = DARK + (LIGHT - DARK) * levels[m];
        }
        double height = LINES * camera.instrument().pitch();
        var scene = new PictureScene(levels, code.across(), height / code.across(), false);
        LineCamera.Shot shot = camera.shoot(scene, LINES, 0, n, rng);
        int times = n / LINES;
        boolean read =
                QrReader.read(QrReader.resampled(shot.picture(), n, Math.max(1, times)), n)
                        .filter(code.text()::equals)
                        .isPresent();
        double psnr = ImageQuality.of(shot.picture(), code.drawn(n, LINES, DARK, LIGHT), n).psnr();
        return new Trial(
                new Example(code, shot.picture(), n, read), psnr, shot.recording().clipped());
    }
}
