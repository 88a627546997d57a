package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.View;
import javelin.kernels.layout.Fill;

import java.util.List;

/// Memory of one run, and the kernels bound to it.
final class Workspace {
    private final List<View> inputs;
    private final View output;
    private final Runnable[] steps;

    Workspace(Program program, List<Step> steps, MemoryPlan memory) {
        var slabs = memory.allocate(program.backend());
        inputs = program.inputs().stream().map(slabs::real).toList();
        output = slabs.real(program.output());
        this.steps = steps.stream().map(s -> s.bind(slabs)).toArray(Runnable[]::new);
    }

    View input(int i) {
        return inputs.get(i);
    }

    View output() {
        return output;
    }

    /// Sets the inputs to zero.
    void clear(Backend on) {
        inputs.forEach(x -> on.run(new Fill(0), List.of(), x));
    }

    void run() {
        for (Runnable step : steps) {
            step.run();
        }
    }

    void run(int step) {
        steps[step].run();
    }
}
