package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.instrument.RowSkew;
import javelin.algorithms.fourierspi.sensing.FairTiming;
import javelin.algorithms.fourierspi.targets.Drawings;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The claims that can be checked: codes are read at a tenth of the measurements and not at a
/// fiftieth, pictures come two orders of magnitude faster than by compressed sensing, one core
/// keeps up with 625,000 lines a second.
///
/// @param codes QR codes at each of the two ratios
/// @param curveCodes codes at each point of the curve
/// @param side pixels along a side of the frames that are shown; lines have 6.25 times as many
/// @param timed pictures on which opponents are timed, up to 4: three frames, then lines
/// @param noiseCodes codes that are read against opponents at each noise
/// @param repeats timed runs of a solver
/// @param cells cells that pass the cytometer one by one, of which the classifiers learn from as
///   many again
/// @param seconds of a stream
/// @param seed of everything random
public record FourierSpiExperiment(
        int codes,
        int curveCodes,
        int side,
        int timed,
        int noiseCodes,
        int repeats,
        int cells,
        double seconds,
        long seed) {
    /// A minute or two: whether everything runs.
    public static final FourierSpiExperiment SMOKE =
            new FourierSpiExperiment(6, 0, 64, 1, 2, 2, 60, 0.5, 1);

    /// Ten minutes.
    public static final FourierSpiExperiment SMALL =
            new FourierSpiExperiment(240, 24, 128, 4, 24, 20, 600, 10, 1);

    /// More than half an hour: as many codes as give intervals of a percent.
    public static final FourierSpiExperiment PAPER =
            new FourierSpiExperiment(1000, 100, 128, 4, 100, 20, 3000, 30, 1);

    private static final List<Integer> VERSIONS = List.of(1, 2, 3);

    /// Signal-to-noise ratios in decibels at which opponents read codes.
    public static final List<Double> NOISE = List.of(50.0, 30.0);

    private static final List<String> OPPONENTS = List.of("admm", "linear, smooth");

    /// Of the pictures.
    public static final List<Double> RATIOS = List.of(0.02, 0.05, 0.1, 0.25, 1.0);

    /// A picture of a target at a ratio.
    public record Shown(String target, double ratio, Simulation.Result result) {}

    /// All results.
    ///
    /// @param tenth codes at a tenth, all imperfections, 50 dB, 8 bits
    /// @param fiftieth the same at a fiftieth
    /// @param ideal at a tenth, without imperfections
    /// @param curve rates by number of coefficients
    /// @param noise rates by signal-to-noise ratio in decibels, at a tenth
    /// @param frames rates of codes of versions 2 and 3 in frames of 256², by per cent
    /// @param speed opponents without noise
    /// @param inNoise codes read by opponents with noise
    public record Results(
            QrStudy.Result tenth,
            QrStudy.Result fiftieth,
            QrStudy.Result ideal,
            Map<Integer, QrStudy.Result> curve,
            Map<Integer, QrStudy.Result> noise,
            Map<Integer, QrStudy.Result> frames,
            List<Shown> shown,
            List<SpeedStudy.Row> speed,
            List<NoiseStudy.Row> inNoise,
            StreamStudy.Result stream,
            Cytometry cytometry) {}

    /// Results of the flow cytometer.
    ///
    /// @param settings cells one by one, by pulses per line, speed and noise
    /// @param flow cells at random, 100,000 a second
    /// @param speed cells a second through the whole chain
    public record Cytometry(
            Map<String, CytometryStudy.Accuracy> settings,
            CytometryStudy.Flow flow,
            CytometryStudy.Throughput speed) {}

    /// Instrument with every imperfection, 50 dB, 8 bits.
    public static InstrumentConfig parts() {
        return InstrumentConfig.TYPICAL.withSampling(8, 4).withSnr(50);
    }

    /// Runs all studies.
    ///
    /// @param say hears what is done, in sentences
    public Results run(Workers workers, Consumer<String> say) {
        say.accept("1. Reading %d QR codes at 10 %% and at 2 %%.".formatted(codes));
        QrStudy.Result tenth = study(Preset.PAPER_QR, parts(), codes, workers, say, "10 %");
        say.accept("   10 %: " + tenth.rate());
        QrStudy.Result fiftieth = study(Preset.PAPER_QR_2PCT, parts(), codes, workers, say, "2 %");
        say.accept("   2 %: " + fiftieth.rate());
        InstrumentConfig nothing =
                InstrumentConfig.IDEAL.withSampling(0, 4).withMotion(1e-3, 1, false, 0);
        QrStudy.Result ideal = study(Preset.PAPER_QR, nothing, codes, workers, say, "ideal");
        say.accept("   10 %, without imperfections: " + ideal.rate());
        var curve = new LinkedHashMap<Integer, QrStudy.Result>();
        var noise = new LinkedHashMap<Integer, QrStudy.Result>();
        var frames = new LinkedHashMap<Integer, QrStudy.Result>();
        if (curveCodes > 0) {
            for (int k : new int[] {4, 8, 12, 14, 16, 18, 20, 24}) {
                Preset p = Preset.PAPER_QR.withCoefficients(k);
                curve.put(k, study(p, parts(), curveCodes, workers, say, "K " + k));
                say.accept("   %d coefficients: %s".formatted(k, curve.get(k).rate()));
            }
            for (int snr : new int[] {55, 50, 45, 40, 35, 30}) {
                InstrumentConfig at = parts().withSampling(12, 4).withSnr(snr);
                noise.put(snr, study(Preset.PAPER_QR, at, curveCodes, workers, say, snr + " dB"));
                say.accept("   %d dB: %s".formatted(snr, noise.get(snr).rate()));
            }
            for (int percent : new int[] {2, 5, 10}) {
                var study =
                        new FrameQrStudy(
                                256,
                                percent / 100.0,
                                InstrumentConfig.FRAMES,
                                List.of(2, 3),
                                curveCodes,
                                seed);
                frames.put(percent, study.run(workers));
                say.accept("   frames, %d %%: %s".formatted(percent, frames.get(percent).rate()));
            }
        }
        say.accept("2. Pictures at 2, 5, 10, 25 and 100 %.");
        List<Shown> shown = shown(workers, say);
        say.accept("3. Timing compressed sensing with as many pulses.");
        var speed = new SpeedStudy(64, 0.1, new FairTiming(repeats / 10, repeats), seed);
        List<SpeedStudy.Target> targets = speed.targets();
        List<SpeedStudy.Row> rows =
                speed.run(
                        targets.subList(0, Math.min(timed, targets.size())),
                        done -> say.accept("   " + done));
        List<NoiseStudy.Row> inNoise = new ArrayList<>();
        if (noiseCodes > 0) {
            say.accept(
                    "4. Reading %d QR codes against opponents, with noise.".formatted(noiseCodes));
            for (double snr : NOISE) {
                for (NoiseStudy.Row row : opponents(snr).run(workers)) {
                    inNoise.add(row);
                    say.accept("   %.0f dB, %s: %s".formatted(snr, row.side(), row.rate()));
                }
            }
        }
        say.accept("5. Streaming for twice %.0f s.".formatted(seconds));
        StreamStudy.Result stream = new StreamStudy(Preset.PAPER_QR, parts(), seconds).run();
        say.accept("6. Telling cells apart.");
        Cytometry cytometry = cytometry(workers, say);
        return new Results(
                tenth, fiftieth, ideal, curve, noise, frames, shown, rows, inNoise, stream,
                cytometry);
    }

    /// At five metres a second the pulses of a line decide: fewer coefficients blur across the
    /// flow, more of them along it.
    private Cytometry cytometry(Workers workers, Consumer<String> say) {
        var settings = new LinkedHashMap<String, CytometryStudy.Accuracy>();
        for (int snr : new int[] {45, 35}) {
            for (Preset p : cytometers()) {
                if (curveCodes == 0 && !p.equals(Preset.CYTO_100K)) {
                    continue;
                }
                String name =
                        "%d × %d pulses, %.0f m/s, %d dB"
                                .formatted(p.coefficients(), p.steps(), p.speed(), snr);
                settings.put(name, cells(p, snr).accuracy(workers));
                say.accept(
                        "   %s: %.3f right"
                                .formatted(name, settings.get(name).linear().accuracy()));
            }
        }
        CytometryStudy study = cells(Preset.CYTO_100K, 45);
        CytometryStudy.Flow flow = study.flow(workers);
        say.accept("   Streaming cells for twice %.0f s.".formatted(seconds));
        return new Cytometry(settings, flow, study.throughput(seconds, workers));
    }

    private CytometryStudy cells(Preset preset, int snr) {
        InstrumentConfig parts = InstrumentConfig.TYPICAL.withSampling(12, 4).withSnr(snr);
        return new CytometryStudy(preset, parts, cells, cells, seed);
    }

    /// Ways to spend the pulses of a cell.
    private static List<Preset> cytometers() {
        Preset fast = Preset.CYTO_100K;
        List<Preset> all = new ArrayList<>();
        for (int[] ks : new int[][] {{20, 4}, {10, 3}, {8, 4}, {6, 4}, {5, 4}}) {
            all.add(
                    ks[0] == fast.coefficients() && ks[1] == fast.steps()
                            ? fast
                            : new Preset(
                                    "cyto",
                                    ks[1],
                                    ks[0],
                                    fast.pixels(),
                                    fast.field(),
                                    fast.speed()));
        }
        all.add(Preset.CYTO_SLOW);
        return all;
    }

    /// Joint ADMM is the slowest: it takes part where there is time, and anything left to read.
    private NoiseStudy opponents(double snr) {
        List<String> names = new ArrayList<>(OPPONENTS);
        if (snr > 40 && curveCodes > 0) {
            names.add("joint admm");
        }
        return new NoiseStudy(noiseCodes, snr, 8, 100, names, seed);
    }

    private QrStudy.Result study(
            Preset preset,
            InstrumentConfig parts,
            int n,
            Workers workers,
            Consumer<String> say,
            String name) {
        long[] told = {System.nanoTime()};
        return new QrStudy(preset, parts, VERSIONS, n, seed)
                .run(
                        workers,
                        done -> {
                            synchronized (told) {
                                if (System.nanoTime() - told[0] > 5_000_000_000L) {
                                    told[0] = System.nanoTime();
                                    say.accept("   %s: %d of %d codes".formatted(name, done, n));
                                }
                            }
                        });
    }

    private List<Shown> shown(Workers workers, Consumer<String> say) {
        List<Shown> all = new ArrayList<>();
        QrCode code = QrCode.random(2, Rng.seed(seed));
        int rows = 25 * side / 8;
        float[] qr = code.drawn(rows, rows, 0.05f, 0.95f);
        float[] natural = Drawings.naturalField(side, Rng.seed(seed));
        float[] phantom = Drawings.phantom(side);
        for (double ratio : RATIOS) {
            say.accept("   %.0f %%".formatted(100 * ratio));
            all.add(shown("QR code, lines", true, ratio, qr, rows, 2 * rows, workers));
            all.add(shown("QR code, frame", false, ratio, qr, rows, side, workers));
            all.add(shown("phantom, frame", false, ratio, phantom, side, side, workers));
            all.add(shown("random field, frame", false, ratio, natural, side, side, workers));
        }
        return all;
    }

    /// A ratio of 1 is half of the spectrum: four phases of all of it are two numbers per pixel.
    private Shown shown(
            String name,
            boolean line,
            double ratio,
            float[] object,
            int width,
            int size,
            Workers workers) {
        var simulation =
                new Simulation(
                        line,
                        ratio,
                        new Scheme.Steps(4),
                        SamplingOrder.CIRCULAR,
                        RowSkew.NONE,
                        size,
                        line ? parts() : InstrumentConfig.FRAMES);
        return new Shown(
                name, ratio, simulation.run(object, width, Rng.seed(seed), workers, _ -> {}));
    }
}
