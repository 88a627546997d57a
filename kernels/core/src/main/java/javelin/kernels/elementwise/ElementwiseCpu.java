package javelin.kernels.elementwise;

import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
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

    private ElementwiseCpu() {}

    /// `y[i] = f(x[i])`.
    public static void run(Unary f, List<View> in, View y, Cpu cpu) {
        run(f, in, y, cpu, f.compareTo(Unary.EXP) < 0 ? OPERATIONS : SLOW_OPERATIONS);
    }

    /// `y[i] = f(a[i], b[i])`, broadcasting.
    public static void run(Binary f, List<View> in, View y, Cpu cpu) {
        run(f, in, y, cpu, f == Binary.POW ? SLOW_OPERATIONS : OPERATIONS);
    }

    /// `y[i] = f(a[i], b[i], c[i])`, broadcasting.
    public static void run(Ternary f, List<View> in, View y, Cpu cpu) {
        run(f, in, y, cpu, OPERATIONS);
    }

    @SuppressWarnings("ReferenceEquality") // the same operand, not an equal one
    private static void run(Kernel f, List<View> in, View y, Cpu cpu, int operations) {
        int n = y.length();
        if (n == 0) {
            return;
        }
        Loops.Loop loop = Loops.of(f, cpu.simd());
        Operand a = Operand.of(in.getFirst(), y.shape());
        Operand b = in.size() > 1 ? Operand.of(in.get(1), y.shape()) : a;
        Operand c = in.size() > 2 ? Operand.of(in.get(2), y.shape()) : a;
        float[] to = y.floats();
        int offset = y.offset();
        boolean whole = a.isWhole() && b.isWhole() && c.isWhole();
        cpu.workers()
                .split(
                        n,
                        Workers.grain(operations),
                        (from, end) -> {
                            Operand p = a.forTask();
                            Operand q = b == a ? p : b.forTask();
                            Operand r = c == a ? p : c.forTask();
                            int step = whole ? end - from : PIECE;
                            for (int i = from; i < end; i += step) {
                                int m = Math.min(step, end - i);
                                loop.run(
                                        p.values(),
                                        p.prepare(i, m),
                                        q.values(),
                                        q == p ? 0 : q.prepare(i, m),
                                        r.values(),
                                        r == p ? 0 : r.prepare(i, m),
                                        to,
                                        offset + i,
                                        m);
                            }
                        });
    }

    /// An input as the loops see it: elements `i … i + n − 1` of its broadcast form lie side by
    /// side in `values` from `prepare(i, n)` on.
    private sealed interface Operand {
        float[] values();

        /// Makes a piece of at most [#PIECE] elements ready and returns where it starts.
        int prepare(int i, int n);

        default boolean isWhole() {
            return false;
        }

        /// This operand for the use of one thread.
        default Operand forTask() {
            return this;
        }

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
            if (product == row) { // all other axes have size 1
                float[] pattern = new float[Math.addExact(row, PIECE)];
                System.arraycopy(x.floats(), x.offset(), pattern, 0, row);
                for (int done = row; done < pattern.length; done += Math.min(done, row * 64)) {
                    System.arraycopy(
                            pattern,
                            0,
                            pattern,
                            done,
                            Math.min(Math.min(done, row * 64), pattern.length - done));
                }
                return new Repeated(pattern, row);
            }
            return Copied.of(x, target);
        }
    }

    /// As large as the output.
    private record Whole(float[] values, int offset) implements Operand {
        @Override
        public int prepare(int i, int n) {
            return offset + i;
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }

    /// A number or a row, repeated.
    private record Repeated(float[] values, int row) implements Operand {
        @Override
        public int prepare(int i, int n) {
            return i % row;
        }
    }

    /// Any other way of broadcasting: runs along the innermost axis are copied to `values`.
    private record Copied(float[] values, float[] from, int offset, int[] dims, int[] strides)
            implements Operand {
        static Copied of(View x, Shape target) {
            int rank = target.rank();
            int lead = rank - x.shape().rank();
            int[] own = x.shape().strides();
            int[] strides = new int[rank];
            for (int axis = lead; axis < rank; axis++) {
                strides[axis] = x.shape().dim(axis - lead) == 1 ? 0 : own[axis - lead];
            }
            return new Copied(new float[0], x.floats(), x.offset(), target.dims(), strides);
        }

        @Override
        public Operand forTask() {
            return new Copied(new float[PIECE], from, offset, dims, strides);
        }

        @Override
        public int prepare(int i, int n) {
            int inner = dims.length - 1;
            for (int done = 0; done < n; ) {
                int rest = (i + done) / dims[inner];
                int first = (i + done) % dims[inner];
                int at = offset + first * strides[inner];
                for (int axis = inner - 1; axis >= 0; axis--) {
                    at += rest % dims[axis] * strides[axis];
                    rest /= dims[axis];
                }
                int run = Math.min(dims[inner] - first, n - done);
                if (strides[inner] == 0) {
                    Arrays.fill(values, done, done + run, from[at]);
                } else {
                    System.arraycopy(from, at, values, done, run);
                }
                done += run;
            }
            return 0;
        }
    }
}
