package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.sensing.Comparison;
import javelin.algorithms.fourierspi.sensing.FairTiming;
import javelin.algorithms.fourierspi.sensing.Noise;
import javelin.algorithms.fourierspi.targets.Drawings;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Time to a picture without noise: a [Comparison] of the Fourier picture with each opponent, for
/// frames and for 32 lines of 800.
///
/// @param side of the frames: small, because a dense matrix of random patterns must fit the memory
/// @param ratio pulses per pixel
/// @param timing how often things are timed
/// @param seed of targets and random patterns
public record SpeedStudy(int side, double ratio, FairTiming timing, long seed) {
    private static final int LINE = 800;
    private static final int LINES = 32;

    /// A picture to reconstruct.
    ///
    /// @param pixels `[side, side]`, or 32 lines of 800
    /// @param calibration another picture of the same kind, for the weights of the opponents
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Target(String name, Comparison.Mode mode, float[] pixels, float[] calibration) {}

    /// One opponent on one picture; times are those of a frame or of one line.
    ///
    /// @param lines by which the times of the whole picture are divided; 1 for a frame
    public record Row(
            String target, int lines, Comparison.Fourier fourier, Comparison.Opponent opponent) {
        /// Name and operator of the opponent.
        public String solver() {
            return opponent.name() + ", " + opponent.operator();
        }

        /// Of the Fourier picture.
        public double fourierSeconds() {
            return fourier.seconds() / lines;
        }

        /// Seconds to the first iterate as good as the Fourier picture; NaN if none is.
        public double toEqual() {
            return opponent.result().oracleSeconds() / lines;
        }

        /// Seconds to its own stop.
        public double ownSeconds() {
            return opponent.result().ownSeconds() / lines;
        }

        /// By how many decibels its final picture is better than the Fourier picture.
        public double gain() {
            return opponent.result().ownPsnr() - fourier.psnr();
        }

        /// Time at equal quality over the Fourier time; NaN if it is never as good.
        public double ratio() {
            return opponent.ratio();
        }

        /// Time to its own stop over the Fourier time.
        public double ownRatio() {
            return opponent.ownRatio();
        }

        /// Fewest pulses with which its final picture is as good as Fourier's with all.
        public OptionalInt fewestPulses() {
            return opponent.fewestPulses();
        }
    }

    /// QR code, phantom and random field, then lines over a QR code. Others of their kinds
    /// calibrate: another code, a phantom with moved ellipses, another field.
    public List<Target> targets() {
        Rng other = Rng.seed(seed).split(1);
        return List.of(
                frame(
                        "QR code",
                        QrCode.random(1, Rng.seed(seed)).drawn(side, side, 0, 1),
                        QrCode.random(1, other).drawn(side, side, 0, 1)),
                frame("phantom", Drawings.phantom(side), Drawings.phantom(side, other)),
                frame(
                        "random field",
                        Drawings.naturalField(side, Rng.seed(seed)),
                        Drawings.naturalField(side, other)),
                new Target(
                        "QR code, lines",
                        Comparison.Mode.LINE,
                        QrCode.random(2, Rng.seed(seed)).drawn(LINE, LINES, 0, 1),
                        QrCode.random(2, other).drawn(LINE, LINES, 0, 1)));
    }

    /// All opponents on all targets.
    ///
    /// @param progress hears each target done
    public List<Row> run(List<Target> targets, Consumer<String> progress) {
        List<Row> rows = new ArrayList<>();
        for (Target t : targets) {
            boolean line = t.mode == Comparison.Mode.LINE;
            int lines = line ? LINES : 1;
            var comparison =
                    new Comparison(
                            t.mode,
                            line ? LINES : side,
                            line ? LINE : side,
                            ratio,
                            Noise.NONE,
                            new Scheme.Steps(4),
                            timing,
                            seed);
            Comparison.Report report = comparison.run(t.pixels, t.calibration);
            for (Comparison.Opponent o : report.opponents()) {
                rows.add(new Row(t.name, lines, report.fourier(), o));
            }
            progress.accept(t.name);
        }
        return rows;
    }

    private static Target frame(String name, float[] pixels, float[] calibration) {
        return new Target(name, Comparison.Mode.FRAME, pixels, calibration);
    }
}
