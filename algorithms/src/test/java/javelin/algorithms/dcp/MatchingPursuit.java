package javelin.algorithms.dcp;

import static javelin.tensor.ops.Relu.relu;

import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Group orthogonal matching pursuit on the patches of a convolution, with normal equations,
/// written out: an oracle that shares no code with the method.
///
/// @param order channels in the order of their selection
/// @param losses half mean squared residual, before the first and after each
record MatchingPursuit(List<Integer> order, List<Double> losses) {
    private static final int WINDOW = 9;
    private static final int CHANNELS = 6;
    private static final int FILTERS = 4;

    static MatchingPursuit of(Toy whole, int batches) {
        List<double[]> rows = new ArrayList<>(); // of patches, [window position, channel]
        List<double[]> goals = new ArrayList<>();
        double[] w = whole.weight().doubles();
        for (int b = 0; b < batches; b++) {
            Tensor images = LayerProblemTest.images(b);
            double[] x = GradMode.off(() -> input(whole, images)).doubles();
            for (int n = 0; n < Toy.BATCH; n++) {
                for (int p = 0; p < 5; p++) {
                    for (int q = 0; q < 5; q++) {
                        double[] row = patch(x, n, p, q);
                        double[] goal = new double[FILTERS];
                        for (int i = 0; i < row.length; i++) {
                            for (int f = 0; f < FILTERS; f++) {
                                goal[f] += row[i] * w[i * FILTERS + f];
                            }
                        }
                        rows.add(row);
                        goals.add(goal);
                    }
                }
            }
        }
        return pursue(rows, goals);
    }

    private static Tensor input(Toy toy, Tensor images) {
        Module first = Objects.requireNonNull(toy.children().get("first"));
        Module norm = Objects.requireNonNull(toy.children().get("firstNorm"));
        return relu(norm.forward(first.forward(images)));
    }

    private static double[] patch(double[] x, int n, int p, int q) {
        double[] row = new double[WINDOW * CHANNELS];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int y = p + i - 1;
                int z = q + j - 1;
                for (int c = 0; c < CHANNELS; c++) {
                    boolean inside = y >= 0 && y < 5 && z >= 0 && z < 5;
                    row[(3 * i + j) * CHANNELS + c] =
                            inside ? x[((n * 5 + y) * 5 + z) * CHANNELS + c] : 0;
                }
            }
        }
        return row;
    }

    private static MatchingPursuit pursue(List<double[]> rows, List<double[]> goals) {
        List<Integer> order = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        double[][] residual = goals.stream().map(double[]::clone).toArray(double[][]::new);
        losses.add(loss(residual));
        while (order.size() < CHANNELS) {
            int best = -1;
            double highest = -1;
            for (int c = 0; c < CHANNELS; c++) {
                double score = correlation(rows, residual, c);
                if (!order.contains(c) && score > highest) {
                    best = c;
                    highest = score;
                }
            }
            order.add(best);
            residual = residual(rows, goals, order);
            losses.add(loss(residual));
        }
        return new MatchingPursuit(order, losses);
    }

    private static double loss(double[][] residual) {
        double sum = 0;
        for (double[] r : residual) {
            for (double v : r) {
                sum += v * v;
            }
        }
        return sum / (2.0 * residual.length * FILTERS);
    }

    private static double correlation(List<double[]> rows, double[][] residual, int channel) {
        double squares = 0;
        for (int k = 0; k < WINDOW; k++) {
            for (int f = 0; f < FILTERS; f++) {
                double dot = 0;
                for (int r = 0; r < residual.length; r++) {
                    dot += rows.get(r)[k * CHANNELS + channel] * residual[r][f];
                }
                squares += dot * dot;
            }
        }
        return squares;
    }

    /// What is left of the goals after the best fit with some channels.
    private static double[][] residual(
            List<double[]> rows, List<double[]> goals, List<Integer> channels) {
        int m = WINDOW * channels.size();
        double[][] a = new double[m][m + FILTERS];
        double[][] columns = new double[rows.size()][m];
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < m; i++) {
                columns[r][i] = rows.get(r)[i % WINDOW * CHANNELS + channels.get(i / WINDOW)];
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    a[i][j] += columns[r][i] * columns[r][j];
                }
                for (int f = 0; f < FILTERS; f++) {
                    a[i][m + f] += columns[r][i] * goals.get(r)[f];
                }
            }
        }
        eliminate(a, m);
        double[][] residual = new double[rows.size()][FILTERS];
        for (int r = 0; r < rows.size(); r++) {
            for (int f = 0; f < FILTERS; f++) {
                residual[r][f] = goals.get(r)[f];
                for (int i = 0; i < m; i++) {
                    residual[r][f] -= columns[r][i] * a[i][m + f];
                }
            }
        }
        return residual;
    }

    /// Gauss and Jordan, with pivots.
    private static void eliminate(double[][] a, int m) {
        for (int k = 0; k < m; k++) {
            int pivot = k;
            for (int i = k + 1; i < m; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] swap = a[k];
            a[k] = a[pivot];
            a[pivot] = swap;
            double d = a[k][k];
            for (int j = k; j < a[k].length; j++) {
                a[k][j] /= d;
            }
            for (int i = 0; i < m; i++) {
                double f = a[i][k];
                if (i != k && f != 0) {
                    for (int j = k; j < a[k].length; j++) {
                        a[i][j] -= f * a[k][j];
                    }
                }
            }
        }
    }
}
