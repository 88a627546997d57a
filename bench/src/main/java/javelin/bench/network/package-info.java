/// Whole networks at inference.
@org.jspecify.annotations.NullMarked
package javelin.bench.network;
