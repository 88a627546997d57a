package javelin.kernels.random;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;

import java.util.List;

/// Random numbers in 32 bits, in chunks that the threads share.
public final class RandomCpu {
    private RandomCpu() {}

    /// Numbers of a law.
    public static void run(RandomFill f, List<View> in, View y, Cpu cpu) {
        float[] to = y.floats();
        int offset = y.offset();
        cpu.workers()
                .split(
                        y.length(),
                        RandomNumbers.CHUNK,
                        (from, end) -> RandomNumbers.fill(f, from, to, offset + from, end - from));
    }

    /// A random order.
    public static void run(Permutation f, List<View> in, View y, Cpu cpu) {
        RandomNumbers.shuffle(f, y.ints(), y.offset(), y.length());
    }
}
