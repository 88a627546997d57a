package javelin.bench.natives;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.fft.FftProblem;
import javelin.bench.peers.Contender;
import javelin.bench.peers.Peer;

import org.jspecify.annotations.Nullable;
import org.jtransforms.fft.FloatFFT_1D;
import org.jtransforms.fft.FloatFFT_2D;

import pl.edu.icm.jlargearrays.ConcurrencyUtils;

/// JTransforms: Fourier transforms in Java. They work in place, so the input is copied first, which
/// counts.
public final class JTransforms implements Peer {
    @Override
    public String name() {
        return "jtransforms";
    }

    @Override
    public boolean knows(Suite suite) {
        return suite == Suite.FFT;
    }

    @Override
    public void open(int threads) {
        ConcurrencyUtils.setNumberOfThreads(threads);
    }

    @Override
    public @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return problem instanceof FftProblem fft ? new Transform(fft, ours.input(0)) : null;
    }

    private static final class Transform implements Contender {
        private final FftProblem p;
        private final float[] x;
        private final float[] y;
        private final int step;
        private final @Nullable FloatFFT_1D one;
        private final @Nullable FloatFFT_2D two;

        Transform(FftProblem p, float[] x) {
            this.p = p;
            this.x = x;
            y = new float[x.length];
            step = p.isReal() ? p.columns() : 2 * p.columns();
            one = p.rows() == 1 ? new FloatFFT_1D(p.columns()) : null;
            two = p.rows() == 1 ? null : new FloatFFT_2D(p.rows(), p.columns());
        }

        @Override
        public void run() {
            System.arraycopy(x, 0, y, 0, x.length);
            if (two != null) {
                two.complexForward(y);
                return;
            }
            for (int b = 0; one != null && b < p.batch(); b++) {
                if (p.isReal()) {
                    one.realForward(y, b * step);
                } else {
                    one.complexForward(y, b * step);
                }
            }
        }

        @Override
        public boolean isCompiledAtRunTime() {
            return true;
        }

        @Override
        public float[] result() {
            run();
            return p.isReal() ? unpacked() : y.clone();
        }

        /// Half spectra `re, im, …` from the packed form: the second number of a transform is the
        /// real part of the last frequency, or, for odd lengths, its imaginary part.
        private float[] unpacked() {
            int n = p.columns();
            int half = n / 2;
            float[] z = new float[p.output().length()];
            for (int b = 0; b < p.batch(); b++) {
                int from = b * n;
                int to = b * 2 * (half + 1);
                z[to] = y[from];
                for (int k = 1; k <= half; k++) {
                    boolean last = k == half;
                    if (n % 2 == 0) {
                        z[to + 2 * k] = y[last ? from + 1 : from + 2 * k];
                        z[to + 2 * k + 1] = last ? 0 : y[from + 2 * k + 1];
                    } else {
                        z[to + 2 * k] = y[from + 2 * k];
                        z[to + 2 * k + 1] = y[last ? from + 1 : from + 2 * k + 1];
                    }
                }
            }
            return z;
        }
    }
}
