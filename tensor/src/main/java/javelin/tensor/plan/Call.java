package javelin.tensor.plan;

import javelin.kernels.Kernel;
import javelin.kernels.View;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One step of a program.
///
/// @param label the ops it does the work of, for instance `conv2d + relu`
/// @param inputs windows on the memory of the program, as is `output`
record Call(String label, Task task, List<View> inputs, View output) {
    Call {
        inputs = List.copyOf(inputs);
    }

    /// The kernel; null if a whole op is run.
    @Nullable Kernel kernel() {
        return task instanceof Task.OfKernel(Kernel kernel) ? kernel : null;
    }

    /// The same on other inputs.
    Call withInputs(List<View> others) {
        return new Call(label, task, others, output);
    }
}
