package javelin.algorithms.fourierspi.sensing;

import javelin.tensor.Rng;

import java.util.Arrays;

/// Scrambled Hadamard ensemble `A = R·H·Π`: random signs and a random permutation, the
/// Walsh–Hadamard transform, a random choice of rows. `A·Aᵀ = n·I`; a product costs `n·log₂ n`
/// additions.
///
/// @see "Gan, Do and Tran, Fast compressive imaging using scrambled block Hadamard ensemble, 2008"
public final class WalshMeasurement implements Measurement {
    private final int[] chosen;
    private final int[] permutation;
    private final float[] signs;
    private final float[] scratch;

    /// Measurement of `rows` values of `columns` pixels.
    ///
    /// @throws IllegalArgumentException if `columns` is no power of two, or sizes do not suit
    public WalshMeasurement(int rows, int columns, Rng rng) {
        WalshHadamard.checkLength(columns);
        Measurement.checkSizes(rows, columns);
        permutation = rng.permutation(columns);
        signs = new float[columns];
        for (int i = 0; i < columns; i++) {
            signs[i] = 2 * rng.nextInt(2) - 1;
        }
        chosen = Arrays.copyOf(rng.permutation(columns), rows);
        scratch = new float[columns];
    }

    @Override
    public int rows() {
        return chosen.length;
    }

    @Override
    public int columns() {
        return signs.length;
    }

    @Override
    public void apply(float[] x, float[] y) {
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = signs[i] * x[permutation[i]];
        }
        WalshHadamard.transform(scratch);
        for (int i = 0; i < chosen.length; i++) {
            y[i] = scratch[chosen[i]];
        }
    }

    @Override
    public void adjoint(float[] y, float[] x) {
        Arrays.fill(scratch, 0);
        for (int i = 0; i < chosen.length; i++) {
            scratch[chosen[i]] = y[i];
        }
        WalshHadamard.transform(scratch);
        for (int i = 0; i < scratch.length; i++) {
            x[permutation[i]] = signs[i] * scratch[i];
        }
    }

    /// `n`, exactly.
    @Override
    public double largestEigenvalue(double tolerance) {
        return signs.length;
    }
}
