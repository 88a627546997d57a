package javelin.tensor;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Fill;
import javelin.tensor.ops.Abs;
import javelin.tensor.ops.Add;
import javelin.tensor.ops.BroadcastTo;
import javelin.tensor.ops.Div;
import javelin.tensor.ops.Exp;
import javelin.tensor.ops.Log;
import javelin.tensor.ops.Matmul;
import javelin.tensor.ops.Mul;
import javelin.tensor.ops.Neg;
import javelin.tensor.ops.Permute;
import javelin.tensor.ops.Pow;
import javelin.tensor.ops.ReduceMax;
import javelin.tensor.ops.ReduceMin;
import javelin.tensor.ops.Reshape;
import javelin.tensor.ops.Sqrt;
import javelin.tensor.ops.Square;
import javelin.tensor.ops.Sub;
import javelin.tensor.ops.Sum;

import java.util.Arrays;
import java.util.List;

/// An array of numbers on a backend, and its place in the recorded graph.
///
/// Values are contiguous and row-major; images are `[n, h, w, c]`. A tensor is immutable, except
/// that a leaf may be given new values in place ([#assign]). It is collected by the garbage
/// collector: there is nothing to close. Further ops have static factories in `javelin.tensor.ops`,
/// for instance `Conv2d.conv2d`.
public final class Tensor {
    private final Backend backend;
    private final View view;
    private final Node node;

    private Tensor(Backend backend, View view, Node node) {
        this.backend = backend;
        this.view = view;
        this.node = node;
    }

    // ---- making tensors ----

    /// Tensor on a window of existing memory; the values are shared.
    public static Tensor wrap(Backend backend, View view) {
        var tensor = new Tensor(backend, view, Node.leaf(view.shape(), view.type()));
        tensor.node.hold(tensor);
        return tensor;
    }

    /// Copy of `values` on the current backend.
    ///
    /// @throws ShapeException if their number is not that of the shape
    public static Tensor of(float[] values, int... shape) {
        Backend on = Backends.current();
        return wrap(on, View.of(on.upload(values), fitting(values.length, shape)));
    }

    /// Copy of `values` on the current backend, rounded to its type.
    ///
    /// @throws ShapeException if their number is not that of the shape
    public static Tensor of(double[] values, int... shape) {
        Backend on = Backends.current();
        return wrap(on, View.of(on.upload(values), fitting(values.length, shape)));
    }

    /// Copy of integer `values` (labels, positions) on the current backend.
    ///
    /// @throws ShapeException if their number is not that of the shape
    public static Tensor of(int[] values, int... shape) {
        Backend on = Backends.current();
        return wrap(on, View.of(on.upload(values), fitting(values.length, shape)));
    }

    /// A single number of shape `[]` on the current backend.
    public static Tensor scalar(double value) {
        return of(new double[] {value});
    }

    /// A single number of shape `[]` on a backend.
    public static Tensor scalar(Backend on, double value) {
        return filled(on, Shape.SCALAR, value);
    }

    /// Zeros on the current backend.
    public static Tensor zeros(int... shape) {
        return zeros(Backends.current(), Shape.of(shape));
    }

    /// Ones on the current backend.
    public static Tensor ones(int... shape) {
        return full(1, shape);
    }

    /// One number everywhere, on the current backend.
    public static Tensor full(double value, int... shape) {
        return filled(Backends.current(), Shape.of(shape), value);
    }

    /// Zeros of the shape of `x`, on its backend.
    public static Tensor zerosLike(Tensor x) {
        return zeros(x.backend, x.shape());
    }

    /// Ones of the shape of `x`, on its backend.
    public static Tensor onesLike(Tensor x) {
        return filled(x.backend, x.shape(), 1);
    }

    private static Tensor zeros(Backend on, Shape shape) {
        return wrap(on, View.of(on.allocate(on.floatType(), shape.size()), shape));
    }

    private static Tensor filled(Backend on, Shape shape, double value) {
        Tensor result = zeros(on, shape);
        on.run(new Fill(value), List.of(), result.view);
        return result;
    }

    private static Shape fitting(int length, int... dims) {
        Shape shape = Shape.of(dims);
        if (shape.size() != length) {
            throw new ShapeException(
                    "tensor",
                    "%d values do not fill shape %s, which has %d elements"
                            .formatted(length, shape, shape.size()),
                    List.of(shape));
        }
        return shape;
    }

    /// Result of an op on `inputs`, recorded if a gradient may be wanted.
    ///
    /// @throws ShapeException if the op rejects the shapes
    /// @throws IllegalArgumentException if the inputs are on different backends
    public static Tensor apply(Op op, Tensor... inputs) {
        return apply(op, List.of(inputs));
    }

    /// As [#apply(Op, Tensor...)].
    @SuppressWarnings("ReferenceEquality") // a backend is its identity
    public static Tensor apply(Op op, List<Tensor> inputs) {
        Backend on = inputs.getFirst().backend;
        for (Tensor x : inputs) {
            if (x.backend != on) {
                throw new IllegalArgumentException(
                        "%s: operands are on different backends, %s and %s; move one with to(…)"
                                .formatted(op.name(), on.name(), x.backend.name()));
            }
        }
        Shape shape = op.shape(inputs.stream().map(Tensor::shape).toList());
        DType type = op.type(inputs.stream().map(Tensor::type).toList());
        List<View> views = inputs.stream().map(Tensor::view).toList();
        View out = op.output(on, views, shape, type);
        OpWatch watch = OpWatch.current();
        long start = watch == null ? 0 : System.nanoTime();
        op.forward(on, views, out);
        long nanos = watch == null ? 0 : System.nanoTime() - start;
        Tensor result = record(op, inputs, on, out);
        if (watch != null) {
            watch.ran(op, inputs, result, nanos);
        }
        return result;
    }

    /// The result as a node of the graph if a gradient may be wanted, else as a leaf.
    private static Tensor record(Op op, List<Tensor> inputs, Backend on, View out) {
        DType type = out.type();
        boolean gradient =
                GradMode.isOn()
                        && type.isFloat()
                        && op.hasGradient()
                        && inputs.stream().anyMatch(Tensor::requiresGrad);
        if (!gradient && !Graph.isTracing()) {
            return wrap(on, out);
        }
        Node node = Node.of(op, inputs.stream().map(Tensor::node).toList(), out.shape(), type);
        var result = new Tensor(on, out, node);
        if (gradient) {
            node.requireGrad(true);
            node.save(Saved.of(node, op, inputs, result));
        }
        return result;
    }

    // ---- what it is ----

    /// Sizes along the axes.
    public Shape shape() {
        return view.shape();
    }

    /// Size along an axis; negative axes count from the end.
    public int dim(int axis) {
        return shape().dim(axis);
    }

    /// Type of the elements.
    public DType type() {
        return view.type();
    }

    /// Backend that holds the values.
    public Backend backend() {
        return backend;
    }

    /// The memory, for kernels.
    public View view() {
        return view;
    }

    /// Place in the recorded graph.
    public Node node() {
        return node;
    }

    /// Whether gradients flow to this tensor.
    public boolean requiresGrad() {
        return node.requiresGrad();
    }

    /// Marks this leaf as one that gradients are wanted for, and returns it.
    ///
    /// @throws IllegalStateException if it is the result of a recorded op or holds integers
    public Tensor requireGrad() {
        return requireGrad(true);
    }

    /// Marks this leaf as one that gradients are wanted for, or not, and returns it.
    ///
    /// @throws IllegalStateException if it is the result of a recorded op or holds integers
    public Tensor requireGrad(boolean wanted) {
        if (!node.isLeaf() || !type().isFloat()) {
            throw new IllegalStateException(
                    "requireGrad: only a leaf of real numbers can be marked, not "
                            + (node.isLeaf() ? "type " + type() : "the result of " + node.name()));
        }
        node.requireGrad(wanted);
        return this;
    }

    /// The same values without history.
    public Tensor detach() {
        return wrap(backend, view);
    }

    /// Copy on another backend, without history; this tensor if it is there already.
    @SuppressWarnings("ReferenceEquality") // a backend is its identity
    public Tensor to(Backend other) {
        if (other == backend) {
            return this;
        }
        var buffer =
                type() == DType.I32
                        ? other.upload(ints())
                        : other.floatType() == DType.F64
                                ? other.upload(doubles())
                                : other.upload(floats());
        return wrap(other, View.of(buffer, shape()));
    }

    /// Overwrites the values of this leaf in place. Graphs recorded before see the new values.
    ///
    /// @throws ShapeException if `values` has another shape
    /// @throws IllegalArgumentException if one holds integers and the other real numbers
    /// @throws IllegalStateException if this is the result of a recorded op, whose gradient may
    ///   need the values
    public void assign(Tensor values) {
        if (!node.isLeaf()) {
            throw new IllegalStateException(
                    "assign: this is the result of %s, not a leaf; assign before it is computed, or to detach().copy()"
                            .formatted(node.name()));
        }
        if ((values.type() == DType.I32) != (type() == DType.I32)) {
            throw new IllegalArgumentException(
                    "assign: values of type %s do not fit a tensor of type %s"
                            .formatted(values.type(), type()));
        }
        if (!values.shape().equals(shape())) {
            throw new ShapeException(
                    "assign",
                    "values of shape %s do not fit a tensor of shape %s"
                            .formatted(values.shape(), shape()),
                    List.of(values.shape(), shape()));
        }
        backend.run(new Copy(), List.of(values.to(backend).view), view);
    }

    // ---- values ----

    /// Copy of the values as 32-bit numbers.
    public float[] floats() {
        return backend.downloadFloats(view);
    }

    /// Copy of the values as 64-bit numbers.
    public double[] doubles() {
        return backend.downloadDoubles(view);
    }

    /// Copy of integer values.
    public int[] ints() {
        return backend.downloadInts(view);
    }

    /// The only value of a tensor with one element.
    ///
    /// @throws ShapeException if there are more or none
    public double item() {
        if (shape().size() != 1) {
            throw new ShapeException(
                    "item", "shape %s has not one element".formatted(shape()), List.of(shape()));
        }
        return type() == DType.I32 ? ints()[0] : doubles()[0];
    }

    // ---- arithmetic, with broadcasting ----

    /// `this + other`.
    public Tensor add(Tensor other) {
        return Add.add(this, other);
    }

    /// `this + number`.
    public Tensor add(double number) {
        return add(constant(number));
    }

    /// `this − other`.
    public Tensor sub(Tensor other) {
        return Sub.sub(this, other);
    }

    /// `this − number`.
    public Tensor sub(double number) {
        return sub(constant(number));
    }

    /// `number − this`.
    public Tensor rsub(double number) {
        return constant(number).sub(this);
    }

    /// `this · other`, element by element.
    public Tensor mul(Tensor other) {
        return Mul.mul(this, other);
    }

    /// `this · number`.
    public Tensor mul(double number) {
        return mul(constant(number));
    }

    /// `this / other`.
    public Tensor div(Tensor other) {
        return Div.div(this, other);
    }

    /// `this / number`.
    public Tensor div(double number) {
        return div(constant(number));
    }

    /// `number / this`.
    public Tensor rdiv(double number) {
        return constant(number).div(this);
    }

    /// `this ^ exponent`.
    public Tensor pow(double exponent) {
        return Pow.pow(this, constant(exponent));
    }

    /// `−this`.
    public Tensor neg() {
        return Neg.neg(this);
    }

    /// `|this|`.
    public Tensor abs() {
        return Abs.abs(this);
    }

    /// `this²`.
    public Tensor square() {
        return Square.square(this);
    }

    /// `√this`.
    public Tensor sqrt() {
        return Sqrt.sqrt(this);
    }

    /// `e^this`.
    public Tensor exp() {
        return Exp.exp(this);
    }

    /// `ln this`.
    public Tensor log() {
        return Log.log(this);
    }

    /// Matrix product over the last two axes; further axes are batches and broadcast.
    public Tensor matmul(Tensor other) {
        return Matmul.matmul(this, other);
    }

    // ---- reductions; the axes disappear; no axis means all ----

    /// Sum over `axes`.
    public Tensor sum(int... axes) {
        return Sum.sum(this, axes);
    }

    /// Mean over `axes`.
    public Tensor mean(int... axes) {
        Tensor s = sum(axes);
        return s.mul((double) s.shape().size() / shape().size());
    }

    /// Largest over `axes`.
    public Tensor max(int... axes) {
        return ReduceMax.max(this, axes);
    }

    /// Smallest over `axes`.
    public Tensor min(int... axes) {
        return ReduceMin.min(this, axes);
    }

    // ---- shape ----

    /// The same elements under another shape; one size may be −1, to be worked out.
    public Tensor reshape(int... shape) {
        return Reshape.reshape(this, shape);
    }

    /// Reordered axes: axis `i` of the result is axis `order[i]` of this.
    public Tensor permute(int... order) {
        return Permute.permute(this, order);
    }

    /// The last two axes exchanged.
    public Tensor t() {
        int rank = shape().rank();
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i);
        if (rank < 2) {
            throw new ShapeException(
                    "t", "needs at least two axes, got " + shape(), List.of(shape()));
        }
        order[rank - 2] = rank - 1;
        order[rank - 1] = rank - 2;
        return permute(order);
    }

    /// Copies along the axes in which this has size 1.
    public Tensor broadcastTo(int... shape) {
        return BroadcastTo.broadcastTo(this, Shape.of(shape));
    }

    private Tensor constant(double number) {
        return scalar(backend, number);
    }

    /// Shape and values, shortened in the middle.
    @Override
    public String toString() {
        return Printing.print(this);
    }
}
