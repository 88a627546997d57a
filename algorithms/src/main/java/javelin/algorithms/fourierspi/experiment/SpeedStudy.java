package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.sensing.Cosines;
import javelin.algorithms.fourierspi.sensing.DenseMeasurement;
import javelin.algorithms.fourierspi.sensing.FairTiming;
import javelin.algorithms.fourierspi.sensing.Fista;
import javelin.algorithms.fourierspi.sensing.LineAdmm;
import javelin.algorithms.fourierspi.sensing.Measurement;
import javelin.algorithms.fourierspi.sensing.OneShot;
import javelin.algorithms.fourierspi.sensing.Solver;
import javelin.algorithms.fourierspi.sensing.TotalVariation;
import javelin.algorithms.fourierspi.sensing.WalshMeasurement;
import javelin.kernels.Backend;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Time to a picture: the inverse transform against compressed sensing of as many measurements,
/// without noise, one thread, compiled. A solver is timed to its own stop, and to its first iterate
/// as good as the Fourier picture, which favours it. What a stream shares is not counted on either
/// side.
///
/// @param ratio measurements per pixel
/// @param repeats timed runs, of which the median counts
public record SpeedStudy(double ratio, int repeats) {
    /// Side of the frames: small, because a dense matrix of random patterns must fit the memory.
    private static final int SIDE = 64;

    private static final int LINE = 800;
    private static final int LINES = 32;

    /// A picture to reconstruct.
    ///
    /// @param pixels frame of 64 × 64, or 32 lines of 800
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Target(String name, float[] pixels) {}

    /// One solver on one picture.
    ///
    /// @param fourierSeconds of the Fourier picture; a line's for lines
    /// @param fourierPsnr in decibels
    /// @param toEqual seconds to the first iterate as good; NaN if none is
    /// @param own what the solver ends with
    public record Row(
            String target,
            String solver,
            double fourierSeconds,
            double fourierPsnr,
            double toEqual,
            FairTiming.Result own) {
        /// Time of the solver at equal quality, or to its own stop, over the Fourier time.
        public double ratio() {
            return (Double.isNaN(toEqual) ? own.ownSeconds() : toEqual) / fourierSeconds;
        }
    }

    /// Frames against total variation (both operators) and sparse cosines.
    public List<Row> frames(List<Target> targets, Consumer<String> progress) {
        Backend on = new CpuBackend(1, Simd.isAvailable());
        var workers = new Workers(1);
        Grid grid = new Grid(SIDE, SIDE);
        int pixels = grid.pixels();
        int k = (int) Math.round(ratio * pixels / 4);
        Schedule schedule =
                Schedule.of(
                        grid, SamplingOrder.CIRCULAR.first(grid, k), new Scheme.Steps(4), false);
        var inverse = new FrameReconstruction(schedule, Pattern.FULL.b(), workers);
        int m = schedule.pulses() - 1; // the pulse that lights everything is one, too
        List<Row> rows = new ArrayList<>();
        for (Target t : targets) {
            double[] object = doubles(t.pixels);
            double[] d = Pattern.FULL.measure(schedule, object, 0);
            Supplier<float[]> run = () -> inverse.run(d);
            double psnr = FairTiming.psnr(run.get(), t.pixels);
            double seconds = median(run, 2000);
            Measurement dense = DenseMeasurement.bernoulli(on, m, pixels, Rng.seed(1));
            Measurement fast = new WalshMeasurement(m, pixels, Rng.seed(2));
            var tv = TotalVariation.Config.DEFAULT;
            var sparse = Fista.Config.DEFAULT;
            rows.add(
                    row(
                            t,
                            "TV, dense",
                            dense,
                            () -> new TotalVariation(dense, SIDE, tv),
                            seconds,
                            psnr,
                            1));
            progress.accept(t.name + ": TV, dense");
            rows.add(
                    row(
                            t,
                            "TV, structured",
                            fast,
                            () -> new TotalVariation(fast, SIDE, tv),
                            seconds,
                            psnr,
                            1));
            progress.accept(t.name + ": TV, structured");
            rows.add(
                    row(
                            t,
                            "FISTA with DCT, structured",
                            fast,
                            () -> new Fista(fast, new Cosines(on, SIDE, SIDE), sparse),
                            seconds,
                            psnr,
                            1));
            progress.accept(t.name + ": FISTA");
        }
        return rows;
    }

    /// Lines against total variation by ADMM and the linear solution; times are those of one line.
    public List<Row> lines(List<Target> targets, Consumer<String> progress) {
        Backend on = new CpuBackend(1, Simd.isAvailable());
        Grid grid = Grid.line(LINE);
        Schedule schedule =
                Schedule.of(
                        grid,
                        SamplingOrder.LOW_1D.first(grid, (int) Math.round(ratio * LINE / 4)),
                        new Scheme.Steps(4),
                        false);
        var direct = LineReconstruction.ideal(schedule, Pattern.FULL.b(), LINE);
        int m = schedule.pulses() - 1;
        Measurement dense = DenseMeasurement.bernoulli(on, m, LINE, Rng.seed(3));
        List<Row> rows = new ArrayList<>();
        for (Target t : targets) {
            double[] d = new double[LINES * schedule.samples().size()];
            for (int l = 0; l < LINES; l++) {
                double[] line = Arrays.copyOfRange(doubles(t.pixels), l * LINE, (l + 1) * LINE);
                double[] some = Pattern.FULL.measure(schedule, line, 0);
                System.arraycopy(some, 0, d, l * some.length, some.length);
            }
            float[] picture = new float[LINES * LINE];
            Supplier<float[]> run =
                    () -> {
                        direct.run(d, LINES, picture);
                        return picture;
                    };
            double psnr = FairTiming.psnr(run.get(), t.pixels);
            double seconds = median(run, 2000) / LINES;
            var admm = LineAdmm.Config.DEFAULT;
            rows.add(
                    row(
                            t,
                            "TV by ADMM, dense",
                            dense,
                            () -> new LineAdmm(on, dense, LINES, admm),
                            seconds,
                            psnr,
                            LINES));
            progress.accept(t.name + ": ADMM");
            rows.add(
                    row(
                            t,
                            "linear, dense",
                            dense,
                            () -> new OneShot(on, dense, LINES, 1e-3),
                            seconds,
                            psnr,
                            LINES));
        }
        return rows;
    }

    private Row row(
            Target t,
            String name,
            Measurement a,
            Supplier<Solver> solver,
            double seconds,
            double psnr,
            int blocks) {
        float[] b = new float[a.rows() * blocks];
        float[] x = new float[a.columns()];
        float[] y = new float[a.rows()];
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(t.pixels, i * x.length, x, 0, x.length);
            a.apply(x, y);
            System.arraycopy(y, 0, b, i * y.length, y.length);
        }
        var found = new FairTiming(3, repeats).run(solver, b, t.pixels, psnr);
        return new Row(
                t.name,
                name,
                seconds,
                psnr,
                found.oracleSeconds() / blocks,
                new FairTiming.Result(
                        found.setupSeconds(),
                        found.oracleIteration(),
                        found.oracleSeconds() / blocks,
                        found.ownIterations(),
                        found.ownSeconds() / blocks,
                        found.ownConverged(),
                        found.ownPsnr(),
                        found.bestPsnr()));
    }

    private static double median(Supplier<float[]> run, int repeats) {
        double[] seconds = new double[repeats];
        float sink = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 1_000_000_000) { // the JIT compiles
            sink += run.get()[0];
        }
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            sink += run.get()[0];
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        if (Float.isNaN(sink)) {
            throw new IllegalStateException("speed study: the picture is not finite");
        }
        Arrays.sort(seconds);
        return seconds[repeats / 2];
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i]);
        return y;
    }
}
