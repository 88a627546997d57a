package javelin.algorithms.fourierspi.sensing;

import java.util.Arrays;

/// Augmented Lagrangian of total variation, with its state: image, split differences, multipliers,
/// and their products with `A` and `D`; see [TotalVariation].
final class LagrangianTv {
    final float[] u;
    final float[] g;
    double mu;
    double beta;

    private final Measurement a;
    private final int height;
    private final int width;
    private final float weight;
    private final double factor;
    private final float[] along;
    private final float[] down;
    private final float[] wAlong;
    private final float[] wDown;
    private final float[] sigmaAlong;
    private final float[] sigmaDown;
    private final float[] stepAlong;
    private final float[] stepDown;
    private final float[] residual;
    private final float[] delta;
    private final float[] stepResidual;
    private final float[] back;
    private final float[] backDelta;
    private final float[] step;
    private double length;
    private double lengthD;
    private double lengthA;
    private double tv;
    private double split;
    private double fit;
    private double sigmaSplit;
    private double deltaFit;
    private double splitStep;
    private double fitStep;
    private double sigmaStep;
    private double deltaStep;

    /// For images of `height` by `width` pixels, with `factor · A` in place of `A`.
    ///
    /// @param weight of differences between rows
    LagrangianTv(Measurement a, int height, int width, double weight, double factor) {
        this.a = a;
        this.height = height;
        this.width = width;
        this.weight = (float) weight;
        this.factor = factor;
        int n = height * width;
        u = new float[n];
        g = new float[n];
        along = new float[n];
        down = new float[n];
        wAlong = new float[n];
        wDown = new float[n];
        sigmaAlong = new float[n];
        sigmaDown = new float[n];
        stepAlong = new float[n];
        stepDown = new float[n];
        residual = new float[a.rows()];
        delta = new float[a.rows()];
        stepResidual = new float[a.rows()];
        back = new float[n];
        backDelta = new float[n];
        step = new float[n];
    }

    /// Begins at `u = Aᵀb` with no multipliers.
    void start(float[] b, double newMu, double newBeta, boolean nonNegative) {
        mu = newMu;
        beta = newBeta;
        adjoint(b, u);
        if (nonNegative) {
            for (int i = 0; i < u.length; i++) {
                u[i] = Math.max(u[i], 0);
            }
        }
        for (float[] multiplier : new float[][] {sigmaAlong, sigmaDown, delta, backDelta}) {
            Arrays.fill(multiplier, 0);
        }
        apply(u, residual);
        Vectors.subtract(residual, b, residual);
        Differences.apply(u, height, width, weight, along, down);
        shrink();
        measure();
    }

    /// Gradient in `u`; returns its squared length.
    double gradient() {
        adjoint(residual, back);
        float b = (float) beta;
        for (int i = 0; i < u.length; i++) {
            stepAlong[i] = b * (along[i] - wAlong[i]) - sigmaAlong[i];
            stepDown[i] = b * (down[i] - wDown[i]) - sigmaDown[i];
        }
        Differences.adjoint(stepAlong, stepDown, height, width, weight, g);
        float m = (float) mu;
        for (int i = 0; i < u.length; i++) {
            g[i] += m * back[i] - backDelta[i];
        }
        return Vectors.dot(g, g);
    }

    /// Length of the exact step against the gradient: `gᵀg / (β‖Dg‖² + μ‖Ag‖²)`.
    double steepest(double slope) {
        Differences.apply(g, height, width, weight, stepAlong, stepDown);
        apply(g, stepResidual);
        double d = Vectors.dot(stepAlong, stepAlong) + Vectors.dot(stepDown, stepDown);
        return slope / (beta * d + mu * Vectors.dot(stepResidual, stepResidual));
    }

    /// `ΔuᵀΔu / ΔuᵀΔg` of the last step, with `w` held: there `Δg = (βDᵀD + μAᵀA)·Δu`.
    double barzilaiBorwein() {
        double curvature = beta * lengthD + mu * lengthA;
        return curvature > 0 ? length / curvature : 1;
    }

    /// Takes a direction: its products, and the scalars that give `L` along it.
    void along(float[] d) {
        System.arraycopy(d, 0, step, 0, d.length);
        Differences.apply(d, height, width, weight, stepAlong, stepDown);
        apply(d, stepResidual);
        length = Vectors.dot(d, d);
        lengthD = Vectors.dot(stepAlong, stepAlong) + Vectors.dot(stepDown, stepDown);
        lengthA = Vectors.dot(stepResidual, stepResidual);
        splitStep =
                Vectors.dot(along, stepAlong)
                        - Vectors.dot(wAlong, stepAlong)
                        + Vectors.dot(down, stepDown)
                        - Vectors.dot(wDown, stepDown);
        fitStep = Vectors.dot(residual, stepResidual);
        sigmaStep = Vectors.dot(sigmaAlong, stepAlong) + Vectors.dot(sigmaDown, stepDown);
        deltaStep = Vectors.dot(delta, stepResidual);
    }

    /// `L(u + share·d, w)`.
    double value(double share) {
        double moreSplit = share * (2 * splitStep + share * lengthD);
        double moreFit = share * (2 * fitStep + share * lengthA);
        return value() + beta / 2 * moreSplit + mu / 2 * moreFit - share * (sigmaStep + deltaStep);
    }

    /// `L(u, w)`.
    double value() {
        return tv + beta / 2 * split + mu / 2 * fit - sigmaSplit - deltaFit;
    }

    /// `u += share·d`, then the best `w`.
    void move(double share) {
        Vectors.add(share, step, u);
        Vectors.add(share, stepResidual, residual);
        Differences.apply(u, height, width, weight, along, down);
        shrink();
        measure();
    }

    /// `σ −= β(Du − w)` and, for equality, `δ −= μ(Au − b)`.
    void updateMultipliers(boolean equality) {
        float b = (float) beta;
        for (int i = 0; i < u.length; i++) {
            sigmaAlong[i] -= b * (along[i] - wAlong[i]);
            sigmaDown[i] -= b * (down[i] - wDown[i]);
        }
        if (equality) {
            Vectors.add(-mu, residual, delta);
            adjoint(delta, backDelta);
        }
        measure();
    }

    /// `w = shrink₂(Du − σ/β, 1/β)`: the length of each pixel's pair falls by `1/β`.
    private void shrink() {
        float t = (float) (1 / beta);
        for (int i = 0; i < u.length; i++) {
            float x = along[i] - t * sigmaAlong[i];
            float y = down[i] - t * sigmaDown[i];
            float size = (float) Math.sqrt(x * x + y * y);
            float keep = Math.max(1 - t / Math.max(size, Float.MIN_NORMAL), 0);
            wAlong[i] = keep * x;
            wDown[i] = keep * y;
            back[i] = keep * size; // reused until the next gradient
        }
        tv = 0;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= u.length; i += 4) {
            s0 += back[i];
            s1 += back[i + 1];
            s2 += back[i + 2];
            s3 += back[i + 3];
        }
        for (; i < u.length; i++) {
            s0 += back[i];
        }
        tv = (double) s0 + s1 + s2 + s3;
    }

    private void measure() {
        Vectors.subtract(along, wAlong, stepAlong);
        Vectors.subtract(down, wDown, stepDown);
        split = Vectors.dot(stepAlong, stepAlong) + Vectors.dot(stepDown, stepDown);
        sigmaSplit = Vectors.dot(sigmaAlong, stepAlong) + Vectors.dot(sigmaDown, stepDown);
        fit = Vectors.dot(residual, residual);
        deltaFit = Vectors.dot(delta, residual);
    }

    private void apply(float[] x, float[] y) {
        a.apply(x, y);
        Vectors.scale(factor, y);
    }

    private void adjoint(float[] y, float[] x) {
        a.adjoint(y, x);
        Vectors.scale(factor, x);
    }
}
