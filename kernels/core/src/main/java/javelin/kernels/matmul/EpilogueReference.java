package javelin.kernels.matmul;

import javelin.kernels.View;

import java.util.List;

/// The epilogue in 64 bits.
public final class EpilogueReference {
    private EpilogueReference() {}

    /// `y = activation(y · scale[o] + bias[o] + residual)` in place; the operands start at input
    /// number `first`.
    public static void run(Epilogue e, List<View> in, int first, View y) {
        if (e.isNone()) {
            return;
        }
        int operand = first;
        View scale = e.scale() ? in.get(operand++) : y;
        View bias = e.bias() ? in.get(operand++) : y;
        View residual = e.residual() ? in.get(operand) : y;
        int channels = y.shape().dim(-1);
        for (int i = 0; i < y.length(); i++) {
            int o = i % channels;
            double value = y.doubles()[y.offset() + i];
            if (e.scale()) {
                value *= scale.doubles()[scale.offset() + o];
            }
            if (e.bias()) {
                value += bias.doubles()[bias.offset() + o];
            }
            if (e.residual()) {
                value += residual.doubles()[residual.offset() + i];
            }
            y.doubles()[y.offset() + i] =
                    e.activation() == null ? value : e.activation().exact(value);
        }
    }
}
