/// Pooling, normalisation, softmax.
@org.jspecify.annotations.NullMarked
package javelin.bench.poolnorm;
