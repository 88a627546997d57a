package javelin.algorithms.dcp;

import javelin.tensor.Tensor;

import java.util.Arrays;

/// Solves problem (8) exactly where the objective is quadratic (`λ = 0`), by conjugate gradients on
/// the selected channels.
final class LeastSquares implements SubProblem {
    @Override
    public void solve(LayerProblem problem, Tensor mask) {
        double[] selected = mask.doubles();
        int filters = problem.shape().dim(3);
        Tensor weight = problem.weight();
        double[] w = weight.doubles();
        double[] r = negative(masked(gradient(problem, w), selected, filters));
        double[] d = r.clone();
        double rr = dot(r, r);
        double[] zero = gradient(problem, new double[w.length]);
        double enough = 1e-26 * Math.max(rr, 1e-300);
        for (int i = 0; i < 4 * w.length && rr > enough; i++) {
            double[] hd = gradient(problem, d);
            for (int k = 0; k < hd.length; k++) {
                hd[k] -= zero[k];
            }
            double step = rr / dot(d, masked(hd, selected, filters));
            for (int k = 0; k < w.length; k++) {
                w[k] += step * d[k];
                r[k] -= step * (selected[k / filters % selected.length] > 0 ? hd[k] : 0);
            }
            double next = dot(r, r);
            for (int k = 0; k < d.length; k++) {
                d[k] = r[k] + next / rr * d[k];
            }
            rr = next;
        }
        weight.assign(Tensor.of(w, weight.shape().dims()));
    }

    private static double[] gradient(LayerProblem problem, double[] w) {
        Tensor weight = problem.weight();
        weight.assign(Tensor.of(w, weight.shape().dims()));
        return problem.slope().gradient();
    }

    private static double[] masked(double[] g, double[] selected, int filters) {
        double[] result = g.clone();
        for (int k = 0; k < g.length; k++) {
            result[k] *= selected[k / filters % selected.length];
        }
        return result;
    }

    private static double[] negative(double[] x) {
        return Arrays.stream(x).map(v -> -v).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
