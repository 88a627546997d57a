package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.conv.ConvProblem;
import javelin.bench.conv.Direction;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/// oneDNN: matrix products and forward convolutions. Its number of threads is that of
/// `OMP_NUM_THREADS`, which the caller of this JVM sets.
public final class OneDnn implements Peer {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.GEMM || suite == Suite.CONV;
    }

    @Override
    public void open(int threads) {
        dnnl.dnnl_version();
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return switch (problem) {
            case GemmProblem gemm -> new Sgemm(gemm, ours, OneDnn::multiply);
            case ConvProblem conv when conv.direction() == Direction.FORWARD ->
                    new OneDnnConv(conv, ours);
            default -> null;
        };
    }

    private static void multiply(
            int m,
            int n,
            int k,
            org.bytedeco.javacpp.FloatPointer a,
            org.bytedeco.javacpp.FloatPointer b,
            org.bytedeco.javacpp.FloatPointer y) {
        dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', m, n, k, 1, a, k, b, n, 0, y, n);
    }
}
