package javelin.algorithms.fourierspi.cytometry;

/// A cell in an image.
///
/// @param x centre across the flow, metres from the field's border
/// @param y centre along the flow, metres from the image's first line
/// @param cut whether it touches the image's border, so that a part may be missing
/// @param features what it looks like
public record FoundCell(double x, double y, boolean cut, Features features) {}
