package javelin.algorithms.fourierspi;

/// A complex number.
public record Complex(double re, double im) {}
