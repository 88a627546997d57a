package javelin.algorithms.fourierspi.sensing;

import javelin.tensor.Rng;

import java.util.Arrays;

/// Differential Hadamard imaging: each pattern is followed by its complement, so that constant
/// light cancels; the image is one fast transform of the differences. With all `P` patterns, `2P`
/// pulses, it is exact, and noise `σ` per pulse becomes `σ·√(2/P)` per pixel.
///
/// @see "Pratt, Kane and Andrews, Hadamard transform image coding, 1969"
/// @see "Zhang et al., Hadamard single-pixel imaging versus Fourier single-pixel imaging, 2017"
public final class HadamardImaging implements Solver {
    private final int pixels;
    private final int[] rows;

    /// Imaging with the first `patterns` patterns of an order.
    ///
    /// @throws IllegalArgumentException if a size is no power of two, or there are not as many
    ///   patterns
    public HadamardImaging(int height, int width, HadamardOrder order, int patterns) {
        int[] all = order.rows(height, width);
        pixels = all.length;
        Measurement.checkSizes(patterns, pixels);
        rows = Arrays.copyOf(all, patterns);
    }

    /// Number of pulses, two for a pattern.
    public int pulses() {
        return 2 * rows.length;
    }

    /// Light of a pulse at each pixel, 0 or 1.
    public float[] pattern(int pulse) {
        int row = rows[pulse / 2];
        float[] pattern = new float[pixels];
        for (int j = 0; j < pixels; j++) {
            pattern[j] = (Integer.bitCount(row & j) + pulse) % 2 == 0 ? 1 : 0;
        }
        return pattern;
    }

    /// Energies of all pulses for an ideal instrument.
    public float[] measure(float[] image) {
        Vectors.check("image", image, pixels);
        float[] h = image.clone();
        WalshHadamard.transform(h);
        float[] energies = new float[pulses()];
        for (int i = 0; i < rows.length; i++) {
            energies[2 * i] = (h[0] + h[rows[i]]) / 2;
            energies[2 * i + 1] = (h[0] - h[rows[i]]) / 2;
        }
        return energies;
    }

    /// Energies of all pulses for a detector with noise.
    public float[] detect(float[] image, Noise noise, Rng rng) {
        float[] energies = measure(image);
        for (int i = 0; i < energies.length; i++) {
            energies[i] = (float) noise.read(energies[i], pixels, rng);
        }
        return energies;
    }

    /// [#reconstruct], timed: nothing iterates.
    @Override
    public Solution solve(float[] energies, Listener listener) {
        long start = System.nanoTime();
        float[] image = reconstruct(energies);
        listener.proceed(1, image::clone);
        return new Solution(image, 1, true, System.nanoTime() - start);
    }

    /// Image from the energies of all pulses; coefficients that were not measured are zero.
    public float[] reconstruct(float[] energies) {
        Vectors.check("energies", energies, pulses());
        float[] image = new float[pixels];
        for (int i = 0; i < rows.length; i++) {
            image[rows[i]] = (energies[2 * i] - energies[2 * i + 1]) / pixels;
        }
        WalshHadamard.transform(image);
        return image;
    }
}
