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
    private final int[] places;
    private final float[] signs;
    private final float[] scratch;

    /// Measurement of `rows` values of `columns` pixels.
    ///
    /// @throws IllegalArgumentException if `columns` is no power of two, or sizes do not suit
    public WalshMeasurement(int rows, int columns, Rng rng) {
        this(rows, columns, checked(columns), rng);
    }

    private WalshMeasurement(int rows, int columns, int length, Rng rng) {
        Measurement.checkSizes(rows, columns);
        int[] permutation = rng.permutation(length);
        places = new int[columns];
        signs = new float[columns];
        for (int i = 0; i < length; i++) {
            int sign = 2 * rng.nextInt(2) - 1;
            if (permutation[i] < columns) {
                places[permutation[i]] = i;
                signs[permutation[i]] = sign;
            }
        }
        chosen = Arrays.copyOf(rng.permutation(length), rows);
        scratch = new float[length];
    }

    /// Measurement of any number of pixels: those beyond, up to a power of two, are dark. Rows are
    /// orthogonal then only nearly.
    public static WalshMeasurement padded(int rows, int columns, Rng rng) {
        Measurement.checkSizes(rows, columns);
        int length = columns == 1 ? 1 : Integer.highestOneBit(columns - 1) << 1;
        return new WalshMeasurement(rows, columns, length, rng);
    }

    private static int checked(int columns) {
        WalshHadamard.checkLength(columns);
        return columns;
    }

    @Override
    public int rows() {
        return chosen.length;
    }

    @Override
    public int columns() {
        return places.length;
    }

    @Override
    public void apply(float[] x, float[] y) {
        if (places.length < scratch.length) {
            Arrays.fill(scratch, 0);
        }
        for (int j = 0; j < places.length; j++) {
            scratch[places[j]] = signs[j] * x[j];
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
        for (int j = 0; j < places.length; j++) {
            x[j] = signs[j] * scratch[places[j]];
        }
    }

    /// `n`, exactly; padded, at most the padded length.
    @Override
    public double largestEigenvalue(double tolerance) {
        return scratch.length;
    }
}
