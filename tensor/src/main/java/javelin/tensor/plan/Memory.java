package javelin.tensor.plan;

import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;

import org.jspecify.annotations.Nullable;

/// A run of elements of a [Program]: a constant that has its values, or room for values that exist
/// only while the program runs. Two of them are the same only if they are one object.
final class Memory implements Buffer {
    private final DType type;
    private final long size;
    private @Nullable View values;
    private boolean borrowed;

    private Memory(DType type, long size, @Nullable View values) {
        this.type = type;
        this.size = size;
        this.values = values;
    }

    static Memory room(DType type, long size) {
        return new Memory(type, size, null);
    }

    static Memory constant(View values) {
        return new Memory(values.type(), values.shape().size(), values);
    }

    /// A constant whose values belong to somebody else, who may change them.
    static Memory borrowed(View values) {
        Memory memory = constant(values);
        memory.borrowed = true;
        return memory;
    }

    /// The memory that a view of a program is a window on.
    static Memory of(View view) {
        return (Memory) view.buffer();
    }

    /// Whether a view of a program is a window on a constant.
    static boolean isConstant(View view) {
        return of(view).values != null;
    }

    /// Whether a view covers all of its memory.
    static boolean isWhole(View view) {
        return view.shape().size() == of(view).size;
    }

    /// A view of a constant as one of the memory that holds its values.
    static View real(View view) {
        View values = of(view).values;
        if (values == null) {
            throw new IllegalStateException("plan: " + view.shape() + " is not a constant");
        }
        return new View(values.buffer(), values.offset() + view.offset(), view.shape());
    }

    @Nullable View values() {
        return values;
    }

    boolean isBorrowed() {
        return borrowed;
    }

    /// Makes this a constant with values of its own.
    void hold(View constant) {
        values = constant;
        borrowed = false;
    }

    /// All elements as a vector.
    Shape shape() {
        return Shape.of(Math.toIntExact(size));
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public long size() {
        return size;
    }
}
