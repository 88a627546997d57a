/// Benchmarks: what is measured, how it is checked, and the command line `javelin bench`.
@org.jspecify.annotations.NullMarked
package javelin.bench;
