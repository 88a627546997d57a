package javelin.kernels.gpu;

import javelin.kernels.View;

import java.util.Arrays;

/// A linear map along one axis of which most weights are 0, for `resize/separable.k`: output `p` is
/// `Σ_t weights[t] · x[positions[t]]`, `t` from `begins[p]` to `begins[p+1]`.
///
/// @param in size of the input axis
public record AxisTable(int in, int[] begins, int[] positions, double[] weights) {
    private static final Source SOURCE = Source.of("resize/separable.k");

    /// Table of outputs whose inputs lie side by side, from `first[p]` on.
    public static AxisTable of(int in, int[] first, double[][] weight) {
        int[] begins = new int[first.length + 1];
        for (int p = 0; p < first.length; p++) {
            begins[p + 1] = begins[p] + weight[p].length;
        }
        var table = new AxisTable(in, begins, new int[begins[first.length]], flat(weight));
        for (int p = 0; p < first.length; p++) {
            for (int t = begins[p]; t < begins[p + 1]; t++) {
                table.positions[t] = first[p] + t - begins[p];
            }
        }
        return table;
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /// The adjoint map.
    public AxisTable transposed() {
        int[] from = new int[in + 1];
        for (int r : positions) {
            from[r + 1]++;
        }
        Arrays.parallelPrefix(from, Integer::sum);
        var table =
                new AxisTable(
                        begins.length - 1,
                        from,
                        new int[positions.length],
                        new double[positions.length]);
        int[] next = from.clone();
        for (int p = 0; p + 1 < begins.length; p++) {
            for (int t = begins[p]; t < begins[p + 1]; t++) {
                int to = next[positions[t]]++;
                table.positions[to] = p;
                table.weights[to] = weights[t];
            }
        }
        return table;
    }

    /// The table as a kernel reads it: begins, positions, bits of the weights.
    public int[] words() {
        int[] words = Arrays.copyOf(begins, begins.length + 2 * positions.length);
        System.arraycopy(positions, 0, words, begins.length, positions.length);
        for (int t = 0; t < weights.length; t++) {
            words[begins.length + positions.length + t] = Float.floatToIntBits((float) weights[t]);
        }
        return words;
    }

    /// `y[n,p,q,c] = Σ_s columns[q,s] Σ_r rows[p,r] · x[n,r,s,c]` from two tables on the device.
    public static void apply(View x, View rows, View columns, View y, GpuBackend on) {
        on.kernel(SOURCE, "separable")
                .floats(x)
                .with(x.shape().dim(1), x.shape().dim(2), x.shape().dim(3))
                .ints(rows)
                .ints(columns)
                .floats(y)
                .with(y.shape().dim(1), y.shape().dim(2))
                .items(y.length());
    }
}
