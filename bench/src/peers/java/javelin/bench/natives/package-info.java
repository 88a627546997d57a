/// Other libraries, called through their Java bindings.
@org.jspecify.annotations.NullMarked
package javelin.bench.natives;
