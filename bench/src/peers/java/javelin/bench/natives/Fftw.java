package javelin.bench.natives;

import static org.bytedeco.fftw.global.fftw3.FFTW_FORWARD;
import static org.bytedeco.fftw.global.fftw3.FFTW_MEASURE;
import static org.bytedeco.fftw.global.fftw3.fftwf_alloc_real;
import static org.bytedeco.fftw.global.fftw3.fftwf_destroy_plan;
import static org.bytedeco.fftw.global.fftw3.fftwf_execute;
import static org.bytedeco.fftw.global.fftw3.fftwf_free;
import static org.bytedeco.fftw.global.fftw3.fftwf_plan_many_dft;
import static org.bytedeco.fftw.global.fftw3.fftwf_plan_many_dft_r2c;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.fft.FftProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.bytedeco.fftw.global.fftw3;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/// FFTW: Fourier transforms, out of place, planned with `FFTW_MEASURE`.
public final class Fftw implements Peer {
    @Override
    public String name() {
        return "fftw";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.FFT;
    }

    @Override
    public void open(int threads) {
        Loader.load(fftw3.class);
        if (threads > 1) {
            fftw3.fftwf_init_threads();
            fftw3.fftwf_plan_with_nthreads(threads);
        }
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return problem instanceof FftProblem fft ? new Transform(fft, ours.input(0)) : null;
    }

    private static final class Transform implements Contender {
        private final FloatPointer x;
        private final FloatPointer y;
        private final fftw3.fftwf_plan plan;
        private final int results;

        Transform(FftProblem p, float[] input) {
            results = p.output().length();
            x = fftwf_alloc_real(input.length).capacity(input.length);
            y = fftwf_alloc_real(results).capacity(results);
            int rank = p.rows() == 1 ? 1 : 2;
            int n = p.rows() * p.columns();
            try (var sizes =
                            rank == 1
                                    ? new IntPointer(new int[] {p.columns()})
                                    : new IntPointer(new int[] {p.rows(), p.columns()});
                    var none = new IntPointer()) {
                plan =
                        p.isReal()
                                ? fftwf_plan_many_dft_r2c(
                                        rank,
                                        sizes,
                                        p.batch(),
                                        x,
                                        none,
                                        1,
                                        n,
                                        y,
                                        none,
                                        1,
                                        n / 2 + 1,
                                        FFTW_MEASURE)
                                : fftwf_plan_many_dft(
                                        rank,
                                        sizes,
                                        p.batch(),
                                        x,
                                        none,
                                        1,
                                        n,
                                        y,
                                        none,
                                        1,
                                        n,
                                        FFTW_FORWARD,
                                        FFTW_MEASURE);
            }
            x.put(input); // planning writes over it
        }

        @Override
        public void run() {
            fftwf_execute(plan);
        }

        @Override
        public float[] result() {
            run();
            float[] values = new float[results];
            y.get(values);
            return values;
        }

        @Override
        public void close() {
            fftwf_destroy_plan(plan);
            fftwf_free(x);
            fftwf_free(y);
        }
    }
}
