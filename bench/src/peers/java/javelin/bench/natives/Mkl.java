package javelin.bench.natives;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.mkl.global.mkl_rt;
import org.jspecify.annotations.Nullable;

/// Intel MKL: matrix products.
public final class Mkl implements Peer {
    @Override
    public String name() {
        return "mkl";
    }

    @Override
    public void open(int threads) {
        mkl_rt.MKL_Set_Num_Threads(threads);
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return problem instanceof GemmProblem gemm
                ? new Sgemm(
                        gemm,
                        ours,
                        (m, n, k, a, b, y) ->
                                cblas_sgemm(
                                        CblasRowMajor,
                                        CblasNoTrans,
                                        CblasNoTrans,
                                        m,
                                        n,
                                        k,
                                        1,
                                        a,
                                        k,
                                        b,
                                        n,
                                        0,
                                        y,
                                        n))
                : null;
    }
}
