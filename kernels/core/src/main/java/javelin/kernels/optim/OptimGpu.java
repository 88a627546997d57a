package javelin.kernels.optim;

import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Optimiser steps on a device, in place.
public final class OptimGpu {
    private static final Source SOURCE = Source.of("optim/optim.k");

    private OptimGpu() {}

    /// Gradient descent with momentum.
    public static void run(SgdStep f, List<View> in, View w, GpuBackend on) {
        if (f.momentum() == 0) {
            on.kernel(SOURCE, "descent")
                    .floats(in.getFirst())
                    .floats(w)
                    .with(f.rate(), f.decay())
                    .items(w.length());
        } else {
            on.kernel(SOURCE, "sgd")
                    .floats(in.get(0))
                    .floats(in.get(1))
                    .floats(w)
                    .with(f.rate(), f.momentum())
                    .with(f.nesterov() ? 1 : 0)
                    .with(f.decay())
                    .items(w.length());
        }
    }

    /// Adam and AdamW.
    public static void run(AdamStep f, List<View> in, View w, GpuBackend on) {
        double correct1 = 1 / (1 - Math.pow(f.beta1(), (double) f.step()));
        double correct2 = 1 / (1 - Math.pow(f.beta2(), (double) f.step()));
        on.kernel(SOURCE, "adam")
                .floats(in.get(0))
                .floats(in.get(1))
                .floats(in.get(2))
                .floats(w)
                .with(f.rate())
                .with(f.beta1(), 1 - f.beta1(), correct1)
                .with(f.beta2(), 1 - f.beta2(), correct2)
                .with(f.epsilon())
                .with(f.decoupled() ? 0 : f.decay(), f.decoupled() ? f.decay() : 0)
                .items(w.length());
    }

    /// RMSprop.
    public static void run(RmspropStep f, List<View> in, View w, GpuBackend on) {
        on.kernel(SOURCE, "rmsprop")
                .floats(in.get(0))
                .floats(in.get(1))
                .floats(in.get(f.momentum() == 0 ? 1 : 2))
                .floats(w)
                .with(f.rate())
                .with(f.rho(), 1 - f.rho())
                .with(f.momentum(), f.epsilon(), f.decay())
                .items(w.length());
    }
}
