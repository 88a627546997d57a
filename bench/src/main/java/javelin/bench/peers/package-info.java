/// Other libraries beside ours, in the same run.
@org.jspecify.annotations.NullMarked
package javelin.bench.peers;
