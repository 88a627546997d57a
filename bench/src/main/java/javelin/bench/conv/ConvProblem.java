package javelin.bench.conv;

import javelin.bench.KernelProblem;
import javelin.bench.Work;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One product of a convolution on a batch of images.
///
/// @param batch number of images
public record ConvProblem(ConvLayer layer, int batch, Direction direction)
        implements KernelProblem.Bilinear {
    /// All layers at batch 1 and 16, by name.
    public static Map<String, ConvProblem> all(Direction direction) {
        var all = new LinkedHashMap<String, ConvProblem>();
        for (int batch : new int[] {1, 16}) {
            ConvLayers.all().values().stream()
                    .flatMap(List::stream)
                    .map(layer -> new ConvProblem(layer, batch, direction))
                    .forEach(p -> all.put(p.name(), p));
        }
        return all;
    }

    /// The problem of that name: set, layer and batch, for instance `resnet50/conv1@16`.
    ///
    /// @throws IllegalArgumentException if there is no such layer
    public static ConvProblem named(String name, Direction direction) {
        int at = name.lastIndexOf('@');
        String layer = name.substring(0, Math.max(at, 0));
        String batch = name.substring(at + 1);
        for (List<ConvLayer> set : ConvLayers.all().values()) {
            for (ConvLayer l : set) {
                if (l.name().equals(layer) && batch.matches("[1-9]\\d{0,3}")) {
                    return new ConvProblem(l, Integer.parseInt(batch), direction);
                }
            }
        }
        throw new IllegalArgumentException(
                "conv: no layer '%s'; a name looks like resnet50/conv1@16".formatted(name));
    }

    @Override
    public String name() {
        return layer.name() + "@" + batch;
    }

    @Override
    public String group() {
        return direction == Direction.FORWARD
                ? layer.group()
                : direction.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return name() + " " + layer.sizes();
    }

    @Override
    public Work work() {
        return new Work(2.0 * layer.macs() * batch, bytes());
    }

    @Override
    public Kernel kernel() {
        return switch (direction) {
            case FORWARD -> new Conv2d(layer.geometry());
            case DGRAD -> new Conv2dInput(layer.geometry());
            case WGRAD -> new Conv2dWeight(layer.geometry());
        };
    }

    private Shape image() {
        return Shape.of(batch, layer.h(), layer.w(), layer.c());
    }

    private Shape result() {
        return Shape.of(batch, layer.outH(), layer.outW(), layer.o());
    }

    @Override
    public List<Shape> inputs() {
        return switch (direction) {
            case FORWARD -> List.of(image(), layer.weight());
            case DGRAD -> List.of(result(), layer.weight());
            case WGRAD -> List.of(image(), result());
        };
    }

    @Override
    public Shape output() {
        return switch (direction) {
            case FORWARD -> result();
            case DGRAD -> image();
            case WGRAD -> layer.weight();
        };
    }

    /// Forward is measured as in a plan; the gradients as in training, where filters change.
    @Override
    public boolean isPrepared() {
        return direction == Direction.FORWARD;
    }

    @Override
    public List<Integer> weights() {
        return direction == Direction.WGRAD ? List.of() : List.of(1);
    }

    @Override
    public Sample sample(List<float[]> x, int index) {
        float[] a = x.get(0);
        float[] b = x.get(1);
        int[] at = new int[4];
        int rest = index;
        for (int axis = 3; axis >= 0; axis--) {
            at[axis] = rest % output().dim(axis);
            rest /= output().dim(axis);
        }
        double[] sums = new double[2];
        new ConvTerms(layer, batch)
                .visit(
                        direction,
                        at,
                        (i, j) -> {
                            double term = (double) a[i] * b[j];
                            sums[0] += term;
                            sums[1] += Math.abs(term);
                        });
        return new Sample(sums[0], sums[1]);
    }
}
