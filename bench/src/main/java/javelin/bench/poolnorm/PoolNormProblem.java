package javelin.bench.poolnorm;

import javelin.bench.KernelProblem;
import javelin.bench.Work;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.Moments;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.Windows;
import javelin.kernels.softmax.Softmax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A kernel that reads each number a few times: limited by memory.
///
/// @param name kernel and image, for instance `batch-norm/56x56x256@1`
/// @param flopsPerOutput operations of the plain formula for one number of the output
public record PoolNormProblem(
        String name, Kernel kernel, List<Shape> inputs, Shape output, double flopsPerOutput)
        implements KernelProblem {
    private static final Map<String, PoolNormProblem> ALL = list();

    /// All problems by name.
    public static Map<String, PoolNormProblem> all() {
        return ALL;
    }

    /// The problem of that name; besides [#all()] there is `tiny`.
    ///
    /// @throws IllegalArgumentException if there is none
    public static PoolNormProblem named(String name) {
        PoolNormProblem found = name.equals("tiny") ? batchNorm(1, 3, 5) : ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "pool-norm: no problem '%s'; choose one of %s"
                            .formatted(name, String.join(", ", ALL.keySet())));
        }
        return found;
    }

    private static Map<String, PoolNormProblem> list() {
        var all = new LinkedHashMap<String, PoolNormProblem>();
        for (int n : new int[] {1, 16}) {
            for (PoolNormProblem p :
                    List.of(
                            maxPool("resnet50", n, 112, 64, 3, 2, 1),
                            maxPool("vgg16", n, 224, 64, 2, 2, 0),
                            globalPool("resnet50", n, 7, 2048),
                            batchNorm(n, 56, 256),
                            batchNorm(n, 14, 1024),
                            batchNorm(n, 29, 17),
                            moments(n, 56, 256),
                            softmax(n, 1000))) {
                all.put(p.name, p);
            }
        }
        return all;
    }

    private static PoolNormProblem maxPool(
            String network, int n, int size, int c, int k, int stride, int padding) {
        var windows = Windows.Sliding.of(k, stride, padding);
        return new PoolNormProblem(
                "max-pool-%dx%ds%d/%s@%d".formatted(k, k, stride, network, n),
                new MaxPool2d(windows),
                List.of(Shape.of(n, size, size, c)),
                Shape.of(n, windows.outH(size), windows.outW(size), c),
                k * k);
    }

    private static PoolNormProblem globalPool(String network, int n, int size, int c) {
        return new PoolNormProblem(
                "global-pool/%s@%d".formatted(network, n),
                new AveragePool2d(new Windows.Adaptive(1, 1), false),
                List.of(Shape.of(n, size, size, c)),
                Shape.of(n, 1, 1, c),
                size * size);
    }

    private static PoolNormProblem batchNorm(int n, int size, int c) {
        Shape x = Shape.of(n, size, size, c);
        return new PoolNormProblem(
                "batch-norm/%dx%dx%d@%d".formatted(size, size, c, n),
                new BatchNorm(1e-5),
                List.of(x, Shape.of(2, c), Shape.of(c), Shape.of(c)),
                x,
                2);
    }

    private static PoolNormProblem moments(int n, int size, int c) {
        return new PoolNormProblem(
                "moments/%dx%dx%d@%d".formatted(size, size, c, n),
                new Moments(),
                List.of(Shape.of(n, size, size, c)),
                Shape.of(2, c),
                2.0 * n * size * size);
    }

    private static PoolNormProblem softmax(int n, int classes) {
        Shape x = Shape.of(n, classes);
        return new PoolNormProblem(
                "softmax/%d@%d".formatted(classes, n), new Softmax(false), List.of(x), x, 5);
    }

    @Override
    public String group() {
        return name.substring(0, name.indexOf('/'));
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public Work work() {
        return new Work(flopsPerOutput * output.size(), bytes());
    }

    @Override
    public List<Integer> weights() {
        return inputs.size() == 4 ? List.of(1, 2, 3) : List.of();
    }
}
