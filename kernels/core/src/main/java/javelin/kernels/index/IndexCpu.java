package javelin.kernels.index;

import javelin.kernels.HostBuffer;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Selection by index in 32 bits. The axes in front of the indexed one count as one axis `a`, those
/// behind it as one axis `b`.
public final class IndexCpu {
    private IndexCpu() {}

    /// `y[a, i, b] = x[a, index[i], b]`.
    public static Work work(Gather f, List<View> in, View y, Cpu cpu) {
        View x = in.get(0);
        View index = in.get(1);
        int[] pick = index.ints();
        int size = x.shape().dim(f.axis());
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        int picks = index.length();
        int rows = inner == 0 ? 0 : y.length() / inner; // (a, i)
        Work copies =
                Work.split(
                        rows,
                        Workers.grain(inner),
                        (from, to) -> {
                            for (int r = from; r < to; r++) {
                                int source = r / picks * size + pick[index.offset() + r % picks];
                                int at = x.offset() + source * inner;
                                copy(x, at, y, y.offset() + r * inner, inner);
                            }
                        });
        return workers -> {
            Indices.check("gather", "index", index, 0, size);
            copies.run(workers);
        };
    }

    private static void copy(View x, int from, View y, int to, int n) {
        switch ((HostBuffer) y.buffer()) {
            case HostBuffer.Floats f -> {
                if (n == 1) {
                    f.array()[to] = x.floats()[from];
                } else {
                    System.arraycopy(x.floats(), from, f.array(), to, n);
                }
            }
            case HostBuffer.Ints f -> System.arraycopy(x.ints(), from, f.array(), to, n);
            case HostBuffer.Doubles f -> System.arraycopy(x.doubles(), from, f.array(), to, n);
        }
    }

    /// `y = 0`, then `y[a, index[i], b] += x[a, i, b]`, in the order of `i`: shared among the
    /// threads over `a` only, so that no two of them add to the same element.
    public static Work work(ScatterAdd f, List<View> in, View y, Cpu cpu) {
        View x = in.get(0);
        View index = in.get(1);
        int outer = y.shape().product(0, f.axis());
        int size = y.shape().dim(f.axis());
        int inner = y.shape().product(f.axis() + 1, y.shape().rank());
        int picks = index.length();
        Work sums =
                Work.split(
                        outer,
                        Workers.grain((long) picks * inner),
                        (from, to) -> {
                            for (int a = from; a < to; a++) {
                                int source = x.offset() + a * picks * inner;
                                int target = y.offset() + a * size * inner;
                                scatter(x.floats(), source, index, y.floats(), target, inner);
                            }
                        });
        return workers -> {
            Indices.check("scatterAdd", "index", index, 0, size);
            Arrays.fill(y.floats(), y.offset(), y.offset() + y.length(), 0);
            sums.run(workers);
        };
    }

    private static void scatter(
            float[] x, int source, View index, float[] y, int target, int inner) {
        int[] pick = index.ints();
        for (int i = 0; i < index.length(); i++) {
            int to = target + pick[index.offset() + i] * inner;
            int from = source + i * inner;
            for (int b = 0; b < inner; b++) {
                y[to + b] += x[from + b];
            }
        }
    }

    /// `y[i, k] = 1 if k = index[i], else 0`.
    public static Work work(OneHot f, List<View> in, View y, Cpu cpu) {
        View index = in.getFirst();
        int depth = y.shape().dim(-1);
        return Work.split(
                index.length(),
                Workers.grain(depth),
                (from, to) -> {
                    Arrays.fill(y.floats(), y.offset() + from * depth, y.offset() + to * depth, 0);
                    for (int i = from; i < to; i++) {
                        int k = index.ints()[index.offset() + i];
                        if (k >= 0 && k < depth) {
                            y.floats()[y.offset() + i * depth + k] = 1;
                        }
                    }
                });
    }
}
