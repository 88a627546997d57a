package javelin.algorithms.fourierspi.instrument;

/// What the instrument wrote down.
///
/// @param lines lines, or 1 for a frame
/// @param samples numbers of each, in time order
/// @param values `[lines, samples]` in units of one pixel at full light
/// @param codes the same as the converter gave them, unsigned; empty without a converter
/// @param step value of one step of the converter; 0 without
/// @param clipped numbers that lay beyond the converter's range
@SuppressWarnings("ArrayRecordComponent") // a recording is its memory
public record Recording(
        int lines, int samples, double[] values, short[] codes, double step, int clipped) {

    /// Numbers of one line.
    public double[] line(int line) {
        return java.util.Arrays.copyOfRange(values, line * samples, (line + 1) * samples);
    }

    /// The same with other values, as after a correction; there are no codes then.
    public Recording withValues(double[] others) {
        if (others.length != values.length) {
            throw new IllegalArgumentException(
                    "recording: %d values cannot replace %d"
                            .formatted(others.length, values.length));
        }
        return new Recording(lines, samples, others, new short[0], 0, clipped);
    }
}
