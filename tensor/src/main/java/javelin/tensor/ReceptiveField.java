package javelin.tensor;

import javelin.kernels.Shape;
import javelin.kernels.pool.Windows;
import javelin.tensor.ops.AveragePool2d;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.ConvTranspose2d;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Resize2d;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/// What one element of a result sees of the input image.
///
/// @param rows pixels from the first to the last row seen
/// @param columns pixels from the first to the last column seen
public record ReceptiveField(int rows, int columns) {
    static ReceptiveField of(Graph graph) {
        return new ReceptiveField(along(graph, 1), along(graph, 2));
    }

    private static int along(Graph graph, int axis) {
        var seen = new IdentityHashMap<Node, Axis>();
        graph.nodes().forEach(n -> seen.put(n, axis(n, axis, widest(n, seen))));
        Node result = graph.outputs().getFirst();
        return (int) Math.ceil(Objects.requireNonNull(seen.get(result)).size);
    }

    /// Along one axis, in pixels of the input.
    ///
    /// @param size pixels that one element sees
    /// @param jump distance of the centres of neighbours
    private record Axis(double size, double jump) {
        /// Behind windows of `taps` elements at distance `dilation`, every `stride` elements.
        Axis window(int taps, int dilation, double stride) {
            return new Axis(size + (taps - 1) * dilation * jump, jump * stride);
        }
    }

    private static Axis axis(Node node, int axis, Axis x) {
        return switch (node.op()) {
            case Conv2d(var g, _) ->
                    x.window(
                            weight(node).dim(axis - 1),
                            axis == 1 ? g.dilationH() : g.dilationW(),
                            axis == 1 ? g.strideH() : g.strideW());
            case ConvTranspose2d(var g, _, _, _) -> {
                int taps = weight(node).dim(axis - 1);
                int stride = axis == 1 ? g.strideH() : g.strideW();
                yield x.window(Math.ceilDiv(taps, stride), 1, 1.0 / stride);
            }
            case MaxPool2d(var w) -> pooled(x, w, axis);
            case AveragePool2d(var w, _) -> pooled(x, w, axis);
            case Resize2d _ ->
                    x.window(
                            1,
                            1,
                            (double) node.inputs().getFirst().shape().dim(axis)
                                    / node.shape().dim(axis));
            case null, default -> x;
        };
    }

    /// That of the input that sees most; one pixel for a leaf.
    private static Axis widest(Node node, Map<Node, Axis> seen) {
        return node.inputs().stream()
                .map(seen::get)
                .reduce((a, b) -> b.size > a.size ? b : a)
                .orElse(new Axis(1, 1));
    }

    private static Shape weight(Node node) {
        return node.inputs().get(1).shape();
    }

    private static Axis pooled(Axis x, Windows windows, int axis) {
        return switch (windows) {
            case Windows.Sliding w ->
                    axis == 1 ? x.window(w.kh(), 1, w.strideH()) : x.window(w.kw(), 1, w.strideW());
            case Windows.Adaptive _ -> x; // as many pixels as the image has
        };
    }
}
