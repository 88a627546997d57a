package javelin.kernels.optim;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;

import java.util.List;

/// Optimiser steps in 32 bits, in place: one pass over the weights and their state.
public final class OptimCpu {
    private static final int GRAIN = 1 << 14;

    private OptimCpu() {}

    /// Gradient descent with momentum.
    public static Work work(SgdStep f, List<View> in, View w, Cpu cpu) {
        View dw = in.getFirst();
        View v = f.momentum() == 0 ? dw : in.get(1);
        return f.momentum() == 0
                ? Work.split(w.length(), GRAIN, (from, to) -> descend(f, dw, w, from, to))
                : Work.split(w.length(), GRAIN, (from, to) -> descend(f, dw, v, w, from, to));
    }

    private static void descend(SgdStep f, View dw, View w, int from, int to) {
        float rate = (float) f.rate();
        float decay = (float) f.decay();
        float[] gs = dw.floats();
        float[] ws = w.floats();
        int g = dw.offset();
        int o = w.offset();
        for (int i = from; i < to; i++) {
            ws[o + i] -= rate * (gs[g + i] + decay * ws[o + i]);
        }
    }

    private static void descend(SgdStep f, View dw, View velocity, View w, int from, int to) {
        float rate = (float) f.rate();
        float momentum = (float) f.momentum();
        float decay = (float) f.decay();
        float ahead = f.nesterov() ? momentum : 1; // weight of v in the step
        float now = f.nesterov() ? 1 : 0; // weight of g in the step
        float[] gs = dw.floats();
        float[] vs = velocity.floats();
        float[] ws = w.floats();
        int g = dw.offset();
        int v = velocity.offset();
        int o = w.offset();
        for (int i = from; i < to; i++) {
            float slope = gs[g + i] + decay * ws[o + i];
            float speed = momentum * vs[v + i] + slope;
            vs[v + i] = speed;
            ws[o + i] -= rate * (now * slope + ahead * speed);
        }
    }

    /// Adam, AdamW.
    public static Work work(AdamStep f, List<View> in, View w, Cpu cpu) {
        return Work.split(w.length(), GRAIN, (from, to) -> adam(f, in, w, from, to));
    }

    private static void adam(AdamStep f, List<View> in, View w, int from, int to) {
        float beta1 = (float) f.beta1();
        float beta2 = (float) f.beta2();
        float rest1 = (float) (1 - f.beta1());
        float rest2 = (float) (1 - f.beta2());
        float rate = (float) (f.rate() / (1 - Math.pow(f.beta1(), (double) f.step())));
        float unbias2 = (float) (1 / (1 - Math.pow(f.beta2(), (double) f.step())));
        float epsilon = (float) f.epsilon();
        float coupled = f.decoupled() ? 0 : (float) f.decay();
        float decoupled = f.decoupled() ? (float) (f.rate() * f.decay()) : 0;
        float[] gs = in.get(0).floats();
        float[] ms = in.get(1).floats();
        float[] vs = in.get(2).floats();
        float[] ws = w.floats();
        int g = in.get(0).offset();
        int m = in.get(1).offset();
        int v = in.get(2).offset();
        int o = w.offset();
        for (int i = from; i < to; i++) {
            float slope = gs[g + i] + coupled * ws[o + i];
            float first = beta1 * ms[m + i] + rest1 * slope;
            float second = beta2 * vs[v + i] + rest2 * slope * slope;
            ms[m + i] = first;
            vs[v + i] = second;
            float step = first / ((float) Math.sqrt(second * unbias2) + epsilon);
            ws[o + i] -= rate * step + decoupled * ws[o + i];
        }
    }

    /// RMSprop.
    public static Work work(RmspropStep f, List<View> in, View w, Cpu cpu) {
        return Work.split(w.length(), GRAIN, (from, to) -> rmsprop(f, in, w, from, to));
    }

    private static void rmsprop(RmspropStep f, List<View> in, View w, int from, int to) {
        float rate = (float) f.rate();
        float rho = (float) f.rho();
        float rest = (float) (1 - f.rho());
        float momentum = (float) f.momentum();
        float epsilon = (float) f.epsilon();
        float decay = (float) f.decay();
        boolean moving = f.momentum() != 0;
        float[] gs = in.get(0).floats();
        float[] ss = in.get(1).floats();
        float[] vs = moving ? in.get(2).floats() : ss;
        float[] ws = w.floats();
        int g = in.get(0).offset();
        int s = in.get(1).offset();
        int v = moving ? in.get(2).offset() : s;
        int o = w.offset();
        for (int i = from; i < to; i++) {
            float slope = gs[g + i] + decay * ws[o + i];
            float square = rho * ss[s + i] + rest * slope * slope;
            ss[s + i] = square;
            float step = slope / ((float) Math.sqrt(square) + epsilon);
            if (moving) {
                step += momentum * vs[v + i];
                vs[v + i] = step;
            }
            ws[o + i] -= rate * step;
        }
    }
}
