/// Steps of training.
@org.jspecify.annotations.NullMarked
package javelin.bench.train;
