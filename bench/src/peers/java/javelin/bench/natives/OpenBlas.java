package javelin.bench.natives;

import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_full.cblas_sgemm;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.openblas.global.openblas_full;
import org.jspecify.annotations.Nullable;

/// OpenBLAS: matrix products.
public final class OpenBlas implements Peer {
    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public void open(int threads) {
        openblas_full.openblas_set_num_threads(threads);
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
