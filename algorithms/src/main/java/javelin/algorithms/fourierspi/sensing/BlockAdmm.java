package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

import java.util.Arrays;

/// What [LineAdmm] and [JointAdmm] share: a block of lines, each measured with the same matrix, the
/// iteration, and the matrices that Woodbury's identity needs.
abstract sealed class BlockAdmm implements Solver permits LineAdmm, JointAdmm {
    final int lines;
    final int rows;
    final int columns;
    final LineAdmm.Config config;

    /// `A` over its largest singular value.
    final float[] matrix;

    final float[] x;

    /// `Λ⁻¹` of the wanted differences.
    final float[] p;

    /// What `x` gains.
    final float[] more;

    /// `A·p`, then `y − s − A·p`.
    final float[] t;

    final float[] e;

    private final double norm;
    private final Runnable measure;

    BlockAdmm(Backend on, Measurement a, int lines, LineAdmm.Config config) {
        Limits.atLeastOne("admm", "lines", lines);
        this.lines = lines;
        this.config = config;
        rows = a.rows();
        columns = a.columns();
        norm = Math.sqrt(a.largestEigenvalue(1e-3));
        matrix = a.matrix();
        Vectors.scale(1 / norm, matrix);
        x = new float[Math.multiplyExact(lines, columns)];
        p = new float[x.length];
        more = new float[x.length];
        t = new float[Math.multiplyExact(lines, rows)];
        e = new float[t.length];
        measure = Products.rightTransposed(on, p, matrix, t, lines, columns, rows);
    }

    /// Lines `[lines, columns]` from measurements `[lines, rows]`.
    @Override
    public final Solution solve(float[] measured, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", measured, t.length);
        float[] y = measured.clone();
        Vectors.scale(1 / norm, y);
        float[] s = new float[y.length];
        Split along = new Split(x.length);
        Split down = new Split(acrossWeight() > 0 ? x.length : 0);
        float threshold = (float) (config.theta() / config.rho());
        Arrays.fill(x, 0);
        int iteration = 0;
        boolean converged = false;
        while (iteration < config.maxIterations() && !converged) {
            along.aim();
            down.aim();
            double moved = updateX(y, s, along.d, down.d);
            Differences.along(x, lines, columns, along.d);
            along.update(threshold);
            if (down.d.length > 0) {
                Differences.down(x, lines, columns, acrossWeight(), down.d);
                down.update(threshold);
            }
            iteration++;
            converged = moved <= config.tolerance() * Vectors.norm(x);
            if (!listener.proceed(iteration, x::clone)) {
                break;
            }
        }
        return new Solution(x.clone(), iteration, converged, System.nanoTime() - start);
    }

    /// Weight of the differences between lines; 0 where lines do not know each other.
    abstract float acrossWeight();

    /// The exact minimum in `x` for wanted differences; then `s`. Returns how far `x` went.
    ///
    /// @param down differences between lines, empty if [#acrossWeight()] is 0
    abstract double updateX(float[] y, float[] s, float[] along, float[] down);

    /// `to = ρ·Dᵀ(along, down) + ε·x`.
    final void rightSide(float[] along, float[] down, float[] to) {
        Differences.alongAdjoint(along, lines, columns, to);
        if (down.length > 0) {
            Differences.addDownAdjoint(down, lines, columns, acrossWeight(), to);
        }
        float rho = (float) config.rho();
        float epsilon = (float) config.epsilon();
        for (int i = 0; i < x.length; i++) {
            to[i] = rho * to[i] + epsilon * x[i];
        }
    }

    /// `t = A·p`.
    final void measure() {
        measure.run();
    }

    /// `e = y − s − A·p`.
    final void misfit(float[] y, float[] s) {
        measure();
        for (int i = 0; i < e.length; i++) {
            e[i] = y[i] - s[i] - t[i];
        }
    }

    /// `Λ⁻¹` along lines, for `4·sin²` of the frequency across them.
    final Smoother smoother(double across) {
        return new Smoother(columns, config.rho(), config.epsilon() + config.rho() * across);
    }

    /// `A·Λ⁻¹`.
    final float[] smoothed(Smoother inverse) {
        float[] smooth = matrix.clone();
        inverse.run(smooth, rows);
        return smooth;
    }

    /// `G = (I/κ + K)⁻¹` for `K = A·Λ⁻¹·Aᵀ`.
    final float[] woodbury(double[] k) {
        double[] sum = k.clone();
        for (int i = 0; i < rows; i++) {
            sum[i * rows + i] += 1 / config.kappa();
        }
        return Grams.floats(Cholesky.inverse(sum, rows));
    }

    /// The current lines; shared.
    final float[] x() {
        return x;
    }

    /// Largest singular value by which `A` was divided.
    final double norm() {
        return norm;
    }
}
