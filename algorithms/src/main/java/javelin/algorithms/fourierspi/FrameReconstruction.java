package javelin.algorithms.fourierspi;

import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexFloats;
import javelin.kernels.fft.ComplexPlan;
import javelin.kernels.fft.RealPlan;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Frames from the numbers of the detector by an inverse real transform in two dimensions, in 32
/// bits. Columns of the half spectrum beyond the highest measured frequency are 0 and are not
/// transformed.
///
/// Keeps working memory: one thread at a time.
public final class FrameReconstruction {
    private final Grid grid;
    private final int[] places; // in the spectrum [ny, nx/2+1]
    private final int[] twins; // second place of a coefficient, or −1
    private final boolean[] conjugated;
    private final float[] spectrum;
    private final float[] image;
    private final Work columns;
    private final Work rows;
    private final Workers workers;
    private final PhaseCombination phases;
    private final int[] inOrder;
    private final float[] estimates;

    /// A reconstruction of the samples of a schedule.
    ///
    /// @param b amplitude of the pattern
    public FrameReconstruction(Schedule schedule, double b, Workers workers) {
        grid = schedule.grid();
        List<Frequency> frequencies = schedule.frequencies();
        this.workers = Objects.requireNonNull(workers);
        int half = grid.nx() / 2 + 1;
        int count = frequencies.size();
        int used = frequencies.stream().mapToInt(f -> Math.abs(f.u())).max().orElse(0) + 1;
        places = new int[count];
        twins = new int[count];
        conjugated = new boolean[count];
        for (int k = 0; k < count; k++) {
            Frequency f = frequencies.get(k);
            conjugated[k] = f.u() < 0;
            boolean real = grid.isSelfConjugate(f);
            int u = Math.abs(f.u());
            int v = Math.floorMod(f.u() < 0 ? -f.v() : f.v(), grid.ny());
            places[k] = v * half + u;
            boolean stored = u == 0 || 2 * u == grid.nx(); // such columns hold both of a pair
            twins[k] = stored && !real ? Math.floorMod(-v, grid.ny()) * half + u : -1;
        }
        Complex[] one = new Complex[count];
        Arrays.fill(one, new Complex(1, 0));
        phases = new PhaseCombination(schedule, b, one, 1);
        estimates = new float[2 * count];
        inOrder = new int[count];
        Arrays.setAll(inOrder, k -> k);
        spectrum = new float[2 * half * grid.ny()];
        image = new float[grid.pixels()];
        var pairs = ComplexFloats.interleaved(spectrum, 0);
        columns = columns(grid.ny(), half, used);
        rows = RealPlan.of(grid.ny(), grid.nx(), 1).inverse(pairs, image, 0);
    }

    /// Inverse transforms along y of the first `used` columns.
    private Work columns(int ny, int half, int used) {
        if (used == half) {
            var pairs = ComplexFloats.interleaved(spectrum, 0);
            return ComplexPlan.of(1, ny, half).inverse(pairs, pairs);
        }
        float[] few = new float[2 * used * ny];
        var pairs = ComplexFloats.interleaved(few, 0);
        Work work = ComplexPlan.of(1, ny, used).inverse(pairs, pairs);
        return team -> {
            for (int v = 0; v < ny; v++) {
                System.arraycopy(spectrum, 2 * v * half, few, 2 * v * used, 2 * used);
            }
            work.run(team);
            for (int v = 0; v < ny; v++) {
                System.arraycopy(few, 2 * v * used, spectrum, 2 * v * half, 2 * used);
            }
        };
    }

    /// The image, row by row; the array is used again by the next call.
    ///
    /// @param d samples in time order
    /// @throws IllegalArgumentException if there are more or fewer than the schedule has
    public float[] run(double[] d) {
        if (d.length != phases.samples()) {
            throw new IllegalArgumentException(
                    "reconstruction: the schedule has %d samples, the measurement %d"
                            .formatted(phases.samples(), d.length));
        }
        phases.run(d, 0, estimates, 0, inOrder);
        Arrays.fill(spectrum, 0);
        for (int k = 0; k < places.length; k++) {
            float re = estimates[2 * k];
            float im = conjugated[k] ? -estimates[2 * k + 1] : estimates[2 * k + 1];
            spectrum[2 * places[k]] = re;
            spectrum[2 * places[k] + 1] = im;
            if (twins[k] >= 0) {
                spectrum[2 * twins[k]] = re;
                spectrum[2 * twins[k] + 1] = -im;
            }
        }
        columns.run(workers);
        rows.run(workers);
        return image;
    }

    /// Pixels of the image.
    public Grid grid() {
        return grid;
    }
}
