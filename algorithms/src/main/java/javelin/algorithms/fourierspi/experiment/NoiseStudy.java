package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.recognition.QrReader;
import javelin.algorithms.fourierspi.recognition.Rate;
import javelin.algorithms.fourierspi.sensing.Comparison;
import javelin.algorithms.fourierspi.sensing.FairTiming;
import javelin.algorithms.fourierspi.sensing.Noise;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many QR codes are read from lines of 800 pixels with 80 pulses each, by Fourier imaging and
/// by its opponents, where both have the same noise: patterns are ideal, only detector and
/// converter are not. Opponents have the weights that are best for another code and this noise.
///
/// @param codes how many, of versions 1 and 2 in turn
/// @param snr range of the converter over the noise, in decibels; see [Noise#decibels]
/// @param bits of the converter
/// @param lines over a code; half of those of [QrStudy] do, three a module
/// @param opponents names as in a [Comparison]
/// @param seed of codes, noise and random patterns
public record NoiseStudy(
        int codes, double snr, int bits, int lines, List<String> opponents, long seed) {
    private static final int LINE = 800;
    private static final double RATIO = 0.1;

    /// Dark and light modules: neither is all or nothing.
    private static final float DARK = 0.05f;

    private static final float LIGHT = 0.95f;

    /// Checks the numbers.
    public NoiseStudy {
        opponents = List.copyOf(opponents);
        if (codes < 1 || lines < 1 || LINE % lines != 0) {
            throw new IllegalArgumentException(
                    "noise study: needs a code, and lines that divide %d; got %d codes, %d lines"
                            .formatted(LINE, codes, lines));
        }
    }

    /// What one side achieves.
    ///
    /// @param side as in [Comparison.Viewer]
    /// @param psnr mean over the codes, in decibels
    public record Row(double snr, int bits, String side, Rate rate, double psnr) {}

    private static final class Sum {
        int read;
        double psnr;
    }

    /// Fourier first, then the opponents.
    public List<Row> run(Workers workers) {
        List<QrCode> all = new ArrayList<>();
        List<float[]> scenes = new ArrayList<>();
        for (int i = 0; i < codes; i++) {
            QrCode code = QrCode.random(1 + i % 2, Rng.seed(seed).split(i + 1L));
            all.add(code);
            scenes.add(code.drawn(LINE, lines, DARK, LIGHT));
        }
        float[] calibration =
                QrCode.random(2, Rng.seed(seed).split(0)).drawn(LINE, lines, DARK, LIGHT);
        Map<String, Sum> sums = new LinkedHashMap<>();
        sums.put(Comparison.Viewer.FOURIER, new Sum());
        opponents.forEach(name -> sums.put(name, new Sum()));
        new Comparison(
                        Comparison.Mode.LINE,
                        lines,
                        LINE,
                        RATIO,
                        Noise.decibels(snr, bits),
                        new Scheme.Steps(4),
                        FairTiming.STANDARD,
                        seed)
                .pictures(
                        scenes,
                        calibration,
                        opponents,
                        workers,
                        (i, side, picture) -> {
                            boolean read = reads(picture, all.get(i));
                            double psnr = FairTiming.psnr(picture, scenes.get(i));
                            synchronized (sums) {
                                Sum sum = sums.get(side);
                                if (sum != null) {
                                    sum.read += read ? 1 : 0;
                                    sum.psnr += psnr / codes;
                                }
                            }
                        });
        List<Row> rows = new ArrayList<>();
        sums.forEach((side, sum) ->
                rows.add(new Row(snr, bits, side, new Rate(sum.read, codes), sum.psnr)));
        return rows;
    }

    private boolean reads(float[] picture, QrCode code) {
        return QrReader.read(QrReader.resampled(picture, LINE, LINE / lines), LINE)
                .filter(code.text()::equals)
                .isPresent();
    }
}
