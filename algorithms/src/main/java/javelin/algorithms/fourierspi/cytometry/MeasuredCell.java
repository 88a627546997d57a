package javelin.algorithms.fourierspi.cytometry;

/// A cell of a stream.
///
/// @param x centre across the flow, metres from the field's border
/// @param y centre along the flow, metres from the first pulse of the stream
/// @param cut whether it touches its event's border, so that a part may be missing
/// @param features what it looks like
/// @param kind number of its class
public record MeasuredCell(double x, double y, boolean cut, Features features, int kind) {}
