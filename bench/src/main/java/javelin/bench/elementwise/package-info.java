/// Functions of single numbers, and sums.
@org.jspecify.annotations.NullMarked
package javelin.bench.elementwise;
