package javelin.bench.fft;

import javelin.bench.KernelProblem;
import javelin.bench.Work;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.Rfft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Forward Fourier transforms, out of place, complex numbers as pairs.
///
/// @param isReal whether the input is real; the result is then the first half of the spectrum
/// @param rows 1 for transforms of one dimension
/// @param columns length of the last dimension
/// @param batch number of transforms, one behind the other
public record FftProblem(boolean isReal, int rows, int columns, int batch)
        implements KernelProblem.Sampled {
    private static final Map<String, FftProblem> ALL = list();

    /// All sizes by name.
    public static Map<String, FftProblem> all() {
        return ALL;
    }

    /// The transform of a name like `complex/1024`, `real/1000`, `complex/64@1024` (a batch of
    /// 1,024) or `complex/256x256`.
    ///
    /// @throws IllegalArgumentException if the name has another form
    public static FftProblem named(String name) {
        FftProblem known = ALL.get(name);
        if (known != null) {
            return known;
        }
        if (!name.matches(
                "(complex/[1-9]\\d{0,3}x|(complex|real)/)[1-9]\\d{0,6}(@[1-9]\\d{0,4})?")) {
            throw new IllegalArgumentException(
                    "fft: '%s' is not of the form complex/1024, real/1000, complex/64@1024 or complex/256x256"
                            .formatted(name));
        }
        int[] size = new int[3];
        String[] parts = name.substring(name.indexOf('/') + 1).split("@", -1);
        String[] sides = parts[0].split("x", -1);
        size[0] = sides.length == 1 ? 1 : Integer.parseInt(sides[0]);
        size[1] = Integer.parseInt(sides[sides.length - 1]);
        size[2] = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        if ((long) size[0] * size[1] * size[2] > 1 << 28) {
            throw new IllegalArgumentException(
                    "fft: '%s' has more than 2^28 points".formatted(name));
        }
        return new FftProblem(name.startsWith("real"), size[0], size[1], size[2]);
    }

    private static Map<String, FftProblem> list() {
        var all = new LinkedHashMap<String, FftProblem>();
        for (boolean real : new boolean[] {false, true}) {
            for (int n = 1 << 4; n <= 1 << 20; n *= 2) {
                add(all, new FftProblem(real, 1, n, 1));
            }
            for (int n :
                    new int[] {96, 100, 360, 800, 1000, 1536, 5040, 10125, 16464, 50000, 177147}) {
                add(all, new FftProblem(real, 1, n, 1));
            }
            for (int n = 64; n <= 1024; n *= 2) {
                add(all, new FftProblem(real, 1, n, 65536 / n));
            }
        }
        for (int n = 64; n <= 1024; n *= 2) {
            add(all, new FftProblem(false, n, n, 1));
        }
        return all;
    }

    private static void add(Map<String, FftProblem> all, FftProblem one) {
        all.put(one.name(), one);
    }

    @Override
    public String name() {
        return (isReal ? "real/" : "complex/")
                + (rows == 1 ? "" : rows + "x")
                + columns
                + (batch == 1 ? "" : "@" + batch);
    }

    /// `single` for one transform of one dimension, else `batched`.
    @Override
    public String group() {
        return batch == 1 && rows == 1 ? "single" : "batched";
    }

    @Override
    public String description() {
        return name();
    }

    @Override
    public Work work() {
        double n = (double) rows * columns;
        double complex = 5 * n * Math.log(n) / Math.log(2) * batch;
        return new Work(isReal ? complex / 2 : complex, bytes());
    }

    @Override
    public Kernel kernel() {
        return isReal ? new Rfft(1, 1, 1) : new Fft(rows == 1 ? 0b10 : 0b110, false, 1);
    }

    @Override
    public List<Shape> inputs() {
        return List.of(isReal ? Shape.of(batch, columns) : output());
    }

    @Override
    public Shape output() {
        if (isReal) {
            return Shape.of(batch, columns / 2 + 1, 2);
        }
        return rows == 1 ? Shape.of(batch, columns, 2) : Shape.of(batch, rows, columns, 2);
    }

    @Override
    public List<Integer> weights() {
        return List.of();
    }

    /// Plans are made before the clock runs.
    @Override
    public boolean isPrepared() {
        return true;
    }

    /// The magnitude is the 2-norm of the transform's input.
    @Override
    public Sample sample(List<float[]> inputs, int index) {
        float[] x = inputs.getFirst();
        int numbers = isReal ? columns / 2 + 1 : rows * columns;
        int k = index / 2 % numbers;
        int pairs = isReal ? 1 : 2;
        int at = index / 2 / numbers * rows * columns * pairs;
        double re = 0;
        double im = 0;
        double squares = 0;
        for (int r = 0; r < rows; r++) {
            double start = -2 * Math.PI * ((long) r * (k / columns) % rows) / rows;
            double cos = Math.cos(start);
            double sin = Math.sin(start);
            double stepCos = Math.cos(2 * Math.PI * (k % columns) / columns);
            double stepSin = -Math.sin(2 * Math.PI * (k % columns) / columns);
            for (int c = 0; c < columns; c++, at += pairs) {
                double b = isReal ? 0 : x[at + 1];
                re += x[at] * cos - b * sin;
                im += x[at] * sin + b * cos;
                squares += x[at] * x[at] + b * b;
                double next = cos * stepCos - sin * stepSin;
                sin = cos * stepSin + sin * stepCos;
                cos = next;
            }
        }
        return new Sample(index % 2 == 0 ? re : im, Math.sqrt(squares));
    }
}
