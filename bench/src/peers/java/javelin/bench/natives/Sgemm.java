package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;

import org.bytedeco.javacpp.FloatPointer;

/// `y = a · b` by a function of the BLAS form, on native memory.
final class Sgemm implements Contender {
    private final GemmProblem size;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer y;
    private final Function function;

    /// A row-major product of `[m, k]` and `[k, n]`.
    interface Function {
        void multiply(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer y);
    }

    Sgemm(GemmProblem size, KernelCase ours, Function function) {
        this.size = size;
        this.function = function;
        a = new FloatPointer(ours.input(0));
        b = new FloatPointer(ours.input(1));
        y = new FloatPointer((long) size.m() * size.n());
    }

    @Override
    public void run() {
        function.multiply(size.m(), size.n(), size.k(), a, b, y);
    }

    @Override
    public float[] result() {
        run();
        float[] values = new float[size.output().length()];
        y.get(values);
        return values;
    }

    @Override
    public void close() {
        a.close();
        b.close();
        y.close();
    }
}
