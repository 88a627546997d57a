package javelin.kernels.random;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;

import java.util.List;

/// Random numbers in 32 bits, in chunks that the threads share.
public final class RandomCpu {
    private RandomCpu() {}

    /// Numbers of a law.
    public static Work work(RandomFill f, List<View> in, View y, Cpu cpu) {
        float[] to = y.floats();
        int offset = y.offset();
        return Work.split(
                y.length(),
                RandomNumbers.CHUNK,
                (from, end) -> {
                    int[] words = Scratch.borrowInts(RandomNumbers.CHUNK);
                    RandomNumbers.fill(f, from, words, to, offset + from, end - from);
                    Scratch.giveBack(words);
                });
    }

    /// A random order.
    public static Work work(Permutation f, List<View> in, View y, Cpu cpu) {
        int[] words = new int[4];
        return _ -> RandomNumbers.shuffle(f, words, y.ints(), y.offset(), y.length());
    }
}
