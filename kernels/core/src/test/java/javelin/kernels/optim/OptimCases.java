package javelin.kernels.optim;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.Kernel;
import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Operand;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.KernelCase.Tolerance;

import java.util.ArrayList;
import java.util.List;

/// Cases of the optimiser steps.
public final class OptimCases {
    private OptimCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int n : new int[] {0, 1, 7, 8, 33, 207, 70_001}) {
            Operand g = real(n);
            Operand positive = real(n).in(0.01, 2);
            step(cases, "plain descent", new SgdStep(0.1, 0, false, 0.01), g);
            step(cases, "momentum", new SgdStep(0.1, 0.9, false, 0.01), g, g);
            step(cases, "nesterov", new SgdStep(0.1, 0.9, true, 0), g, g);
            step(cases, "adam", adam(0, false, 1), g, g, positive);
            step(cases, "adam with decay", adam(0.01, false, 7), g, g, positive);
            step(cases, "adamw", adam(0.01, true, 100_000), g, g, positive);
            step(cases, "rmsprop", new RmspropStep(0.01, 0.9, 0, 1e-8, 0.01), g, positive);
            step(
                    cases,
                    "rmsprop momentum",
                    new RmspropStep(0.01, 0.9, 0.9, 1e-8, 0),
                    g,
                    positive,
                    g);
        }
        return cases;
    }

    private static AdamStep adam(double decay, boolean decoupled, long step) {
        return new AdamStep(1e-3, 0.9, 0.999, 1e-8, decay, decoupled, step);
    }

    private static void step(List<KernelCase> cases, String name, Kernel kernel, Operand... in) {
        int n = in[0].shape().length();
        cases.add(
                KernelCase.of(name + " of " + n, kernel)
                        .on(in)
                        .to(real(n))
                        .within(new Tolerance(4, 0, 1e-6))
                        .with(Specials.NONE));
    }
}
