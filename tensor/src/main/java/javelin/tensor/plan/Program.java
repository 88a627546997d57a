package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.View;

import java.util.List;

/// A list of calls that computes one result from inputs and constants. All views are windows on
/// [Memory]. Passes turn one program into another.
record Program(Backend backend, List<View> inputs, List<Call> calls, View output) {
    Program {
        inputs = List.copyOf(inputs);
        calls = List.copyOf(calls);
    }

    Program withCalls(List<Call> others) {
        return new Program(backend, inputs, others, output);
    }

    Program withOutput(View other) {
        return new Program(backend, inputs, calls, other);
    }
}
