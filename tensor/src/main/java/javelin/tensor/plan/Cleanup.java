package javelin.tensor.plan;

import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Permute;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.Windows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Leaves out calls that do nothing.
final class Cleanup {
    private Cleanup() {}

    /// Reads the originals of copies, so that nobody needs the copies.
    static Program withoutCopies(Program program) {
        var uses = new Uses(program);
        var originals = new HashMap<Memory, View>();
        List<Call> calls = new ArrayList<>();
        for (Call call : program.calls()) {
            Call read =
                    call.withInputs(
                            call.inputs().stream().map(x -> original(x, originals)).toList());
            calls.add(read);
            View y = read.output();
            if (isCopy(read) && uses.isOnlyResult(y) && uses.isStable(read.inputs().getFirst())) {
                originals.put(Memory.of(y), read.inputs().getFirst());
            }
        }
        View output = original(program.output(), originals);
        return withoutDeadCalls(program.withCalls(calls).withOutput(output));
    }

    private static View original(View view, Map<Memory, View> originals) {
        View source = originals.get(Memory.of(view));
        return source == null
                ? view
                : new View(source.buffer(), source.offset() + view.offset(), view.shape());
    }

    /// Whether the output has the elements of the input in the same order.
    private static boolean isCopy(Call call) {
        if (call.inputs().size() != 1) {
            return false;
        }
        View x = call.inputs().getFirst();
        View y = call.output();
        Kernel kernel = call.kernel();
        return switch (kernel) {
            case Copy _ -> true;
            case Cast _ -> x.type() == y.type();
            case Broadcast _ -> x.shape().size() == y.shape().size();
            case Permute p -> keepsOrder(p, x.shape());
            case MaxPool2d f -> isSinglePixels(f.windows(), x.shape());
            case AveragePool2d f -> isSinglePixels(f.windows(), x.shape());
            case null, default -> false;
        };
    }

    /// Whether only axes of size 1 are moved.
    private static boolean keepsOrder(Permute permute, Shape x) {
        int last = -1;
        for (int axis : permute.order()) {
            if (x.dim(axis) != 1 && axis < last) {
                return false;
            }
            last = x.dim(axis) == 1 ? last : axis;
        }
        return true;
    }

    /// Whether each window of an image `[n, h, w, c]` is the pixel at its own place.
    private static boolean isSinglePixels(Windows windows, Shape x) {
        int h = x.dim(1);
        int w = x.dim(2);
        return windows.outH(h) == h
                && windows.outW(w) == w
                && IntStream.range(0, h)
                        .allMatch(p -> windows.top(p, h) == p && windows.bottom(p, h) == p + 1)
                && IntStream.range(0, w)
                        .allMatch(q -> windows.left(q, w) == q && windows.right(q, w) == q + 1);
    }

    /// Leaves out calls whose result nobody reads.
    static Program withoutDeadCalls(Program program) {
        var wanted = new HashSet<Memory>();
        wanted.add(Memory.of(program.output()));
        var kept = new ArrayDeque<Call>();
        for (Call call : program.calls().reversed()) {
            if (wanted.contains(Memory.of(call.output()))) {
                kept.addFirst(call);
                call.inputs().forEach(x -> wanted.add(Memory.of(x)));
            }
        }
        return program.withCalls(List.copyOf(kept));
    }
}
