package javelin.kernels.layout;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Moves of elements of any type: whole blocks where they lie side by side. See [AxisMap].
public final class LayoutCpu {
    private static final int GRAIN = 1 << 15;

    private LayoutCpu() {}

    /// Copies along axes of size 1.
    public static Work work(Broadcast f, List<View> in, View y, Cpu cpu) {
        Shape x = in.getFirst().shape();
        int lead = y.shape().rank() - x.rank();
        int[] strides = x.strides();
        int[][] maps = new int[y.shape().rank()][];
        for (int axis = 0; axis < maps.length; axis++) {
            boolean repeated = axis < lead || x.dim(axis - lead) == 1;
            int stride = repeated ? 0 : strides[axis - lead];
            maps[axis] = AxisMap.progression(y.shape().dim(axis), 0, stride);
        }
        return gather(in.getFirst(), y, new AxisMap(y.shape(), maps), 0);
    }

    /// Reordered axes.
    public static Work work(Permute f, List<View> in, View y, Cpu cpu) {
        int[] strides = in.getFirst().shape().strides();
        int[][] maps = new int[y.shape().rank()][];
        for (int axis = 0; axis < maps.length; axis++) {
            maps[axis] = AxisMap.progression(y.shape().dim(axis), 0, strides[f.order().get(axis)]);
        }
        return gather(in.getFirst(), y, new AxisMap(y.shape(), maps), 0);
    }

    /// A frame around the input.
    public static Work work(Pad f, List<View> in, View y, Cpu cpu) {
        Shape x = in.getFirst().shape();
        AxisMap map = padding(f.mode(), f.before(), x, y.shape());
        return gather(in.getFirst(), y, map, f.value());
    }

    /// Each element of the frame added to the one it was copied from; frames of one image of a
    /// batch never meet another image, so the outermost axis is shared among the threads.
    public static Work work(PadInput f, List<View> in, View dx, Cpu cpu) {
        View dy = in.getFirst();
        if (f.mode() == Pad.Mode.CONSTANT) {
            List<Integer> ones = f.before().stream().map(_ -> 1).toList();
            return work(new Slice(f.before(), ones), in, dx, cpu);
        }
        Work zeros = work(new Fill(0), List.of(), dx, cpu);
        if (dy.length() == 0 || dx.length() == 0) {
            return zeros;
        }
        AxisMap.Rows rows = padding(f.mode(), f.before(), dx.shape(), dy.shape()).rows();
        boolean apart = dy.shape().dim(0) == dx.shape().dim(0);
        int perTask = apart && rows.outer() > 0 ? rows.count() / dy.shape().dim(0) : rows.count();
        return zeros.then(
                Work.of(rows.count() / perTask, t -> addRows(rows, t * perTask, perTask, dy, dx)));
    }

    private static void addRows(AxisMap.Rows rows, int first, int count, View dy, View dx) {
        float[] from = dy.floats();
        float[] to = dx.floats();
        for (int r = first; r < first + count; r++) {
            int at = dy.offset() + r * rows.length();
            int base = dx.offset() + rows.base(r);
            for (int place : rows.row()) {
                for (int b = 0; b < rows.block(); b++) {
                    to[base + place + b] += from[at++];
                }
            }
        }
    }

    private static AxisMap padding(Pad.Mode mode, List<Integer> before, Shape x, Shape padded) {
        int[] strides = x.strides();
        int[][] maps = new int[padded.rank()][];
        for (int axis = 0; axis < maps.length; axis++) {
            maps[axis] = new int[padded.dim(axis)];
            for (int j = 0; j < maps[axis].length; j++) {
                int source = mode.source(j - before.get(axis), x.dim(axis));
                maps[axis][j] = source < 0 ? AxisMap.NONE : source * strides[axis];
            }
        }
        return new AxisMap(padded, maps);
    }

    /// Every `step`-th element.
    public static Work work(Slice f, List<View> in, View y, Cpu cpu) {
        AxisMap map = slice(f.start(), f.step(), in.getFirst().shape(), y.shape());
        return gather(in.getFirst(), y, map, 0);
    }

    /// Zeros with the elements of the slice in their places.
    public static Work work(SliceInput f, List<View> in, View dx, Cpu cpu) {
        View dy = in.getFirst();
        AxisMap map = slice(f.start(), f.step(), dx.shape(), dy.shape());
        return work(new Fill(0), List.of(), dx, cpu).then(scatter(dy, dx, map));
    }

    private static AxisMap slice(List<Integer> start, List<Integer> step, Shape x, Shape slice) {
        int[] strides = x.strides();
        int[][] maps = new int[slice.rank()][];
        for (int axis = 0; axis < maps.length; axis++) {
            int stride = strides[axis];
            maps[axis] =
                    AxisMap.progression(
                            slice.dim(axis), start.get(axis) * stride, step.get(axis) * stride);
        }
        return new AxisMap(slice, maps);
    }

    /// One behind the other.
    public static Work work(Concat f, List<View> in, View y, Cpu cpu) {
        int outer = y.shape().product(0, f.axis());
        int inner = y.shape().product(f.axis() + 1, y.shape().rank());
        int row = y.shape().dim(f.axis()) * inner;
        Work work = Work.NONE;
        int front = 0;
        for (View x : in) {
            int length = x.shape().dim(f.axis()) * inner;
            work = work.then(rows(x, outer, length, y, y.offset() + front, row));
            front += length;
        }
        return work;
    }

    /// Copies `outer` runs of `length` elements to places `row` apart.
    private static Work rows(View x, int outer, int length, View y, int at, int row) {
        Object from = array(x);
        Object to = array(y);
        int o = x.offset();
        return Work.split(
                outer,
                Workers.grain(length),
                (first, end) -> {
                    for (int a = first; a < end; a++) {
                        System.arraycopy(from, o + a * length, to, at + a * row, length);
                    }
                });
    }

    /// Reversed order.
    public static Work work(Flip f, List<View> in, View y, Cpu cpu) {
        int[] strides = y.shape().strides();
        int[][] maps = new int[strides.length][];
        for (int axis = 0; axis < maps.length; axis++) {
            int size = y.shape().dim(axis);
            boolean flipped = (f.axes() >> axis & 1) != 0;
            maps[axis] =
                    flipped
                            ? AxisMap.progression(size, (size - 1) * strides[axis], -strides[axis])
                            : AxisMap.progression(size, 0, strides[axis]);
        }
        return gather(in.getFirst(), y, new AxisMap(y.shape(), maps), 0);
    }

    /// The same elements.
    public static Work work(Copy f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        Object from = array(x);
        Object to = array(y);
        return Work.split(
                y.length(),
                GRAIN,
                (first, end) ->
                        System.arraycopy(
                                from, x.offset() + first, to, y.offset() + first, end - first));
    }

    /// The same numbers in another type.
    public static Work work(Cast f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        if (x.type() == y.type()) {
            return work(new Copy(), in, y, cpu);
        }
        return switch ((HostBuffer) y.buffer()) {
            case HostBuffer.Floats to -> {
                int[] from = x.ints();
                yield Work.split(
                        y.length(),
                        GRAIN,
                        (first, end) -> {
                            for (int i = first; i < end; i++) {
                                to.array()[y.offset() + i] = from[x.offset() + i];
                            }
                        });
            }
            case HostBuffer.Ints to -> {
                float[] from = x.floats();
                yield Work.split(
                        y.length(),
                        GRAIN,
                        (first, end) -> {
                            for (int i = first; i < end; i++) {
                                to.array()[y.offset() + i] = (int) from[x.offset() + i];
                            }
                        });
            }
            case HostBuffer.Doubles _ -> throw new IllegalStateException("cast: to " + y.type());
        };
    }

    /// One number everywhere.
    public static Work work(Fill f, List<View> in, View y, Cpu cpu) {
        return Work.split(
                y.length(), GRAIN, (from, to) -> fill(y, y.offset() + from, to - from, f.value()));
    }

    // ---- rows of blocks ----

    private static Work gather(View x, View y, AxisMap map, double constant) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        AxisMap.Rows rows = map.rows();
        return Work.split(
                rows.count(),
                Workers.grain(rows.length()),
                (from, to) -> {
                    for (int r = from; r < to; r++) {
                        gatherRow(rows, r, x, y, constant);
                    }
                });
    }

    private static void gatherRow(AxisMap.Rows rows, int r, View x, View y, double constant) {
        int at = y.offset() + r * rows.length();
        int base = rows.base(r);
        if (base == AxisMap.NONE) {
            fill(y, at, rows.length(), constant);
            return;
        }
        int block = rows.block();
        int length = rows.row().length;
        int run;
        for (int j = 0; j < length; j += run) {
            run = rows.run(j);
            int first = rows.row()[j];
            int step = run == 1 ? block : rows.step(j + 1);
            if (first == AxisMap.NONE) {
                fill(y, at + j * block, run * block, constant);
            } else if (step == block) {
                System.arraycopy(
                        array(x), x.offset() + base + first, array(y), at + j * block, run * block);
            } else if (block > 1) {
                for (int i = 0; i < run; i++) {
                    int from = x.offset() + base + first + i * step;
                    System.arraycopy(array(x), from, array(y), at + (j + i) * block, block);
                }
            } else {
                strided(x, x.offset() + base + first, step, y, at + j, 1, run);
            }
        }
    }

    private static Work scatter(View x, View y, AxisMap map) {
        if (x.length() == 0) {
            return Work.NONE;
        }
        AxisMap.Rows rows = map.rows();
        return Work.split(
                rows.count(),
                Workers.grain(rows.length()),
                (from, to) -> {
                    for (int r = from; r < to; r++) {
                        scatterRow(rows, r, x, y);
                    }
                });
    }

    private static void scatterRow(AxisMap.Rows rows, int r, View x, View y) {
        int at = x.offset() + r * rows.length();
        int base = y.offset() + rows.base(r);
        int block = rows.block();
        int run;
        for (int j = 0; j < rows.row().length; j += run) {
            run = rows.run(j);
            int first = base + rows.row()[j];
            int step = run == 1 ? block : rows.step(j + 1);
            if (step == block) {
                System.arraycopy(array(x), at + j * block, array(y), first, run * block);
            } else if (block > 1) {
                for (int i = 0; i < run; i++) {
                    int from = at + (j + i) * block;
                    System.arraycopy(array(x), from, array(y), first + i * step, block);
                }
            } else {
                strided(x, at + j, 1, y, first, step, run);
            }
        }
    }

    private static void strided(
            View x, int from, int fromStep, View y, int to, int toStep, int count) {
        switch ((HostBuffer) y.buffer()) {
            case HostBuffer.Floats f ->
                    strided(x.floats(), from, fromStep, f.array(), to, toStep, count);
            case HostBuffer.Ints f ->
                    strided(x.ints(), from, fromStep, f.array(), to, toStep, count);
            case HostBuffer.Doubles f ->
                    strided(x.doubles(), from, fromStep, f.array(), to, toStep, count);
        }
    }

    private static void strided(
            float[] x, int from, int fromStep, float[] y, int to, int toStep, int count) {
        for (int i = 0; i < count; i++) {
            y[to + i * toStep] = x[from + i * fromStep];
        }
    }

    private static void strided(
            int[] x, int from, int fromStep, int[] y, int to, int toStep, int count) {
        for (int i = 0; i < count; i++) {
            y[to + i * toStep] = x[from + i * fromStep];
        }
    }

    private static void strided(
            double[] x, int from, int fromStep, double[] y, int to, int toStep, int count) {
        for (int i = 0; i < count; i++) {
            y[to + i * toStep] = x[from + i * fromStep];
        }
    }

    private static void fill(View y, int from, int count, double value) {
        switch ((HostBuffer) y.buffer()) {
            case HostBuffer.Floats f -> Arrays.fill(f.array(), from, from + count, (float) value);
            case HostBuffer.Ints f -> Arrays.fill(f.array(), from, from + count, (int) value);
            case HostBuffer.Doubles f -> Arrays.fill(f.array(), from, from + count, value);
        }
    }

    private static Object array(View x) {
        return switch ((HostBuffer) x.buffer()) {
            case HostBuffer.Floats f -> f.array();
            case HostBuffer.Ints f -> f.array();
            case HostBuffer.Doubles f -> f.array();
        };
    }
}
