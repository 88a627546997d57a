package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Intel MKL: matrix products.
public final class Mkl implements Peer {
    private Sgemm.@Nullable Function sgemm;

    @Override
    public String name() {
        return "mkl";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.GEMM;
    }

    @Override
    public void open(int threads) {
        Path wrapper = Path.of(Loader.load(mkl_rt.class));
        sgemm = Cblas.of(wrapper.resolveSibling("libmkl_rt.so.3"));
        mkl_rt.MKL_Set_Num_Threads(threads);
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return problem instanceof GemmProblem gemm && sgemm != null
                ? new Sgemm(gemm, ours, sgemm)
                : null;
    }
}
