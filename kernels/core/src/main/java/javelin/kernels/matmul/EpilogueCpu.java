package javelin.kernels.matmul;

import javelin.kernels.View;
import javelin.kernels.elementwise.Unary;

import java.util.List;

/// The epilogue in 32 bits.
public final class EpilogueCpu {
    private EpilogueCpu() {}

    /// `y = activation(y · scale[o] + bias[o] + residual)` in place, on rows `from` (inclusive) to
    /// `to` (exclusive) of `y` seen as `[rows, o]`; the operands start at input number `first`.
    public static void run(Epilogue e, List<View> in, int first, View y, int from, int to) {
        if (e.isNone()) {
            return;
        }
        int channels = y.shape().dim(-1);
        int begin = y.offset() + from * channels;
        int end = y.offset() + to * channels;
        int operand = first;
        if (e.scale()) {
            View scale = in.get(operand++);
            for (int row = begin; row < end; row += channels) {
                scale(y.floats(), row, scale.floats(), scale.offset(), channels);
            }
        }
        if (e.bias()) {
            View bias = in.get(operand++);
            for (int row = begin; row < end; row += channels) {
                add(y.floats(), row, bias.floats(), bias.offset(), channels);
            }
        }
        if (e.residual()) {
            View residual = in.get(operand);
            add(
                    y.floats(),
                    begin,
                    residual.floats(),
                    residual.offset() + from * channels,
                    end - begin);
        }
        if (e.activation() != null) {
            activate(e.activation(), y.floats(), begin, end);
        }
    }

    private static void scale(float[] y, int at, float[] s, int from, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] *= s[from + i];
        }
    }

    private static void add(float[] y, int at, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] += x[from + i];
        }
    }

    static void activate(Unary f, float[] y, int begin, int end) {
        if (f == Unary.RELU) {
            for (int i = begin; i < end; i++) {
                y[i] = Math.max(y[i], 0);
            }
            return;
        }
        for (int i = begin; i < end; i++) {
            y[i] = (float) f.exact(y[i]);
        }
    }
}
