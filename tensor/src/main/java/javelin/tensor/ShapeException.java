package javelin.tensor;

import javelin.kernels.Shape;

import java.util.List;

/// An op was given tensors whose shapes do not fit. The message names the op, what is wrong, and
/// the operands with their shapes.
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String op;
    private final transient List<Shape> shapes;

    /// Exception of `op`, with the shapes of all its operands.
    public ShapeException(String op, String problem, List<Shape> shapes) {
        super(op + ": " + problem);
        this.op = op;
        this.shapes = List.copyOf(shapes);
    }

    /// Name of the op.
    public String op() {
        return op;
    }

    /// Shapes of the operands.
    public List<Shape> shapes() {
        return shapes;
    }
}
