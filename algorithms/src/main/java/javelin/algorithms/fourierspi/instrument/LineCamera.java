package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Scene;
import javelin.algorithms.fourierspi.Schedule;
import javelin.tensor.Rng;

/// A calibrated line camera: instrument and reconstruction together. Immutable; any number of
/// threads may use it.
public final class LineCamera {
    /// Lines of a blank and of a slit that a calibration takes the mean of.
    private static final int CALIBRATION_LINES = 400;

    private final Instrument instrument;
    private final Calibration calibration;

    /// Builds and calibrates it.
    public LineCamera(InstrumentConfig config, Schedule schedule, Rng rng) {
        instrument = new Instrument(config, schedule);
        calibration = Calibration.of(instrument, CALIBRATION_LINES, rng);
    }

    /// The instrument.
    public Instrument instrument() {
        return instrument;
    }

    /// What it is calibrated with.
    public Calibration calibration() {
        return calibration;
    }

    /// A reconstruction with working memory of its own.
    ///
    /// @param pixels of a line
    public LineReconstruction reconstruction(int pixels) {
        return calibration.reconstruction(instrument.schedule(), pixels);
    }

    /// Records lines and reconstructs them.
    ///
    /// @param start height in metres of the first pulse
    public Shot shoot(Scene scene, int lines, double start, int pixels, Rng rng) {
        Recording recording = instrument.record(scene, lines, start, rng);
        return new Shot(recording, reconstruction(pixels).run(recording.values()), pixels);
    }

    /// A recording and its picture.
    ///
    /// @param picture `[lines, pixels]`, a blank being 1
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Shot(Recording recording, float[] picture, int pixels) {}
}
