/// Convolutions: forward, gradient to the input, gradient to the weights.
@org.jspecify.annotations.NullMarked
package javelin.bench.conv;
