package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.RowSkew;
import javelin.algorithms.fourierspi.recognition.QrReader;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.List;

/// How many QR codes are read from frames, four phases of the lowest frequencies in squares: codes
/// have most of their energy along the axes.
///
/// @param side pixels along a side
/// @param ratio measurements per pixel
/// @param parts camera
/// @param versions of the codes, taken in turn
/// @param codes how many
/// @param seed of codes and noise
public record FrameQrStudy(
        int side,
        double ratio,
        InstrumentConfig parts,
        List<Integer> versions,
        int codes,
        long seed) {
    /// Checks the numbers.
    public FrameQrStudy {
        versions = List.copyOf(versions);
        if (codes < 1 || versions.isEmpty()) {
            throw new IllegalArgumentException(
                    "frame qr study: needs codes and versions, got %d and %s"
                            .formatted(codes, versions));
        }
    }

    /// Records, reconstructs and reads all codes.
    public QrStudy.Result run(Workers workers) {
        var trials = new QrStudy.Trial[codes];
        workers.run(codes, i -> trials[i] = trial(i));
        return QrStudy.Result.of(trials);
    }

    private QrStudy.Trial trial(int i) {
        Rng rng = Rng.seed(seed).split(i + 1L); // no trial depends on another
        QrCode code = QrCode.random(versions.get(i % versions.size()), rng);
        int fine = Math.multiplyExact(side, parts.subpixels());
        float[] object = code.drawn(fine, fine, QrStudy.DARK, QrStudy.LIGHT);
        var simulation =
                new Simulation(
                        false,
                        ratio,
                        new Scheme.Steps(4),
                        SamplingOrder.SQUARE,
                        RowSkew.NONE,
                        side,
                        parts);
        Simulation.Result r = simulation.run(object, fine, rng, new Workers(1), _ -> {});
        boolean read = QrReader.read(r.picture(), side).filter(code.text()::equals).isPresent();
        return new QrStudy.Trial(
                new QrStudy.Example(code, r.picture(), side, read),
                r.quality().psnr(),
                r.recording().clipped());
    }
}
