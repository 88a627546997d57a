package javelin.algorithms.fourierspi;

/// A spatial frequency in cycles across the field.
///
/// @param u along the line, may be negative
/// @param v across the lines, 0 on a line
public record Frequency(int u, int v) {}
