package javelin.tensor.plan;

import javelin.kernels.View;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which calls of a program read and write each memory, by position; a call that reads one twice
/// appears twice.
final class Uses {
    private final Map<Memory, List<Integer>> readers = new HashMap<>();
    private final Map<Memory, List<Integer>> writers = new HashMap<>();
    private final Memory output;

    Uses(Program program) {
        this(program.calls(), program.output());
    }

    Uses(List<Call> calls, View output) {
        this.output = Memory.of(output);
        for (int i = 0; i < calls.size(); i++) {
            for (View x : calls.get(i).inputs()) {
                readers.computeIfAbsent(Memory.of(x), _ -> new ArrayList<>()).add(i);
            }
            Memory y = Memory.of(calls.get(i).output());
            writers.computeIfAbsent(y, _ -> new ArrayList<>()).add(i);
        }
    }

    List<Integer> readers(Memory memory) {
        return readers.getOrDefault(memory, List.of());
    }

    List<Integer> writers(Memory memory) {
        return writers.getOrDefault(memory, List.of());
    }

    /// Whether nothing overwrites what the view shows once it is there.
    boolean isStable(View view) {
        return writers(Memory.of(view)).size() <= 1;
    }

    /// Whether the view is all that its memory ever holds.
    boolean isOnlyResult(View view) {
        return Memory.isWhole(view) && writers(Memory.of(view)).size() == 1;
    }

    /// Position of the only call that reads a memory, and reads it once; −1 if there are several or
    /// none, or if it is the result of the program.
    int onlyReader(Memory memory) {
        List<Integer> all = readers(memory);
        return all.size() == 1 && memory != output ? all.getFirst() : -1;
    }
}
