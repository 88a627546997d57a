package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.softmax.Softmax;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the memory of a program lies while it runs: results that are never needed at the same time
/// share places in one slab per element type. An elementwise kernel may overwrite an input that
/// nobody reads later.
final class MemoryPlan {
    /// Longest array that every JVM allocates.
    private static final long CAPACITY = Integer.MAX_VALUE - 8;

    private final Map<Memory, Memory> hosts = new HashMap<>();
    private final Map<Memory, Block> blocks = new LinkedHashMap<>(); // of hosts
    private final Map<DType, Packing> packings = new EnumMap<>(DType.class);
    private final Map<Memory, Packing.Slot> slots = new HashMap<>();

    private MemoryPlan() {}

    static MemoryPlan of(Program program) {
        return of(program, CAPACITY);
    }

    static MemoryPlan of(Program program, long capacity) {
        var plan = new MemoryPlan();
        plan.lifetimes(program);
        plan.overwrite(program);
        for (DType type : DType.values()) {
            plan.pack(type, capacity);
        }
        return plan;
    }

    /// From before the first step for inputs, to after the last for the result.
    private void lifetimes(Program program) {
        program.inputs().forEach(x -> need(x, -1));
        for (int i = 0; i < program.calls().size(); i++) {
            Call call = program.calls().get(i);
            for (View x : call.inputs()) {
                need(x, i);
            }
            need(call.output(), i);
        }
        need(program.output(), program.calls().size());
    }

    private void need(View view, int step) {
        if (!Memory.isConstant(view)) {
            Memory memory = Memory.of(view);
            blocks.merge(memory, new Block(memory.size(), step, step), Block::joined);
            hosts.put(memory, memory);
        }
    }

    /// Gives results the places of inputs that die there.
    private void overwrite(Program program) {
        for (int i = 0; i < program.calls().size(); i++) {
            Call call = program.calls().get(i);
            Memory y = Memory.of(call.output());
            if (!mayOverwrite(call)
                    || Memory.isConstant(call.output())
                    || block(host(y)).first() != i
                    || !Memory.isWhole(call.output())) {
                continue;
            }
            for (View x : call.inputs()) {
                if (dies(x, i, call)) {
                    Memory host = host(Memory.of(x));
                    blocks.merge(host, block(y), Block::joined);
                    blocks.remove(y);
                    hosts.put(y, host);
                    break;
                }
            }
        }
    }

    private static boolean mayOverwrite(Call call) {
        return switch (call.kernel()) {
            case Unary _, Binary _, Ternary _, Softmax _ -> true;
            case null, default -> false;
        };
    }

    /// Whether an input of the shape and type of the result is not needed after the call, and the
    /// call reads nothing else of its memory.
    private boolean dies(View x, int step, Call call) {
        View y = call.output();
        return !Memory.isConstant(x)
                && Memory.isWhole(x)
                && x.type() == y.type()
                && x.shape().equals(y.shape())
                && block(host(Memory.of(x))).last() == step
                && call.inputs().stream()
                        .allMatch(o -> Memory.of(o) != Memory.of(x) || o.equals(x));
    }

    private Memory host(Memory memory) {
        return Objects.requireNonNull(hosts.get(memory));
    }

    private Block block(Memory host) {
        return Objects.requireNonNull(blocks.get(host));
    }

    private void pack(DType type, long capacity) {
        List<Memory> all = blocks.keySet().stream().filter(m -> m.type() == type).toList();
        Packing packing = Packing.of(all.stream().map(this::block).toList(), capacity);
        packings.put(type, packing);
        for (int i = 0; i < all.size(); i++) {
            slots.put(all.get(i), packing.slots().get(i));
        }
    }

    /// Bytes of all slabs.
    long bytes() {
        long sum = 0;
        for (var entry : packings.entrySet()) {
            for (int slab : entry.getValue().slabs()) {
                sum += (long) slab * entry.getKey().bytes();
            }
        }
        return sum;
    }

    /// New slabs.
    Slabs allocate(Backend on) {
        var made = new EnumMap<DType, List<Buffer>>(DType.class);
        packings.forEach((type, packing) -> {
            List<Buffer> buffers = new ArrayList<>();
            packing.slabs().forEach(size -> buffers.add(on.allocate(type, size)));
            made.put(type, buffers);
        });
        return new Slabs(this, made);
    }

    /// Memory to run a program on.
    record Slabs(MemoryPlan plan, Map<DType, List<Buffer>> buffers) {
        /// Where a view of the program really is.
        View real(View view) {
            if (Memory.isConstant(view)) {
                return Memory.real(view);
            }
            var slot = Objects.requireNonNull(plan.slots.get(plan.host(Memory.of(view))));
            Buffer slab = Objects.requireNonNull(buffers.get(view.type())).get(slot.slab());
            return new View(slab, slot.offset() + view.offset(), view.shape());
        }
    }
}
