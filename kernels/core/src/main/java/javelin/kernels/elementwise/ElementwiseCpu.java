package javelin.kernels.elementwise;

import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Elementwise functions in 32 bits.
///
/// All loops run over neighbours. An operand that is smaller than the output is brought to that
/// form in pieces that stay in the cache: a number or a row once as a repeated pattern, anything
/// else by copies of its runs.
public final class ElementwiseCpu {
    private static final int PIECE = 2048; // elements: three operands fit the first-level cache
    private static final int OPERATIONS = 2;
    private static final int SLOW_OPERATIONS = 16;

    /// The operand a function does not have.
    private static final Whole NONE = new Whole(new float[0], 0);

    private ElementwiseCpu() {}

    /// `y[i] = f(x[i])`.
    public static Work work(Unary f, List<View> in, View y, Cpu cpu) {
        return work(f, in, y, cpu, f.compareTo(Unary.EXP) < 0 ? OPERATIONS : SLOW_OPERATIONS);
    }

    /// `y[i] = f(a[i], b[i])`, broadcasting.
    public static Work work(Binary f, List<View> in, View y, Cpu cpu) {
        return work(f, in, y, cpu, f == Binary.POW ? SLOW_OPERATIONS : OPERATIONS);
    }

    /// `y[i] = f(a[i], b[i], c[i])`, broadcasting.
    public static Work work(Ternary f, List<View> in, View y, Cpu cpu) {
        return work(f, in, y, cpu, OPERATIONS);
    }

    private static Work work(Kernel f, List<View> in, View y, Cpu cpu, int operations) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        Loops.Loop loop = Loops.of(f, cpu.simd());
        Operand a = Operand.of(in.getFirst(), y.shape());
        Operand b = in.size() > 1 ? Operand.of(in.get(1), y.shape()) : NONE;
        Operand c = in.size() > 2 ? Operand.of(in.get(2), y.shape()) : NONE;
        int grain = Workers.grain(operations);
        if (a instanceof Whole p && b instanceof Whole q && c instanceof Whole r) {
            return side(loop, p, q, r, y, grain);
        }
        Work pieces = pieces(loop, a, b, c, y, grain);
        return workers -> {
            a.refresh();
            b.refresh();
            c.refresh();
            pieces.run(workers);
        };
    }

    /// All operands as large as the output.
    private static Work side(Loops.Loop loop, Whole a, Whole b, Whole c, View y, int grain) {
        float[] to = y.floats();
        int offset = y.offset();
        return Work.split(
                y.length(),
                grain,
                (from, end) ->
                        loop.run(
                                a.values,
                                a.offset + from,
                                b.values,
                                b.offset + from,
                                c.values,
                                c.offset + from,
                                to,
                                offset + from,
                                end - from));
    }

    private static Work pieces(
            Loops.Loop loop, Operand a, Operand b, Operand c, View y, int grain) {
        float[] to = y.floats();
        int offset = y.offset();
        return Work.split(
                y.length(),
                grain,
                (from, end) -> {
                    float[] copies = Scratch.borrow(3 * PIECE);
                    for (int i = from; i < end; i += PIECE) {
                        int n = Math.min(PIECE, end - i);
                        loop.run(
                                a.values(copies),
                                a.prepare(i, n, copies, 0),
                                b.values(copies),
                                b.prepare(i, n, copies, PIECE),
                                c.values(copies),
                                c.prepare(i, n, copies, 2 * PIECE),
                                to,
                                offset + i,
                                n);
                    }
                    Scratch.giveBack(copies);
                });
    }

    /// An input as the loops see it: elements `i … i + n − 1` of its broadcast form lie side by
    /// side in `values(copies)` from `prepare(i, n, copies, at)` on.
    private sealed interface Operand {
        /// The array to read; `copies` is a thread's own space.
        float[] values(float[] copies);

        /// Makes a piece of at most [#PIECE] elements ready, in `copies` from `at` on if it must be
        /// copied, and returns where it starts.
        int prepare(int i, int n, float[] copies, int at);

        /// Reads what is kept of the values; before each run.
        default void refresh() {}

        static Operand of(View x, Shape target) {
            if (x.length() == target.length()) {
                return new Whole(x.floats(), x.offset());
            }
            int row = x.length();
            int rank = x.shape().rank();
            int covered = 0; // innermost axes in which x is as large as the target
            int product = 1;
            while (covered < rank
                    && x.shape().dim(-1 - covered) == target.dim(-1 - covered)
                    && product < row) {
                covered++;
                product *= x.shape().dim(-covered);
            }
            return product == row // all other axes have size 1
                    ? Repeated.of(x, target.length())
                    : Copied.of(x, target);
        }
    }

    /// As large as the output.
    private record Whole(float[] values, int offset) implements Operand {
        @Override
        public float[] values(float[] copies) {
            return values;
        }

        @Override
        public int prepare(int i, int n, float[] copies, int at) {
            return offset + i;
        }
    }

    /// A number or a row, repeated: a piece starts anywhere in the first row of the pattern.
    private record Repeated(float[] from, int offset, int row, float[] pattern) implements Operand {
        static Repeated of(View x, int n) {
            int length = Math.addExact(x.length(), Math.min(PIECE, n));
            return new Repeated(x.floats(), x.offset(), x.length(), new float[length]);
        }

        @Override
        public void refresh() {
            System.arraycopy(from, offset, pattern, 0, row);
            for (int done = row; done < pattern.length; ) {
                int n = Math.min(done, pattern.length - done);
                System.arraycopy(pattern, 0, pattern, done, n);
                done += n;
            }
        }

        @Override
        public float[] values(float[] copies) {
            return pattern;
        }

        @Override
        public int prepare(int i, int n, float[] copies, int at) {
            return i % row;
        }
    }

    /// Any other way of broadcasting: runs along the innermost axis are copied.
    private record Copied(float[] from, int offset, int[] dims, int[] strides) implements Operand {
        static Copied of(View x, Shape target) {
            int rank = target.rank();
            int lead = rank - x.shape().rank();
            int[] own = x.shape().strides();
            int[] strides = new int[rank];
            for (int axis = lead; axis < rank; axis++) {
                strides[axis] = x.shape().dim(axis - lead) == 1 ? 0 : own[axis - lead];
            }
            return new Copied(x.floats(), x.offset(), target.dims(), strides);
        }

        @Override
        public float[] values(float[] copies) {
            return copies;
        }

        @Override
        public int prepare(int i, int n, float[] copies, int at) {
            int inner = dims.length - 1;
            for (int done = 0; done < n; ) {
                int rest = (i + done) / dims[inner];
                int first = (i + done) % dims[inner];
                int source = offset + first * strides[inner];
                for (int axis = inner - 1; axis >= 0; axis--) {
                    source += rest % dims[axis] * strides[axis];
                    rest /= dims[axis];
                }
                int run = Math.min(dims[inner] - first, n - done);
                if (strides[inner] == 0) {
                    Arrays.fill(copies, at + done, at + done + run, from[source]);
                } else {
                    System.arraycopy(from, source, copies, at + done, run);
                }
                done += run;
            }
            return at;
        }
    }
}
