/// Matrix products.
@org.jspecify.annotations.NullMarked
package javelin.bench.gemm;
