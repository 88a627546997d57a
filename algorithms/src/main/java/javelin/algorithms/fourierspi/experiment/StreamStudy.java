package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.PictureScene;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.LineCamera;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.instrument.Recording;
import javelin.algorithms.fourierspi.stream.LineStream;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.tensor.Rng;

/// How many lines a second one thread reconstructs from the samples of the line camera, all pixels
/// of each, and whether it keeps the instrument's pace.
///
/// @param preset line camera
/// @param parts instrument, with a converter
/// @param seconds of each of the two runs
public record StreamStudy(Preset preset, InstrumentConfig parts, double seconds) {
    private static final int BLOCKS = 4;

    /// What was found.
    ///
    /// @param needed lines per second of the instrument
    /// @param free as fast as it goes
    /// @param paced at the instrument's pace
    /// @param agrees whether the lines of the stream are those of the recording reconstructed
    ///   alone, to 1e-4 of full light
    public record Result(
            double needed, LineStream.Result free, LineStream.Result paced, boolean agrees) {}

    /// Runs both.
    public Result run() {
        var camera = new LineCamera(preset.config(parts), preset.schedule(), Rng.seed(1));
        double needed = camera.instrument().lineRate();
        LineStream stream = LineStream.UNPACED;
        int lines = BLOCKS * stream.blockLines();
        QrCode code = QrCode.random(2, Rng.seed(2));
        double row = lines * camera.instrument().pitch() / code.across();
        Recording r =
                camera.instrument()
                        .record(
                                new PictureScene(code.modules(), code.across(), row, false),
                                lines,
                                0,
                                Rng.seed(3));
        int n = preset.pixels();
        float[] expected = camera.reconstruction(n).run(r.values());
        LineReconstruction plan = camera.reconstruction(n);
        stream.run(r.codes(), r.step(), plan, Math.min(2, seconds), (_, _, _) -> {}); // compilers
        boolean[] agrees = {true};
        stream.run(
                r.codes(),
                r.step(),
                plan,
                0.2,
                (x, count, first) -> {
                    int at = (int) (first % lines) * n;
                    for (int i = 0; i < count * n; i++) {
                        agrees[0] &= Math.abs(x[i] - expected[at + i]) < 1e-4;
                    }
                });
        return new Result(
                needed,
                stream.run(r.codes(), r.step(), plan, seconds, (_, _, _) -> {}),
                stream.withRate(needed).run(r.codes(), r.step(), plan, seconds, (_, _, _) -> {}),
                agrees[0]);
    }
}
