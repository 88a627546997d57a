package javelin.kernels.optim;

import javelin.kernels.View;

import java.util.List;

/// Optimiser steps in 64 bits; weights and state are updated in place.
public final class OptimReference {
    private OptimReference() {}

    /// Gradient descent with momentum.
    public static void run(SgdStep f, List<View> in, View w) {
        View dw = in.get(0);
        boolean momentum = f.momentum() != 0;
        for (int i = 0; i < w.length(); i++) {
            double wi = at(w, i);
            double g = at(dw, i) + f.decay() * wi;
            double step = g;
            if (momentum) {
                View v = in.get(1);
                double vi = f.momentum() * at(v, i) + g;
                v.doubles()[v.offset() + i] = vi;
                step = f.nesterov() ? g + f.momentum() * vi : vi;
            }
            w.doubles()[w.offset() + i] = wi - f.rate() * step;
        }
    }

    /// Adam and AdamW.
    public static void run(AdamStep f, List<View> in, View w) {
        View dw = in.get(0);
        View m = in.get(1);
        View v = in.get(2);
        for (int i = 0; i < w.length(); i++) {
            double wi = at(w, i);
            double g = at(dw, i) + (f.decoupled() ? 0 : f.decay() * wi);
            double mi = f.beta1() * at(m, i) + (1 - f.beta1()) * g;
            double vi = f.beta2() * at(v, i) + (1 - f.beta2()) * g * g;
            double mHat = mi / (1 - Math.pow(f.beta1(), (double) f.step()));
            double vHat = vi / (1 - Math.pow(f.beta2(), (double) f.step()));
            m.doubles()[m.offset() + i] = mi;
            v.doubles()[v.offset() + i] = vi;
            w.doubles()[w.offset() + i] =
                    wi
                            - f.rate()
                                    * (mHat / (Math.sqrt(vHat) + f.epsilon())
                                            + (f.decoupled() ? f.decay() * wi : 0));
        }
    }

    /// RMSprop.
    public static void run(RmspropStep f, List<View> in, View w) {
        View dw = in.get(0);
        View s = in.get(1);
        boolean momentum = f.momentum() != 0;
        for (int i = 0; i < w.length(); i++) {
            double wi = at(w, i);
            double g = at(dw, i) + f.decay() * wi;
            double si = f.rho() * at(s, i) + (1 - f.rho()) * g * g;
            s.doubles()[s.offset() + i] = si;
            double step = g / (Math.sqrt(si) + f.epsilon());
            if (momentum) {
                View v = in.get(2);
                step += f.momentum() * at(v, i);
                v.doubles()[v.offset() + i] = step;
            }
            w.doubles()[w.offset() + i] = wi - f.rate() * step;
        }
    }

    private static double at(View x, int i) {
        return x.doubles()[x.offset() + i];
    }
}
