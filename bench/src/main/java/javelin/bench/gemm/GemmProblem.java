package javelin.bench.gemm;

import javelin.bench.KernelProblem;
import javelin.bench.Work;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.matmul.Matmul;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `y [m, n] = a [m, k] · b [k, n]`.
///
/// @param group `square`, `skinny` or `odd`
public record GemmProblem(String group, int m, int k, int n) implements KernelProblem.Bilinear {
    private static final Map<String, GemmProblem> ALL = list();

    /// All sizes by name: squares, products with one short side, sizes that fit no block.
    public static Map<String, GemmProblem> all() {
        return ALL;
    }

    /// The product named `m×k×n`, with the letter `x` between the numbers.
    ///
    /// @throws IllegalArgumentException if the name has another form
    public static GemmProblem named(String name) {
        GemmProblem known = ALL.get(name);
        if (known != null) {
            return known;
        }
        if (!name.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(
                    "gemm: '%s' is not of the form 64x128x32 (m, k, n, each up to 99999)"
                            .formatted(name));
        }
        String[] size = name.split("x", -1);
        return of("odd", size[0], size[1], size[2]);
    }

    private static GemmProblem of(String group, String m, String k, String n) {
        return new GemmProblem(
                group, Integer.parseInt(m), Integer.parseInt(k), Integer.parseInt(n));
    }

    private static Map<String, GemmProblem> list() {
        List<GemmProblem> all = new ArrayList<>();
        for (int s : new int[] {64, 128, 256, 512, 1024, 2048, 4096}) {
            all.add(new GemmProblem("square", s, s, s));
        }
        all.add(new GemmProblem("skinny", 1, 2048, 1000)); // last layer of ResNet-50, one image
        all.add(new GemmProblem("skinny", 16, 2048, 1000));
        all.add(new GemmProblem("skinny", 1, 4096, 4096)); // a hidden layer of VGG-16, one image
        all.add(new GemmProblem("skinny", 16, 4096, 4096));
        all.add(new GemmProblem("skinny", 3136, 64, 256)); // 1×1 convolution at 56²
        all.add(new GemmProblem("skinny", 49, 2048, 512)); // 1×1 convolution at 7²
        all.add(new GemmProblem("skinny", 4096, 64, 64));
        all.add(new GemmProblem("skinny", 64, 4096, 64));
        all.add(new GemmProblem("skinny", 64, 64, 4096));
        all.add(new GemmProblem("odd", 207, 207, 207));
        all.add(new GemmProblem("odd", 300, 300, 300));
        all.add(new GemmProblem("odd", 702, 702, 702));
        all.add(new GemmProblem("odd", 207, 702, 300));
        all.add(new GemmProblem("odd", 1023, 1025, 1021));
        var byName = new LinkedHashMap<String, GemmProblem>();
        all.forEach(p -> byName.put(p.name(), p));
        return byName;
    }

    @Override
    public String name() {
        return m + "x" + k + "x" + n;
    }

    @Override
    public String description() {
        return name();
    }

    @Override
    public Work work() {
        return new Work(2.0 * m * k * n, bytes());
    }

    @Override
    public Kernel kernel() {
        return new Matmul(false, false);
    }

    @Override
    public List<Shape> inputs() {
        return List.of(Shape.of(m, k), Shape.of(k, n));
    }

    @Override
    public Shape output() {
        return Shape.of(m, n);
    }

    @Override
    public List<Integer> weights() {
        return List.of(1);
    }

    @Override
    public Sample sample(List<float[]> x, int index) {
        float[] a = x.get(0);
        float[] b = x.get(1);
        int row = index / n;
        int column = index % n;
        double sum = 0;
        double magnitude = 0;
        for (int i = 0; i < k; i++) {
            double term = (double) a[row * k + i] * b[i * n + column];
            sum += term;
            magnitude += Math.abs(term);
        }
        return new Sample(sum, magnitude);
    }
}
