package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.gemm.GemmProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_full;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// OpenBLAS: matrix products.
public final class OpenBlas implements Peer {
    private Sgemm.@Nullable Function sgemm;

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.GEMM;
    }

    @Override
    public void open(int threads) {
        Path wrapper = Path.of(Loader.load(openblas_full.class));
        sgemm = Cblas.of(wrapper.resolveSibling("libopenblas.so.0"));
        openblas_full.openblas_set_num_threads(threads);
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return problem instanceof GemmProblem gemm && sgemm != null
                ? new Sgemm(gemm, ours, sgemm)
                : null;
    }
}
