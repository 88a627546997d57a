package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What of a program is known before it runs.
final class Constants {
    private Constants() {}

    /// Computes everything that depends on no input, and leaves out the calls that did.
    static Program folded(Program program) {
        Set<Memory> varying = varying(program);
        List<Call> rest = new ArrayList<>();
        for (Call call : program.calls()) {
            if (varying.contains(Memory.of(call.output()))) {
                rest.add(call);
            } else {
                View out = given(program.backend(), call.output());
                List<View> in =
                        call.inputs().stream().map(x -> given(program.backend(), x)).toList();
                call.task().run(program.backend(), in, out);
            }
        }
        for (Call call :
                rest) { // memory that nobody writes is read as the zeros it is allocated with
            call.inputs().stream()
                    .filter(x -> !varying.contains(Memory.of(x)))
                    .forEach(x -> given(program.backend(), x));
        }
        if (!varying.contains(Memory.of(program.output()))) {
            given(program.backend(), program.output());
        }
        return program.withCalls(rest);
    }

    /// The memory whose values depend on an input.
    private static Set<Memory> varying(Program program) {
        var varying = new HashSet<Memory>();
        program.inputs().forEach(x -> varying.add(Memory.of(x)));
        boolean grown = true;
        while (grown) { // more than once only if memory is written again after it was read
            grown = false;
            for (Call call : program.calls()) {
                if (call.inputs().stream().anyMatch(x -> varying.contains(Memory.of(x)))) {
                    grown |= varying.add(Memory.of(call.output()));
                }
            }
        }
        return varying;
    }

    /// The constant that a view shows, which becomes zeros if nothing was computed yet.
    private static View given(Backend on, View view) {
        Memory memory = Memory.of(view);
        if (memory.values() == null) {
            memory.hold(View.of(on.allocate(memory.type(), memory.size()), memory.shape()));
        }
        return Memory.real(view);
    }

    /// The constants that calls read, each once.
    static Set<Memory> used(Program program) {
        var used = new LinkedHashSet<Memory>();
        for (Call call : program.calls()) {
            call.inputs().stream().filter(Memory::isConstant).map(Memory::of).forEach(used::add);
        }
        if (Memory.isConstant(program.output())) {
            used.add(Memory.of(program.output()));
        }
        return used;
    }

    /// Gives every constant in use memory of its own, so that later changes of a weight are not
    /// seen.
    static void own(Program program) {
        Backend on = program.backend();
        for (Memory constant : used(program)) {
            if (!constant.isBorrowed()) {
                continue;
            }
            View from = Memory.real(View.of(constant, constant.shape()));
            View copy = View.of(on.allocate(constant.type(), constant.size()), constant.shape());
            on.run(new Copy(), List.of(from), copy);
            constant.hold(copy);
        }
    }

    /// Values of a constant.
    static double[] values(Program program, View constant) {
        return program.backend().downloadDoubles(Memory.real(constant));
    }

    /// New constant, rounded to the backend's type.
    static View of(Program program, double[] values, Shape shape) {
        return View.of(Memory.constant(View.of(program.backend().upload(values), shape)), shape);
    }
}
