package javelin.kernels.cpu;

/// How a kernel of the `cpu` backend may run.
///
/// @param workers threads that share its work
/// @param simd whether classes named `*Simd` may be used; false runs the plain loops
public record Cpu(Workers workers, boolean simd) {}
