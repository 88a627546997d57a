package javelin.kernels.matmul;

import javelin.kernels.View;
import javelin.kernels.elementwise.Unary;

import java.util.List;

/// Where a product is stored and what is done to it before: the output array and the operands of
/// the epilogue. Operands that are switched off are never read.
public record Target(
        float[] y,
        int offset,
        Epilogue epilogue,
        float[] scale,
        int scaleAt,
        float[] bias,
        int biasAt,
        float[] residual,
        int residualAt) {
    /// Output `y` with the epilogue's operands from input number `first` on.
    public static Target of(Epilogue e, List<View> in, int first, View y) {
        int operand = first;
        View scale = e.scale() ? in.get(operand++) : y;
        View bias = e.bias() ? in.get(operand++) : y;
        View residual = e.residual() ? in.get(operand) : y;
        return new Target(
                y.floats(),
                y.offset(),
                e,
                scale.floats(),
                scale.offset(),
                bias.floats(),
                bias.offset(),
                residual.floats(),
                residual.offset());
    }

    /// No epilogue, for any output.
    public static final Target PLAIN = plain(new float[0]);

    private static Target plain(float[] none) {
        return new Target(none, 0, Epilogue.NONE, none, 0, none, 0, none, 0);
    }

    /// True if only sums are stored.
    public boolean isPlain() {
        return epilogue.isNone();
    }

    /// Whether the activation is the one the vector code knows.
    boolean isRelu() {
        return epilogue.activation() == Unary.RELU;
    }

    /// Activation the vector code does not know, on elements `from` to `to` of the output.
    void activate(int from, int to) {
        Unary f = epilogue.activation();
        if (f != null && f != Unary.RELU) {
            EpilogueCpu.activate(f, y, from, to);
        }
    }
}
