package javelin.kernels.gpu;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.ArrayList;
import java.util.List;

/// One run of a kernel of a program: its arguments in the order of its parameters, then how many
/// items work.
///
/// A view is two parameters, in the source `VIEW(float, x)`: the memory and the offset in it; `AT`
/// adds them.
public final class Launch {
    /// Items of a group in [#items] and [#rows].
    public static final int GROUP = 64;

    private final GpuBackend on;
    private final Source source;
    private final String kernel;
    private final List<Object> arguments = new ArrayList<>();

    Launch(GpuBackend on, Source source, String kernel) {
        this.on = on;
        this.source = source;
        this.kernel = kernel;
    }

    /// A view of real numbers.
    public Launch floats(View v) {
        return view(v, DType.F32);
    }

    /// A view of integers.
    public Launch ints(View v) {
        return view(v, DType.I32);
    }

    /// A view of elements of either type, which the kernel only moves.
    public Launch words(View v) {
        return view(v, v.type());
    }

    private Launch view(View v, DType wanted) {
        if (v.type() != wanted) {
            throw new IllegalArgumentException(
                    "%s: %s takes %s, not %s".formatted(on.name(), kernel, wanted, v.type()));
        }
        arguments.add(on.memory(v));
        arguments.add(v.offset());
        return this;
    }

    /// A note of the device, see [GpuBackend#synchronize].
    public Launch fault() {
        return ints(on.fault());
    }

    /// Sizes and a number for each of them, as a `Strides` from 0 on with nothing left out.
    public Launch axes(Shape sizes, int[] numbers) {
        arguments.add(new Strides(0, sizes, numbers).plainWords());
        return this;
    }

    /// A structure of integers.
    public Launch structure(int... words) {
        arguments.add(words);
        return this;
    }

    /// Integers.
    public Launch with(int... values) {
        for (int v : values) {
            arguments.add(v);
        }
        return this;
    }

    /// A choice; the source defines the names of all constants in the same order, from 0 on.
    @SuppressWarnings("EnumOrdinal")
    public Launch with(Enum<?> choice) {
        return with(choice.ordinal());
    }

    /// A long integer.
    public Launch wide(long value) {
        arguments.add(value);
        return this;
    }

    /// Real numbers, rounded to 32 bits.
    public Launch with(double... values) {
        for (double v : values) {
            arguments.add((float) v);
        }
        return this;
    }

    /// Positions.
    public Launch with(Strides s) {
        arguments.add(s.words());
        return this;
    }

    /// Runs the kernel with at least one item for each of `count` elements, `GID(0)`; their number
    /// is the last parameter.
    public void items(int count) {
        arguments.add(count);
        groups(ceil(count, GROUP), 1, 1, GROUP, 1);
    }

    /// Runs the kernel with one group for each of `count` rows, `GRP(0)`.
    public void rows(int count) {
        groups(count, 1, 1, GROUP, 1);
    }

    /// Runs the kernel with that many groups along three axes, of `itemsX` by `itemsY` items each.
    public void groups(int x, int y, int z, int itemsX, int itemsY) {
        if (x > 0 && y > 0 && z > 0) {
            on.enqueue(source, kernel, new Device.Grid(x, y, z, itemsX, itemsY), arguments);
        }
    }

    /// `⌈a / b⌉`.
    public static int ceil(int a, int b) {
        return (int) (((long) a + b - 1) / b);
    }
}
