package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;

/// Settings of the line camera at 50 million pulses a second.
///
/// The rates are the paper's: 80 pulses at 50 MHz make 625,000 lines a second and a tenth of 800
/// pixels. Steps, pixels and geometry are not in its abstract; these fit the rates.
///
/// @param name lower case, with dashes
/// @param steps phases per coefficient, `S`
/// @param coefficients lowest frequencies that are measured, `K`
/// @param pixels of a line, `N`
/// @param field width of the line in metres
/// @param speed of the object in metres per second
public record Preset(
        String name, int steps, int coefficients, int pixels, double field, double speed) {
    /// QR codes at a tenth: 800 pixels from 80 pulses, 200 lines over a square field.
    public static final Preset PAPER_QR = new Preset("paper-qr", 4, 20, 800, 1e-3, 3.125);

    /// The same at a fiftieth, where codes cannot be read.
    public static final Preset PAPER_QR_2PCT = new Preset("paper-qr-2pct", 4, 4, 800, 1e-3, 15.625);

    /// Slow cells in a field of 40 µm, with the line of the QR codes.
    public static final Preset CYTO_SLOW = new Preset("cyto-slow", 4, 20, 128, 40e-6, 1);

    /// Cells at 5 m/s: fewer coefficients, so that lines lie closer along the flow.
    public static final Preset CYTO_100K = new Preset("cyto-100k", 4, 8, 128, 40e-6, 5);

    /// All of them.
    public static final java.util.List<Preset> ALL =
            java.util.List.of(PAPER_QR, PAPER_QR_2PCT, CYTO_SLOW, CYTO_100K);

    /// The same with another number of coefficients, at the speed that keeps the lines' distance.
    public Preset withCoefficients(int k) {
        return new Preset(name, steps, k, pixels, field, speed * coefficients / k);
    }

    /// Lowest frequencies, one after another.
    public Schedule schedule() {
        Grid grid = Grid.line(pixels);
        return Schedule.of(
                grid,
                SamplingOrder.LOW_1D.first(grid, coefficients),
                new Scheme.Steps(steps),
                false);
    }

    /// An instrument with this geometry.
    public InstrumentConfig config(InstrumentConfig parts) {
        return parts.withMotion(field, speed, parts.frozen(), parts.thickness());
    }
}
