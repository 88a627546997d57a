package javelin.tensor.plan;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.matmul.Matmul;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Multiplies constant scales of epilogues into constant weights, in 64 bits before rounding: what
/// is left of a batch norm behind a convolution is its bias.
final class Weights {
    private Weights() {}

    static Program scaled(Program program) {
        List<Call> calls = new ArrayList<>();
        for (Call call : program.calls()) {
            Product p = Product.of(call);
            calls.add(p == null ? call : scaled(program, p, p.scale()));
        }
        return program.withCalls(calls);
    }

    private static Call scaled(Program program, Product p, @Nullable View scale) {
        if (scale == null || !Memory.isConstant(scale) || !Memory.isConstant(p.weight())) {
            return p.call();
        }
        double[] factors = Constants.values(program, scale);
        double[] w = Constants.values(program, p.weight());
        for (int i = 0; i < w.length; i++) {
            w[i] *= factors[channel(p, i)];
        }
        View weight = Constants.of(program, w, p.weight().shape());
        return p.withScaledWeight(weight).toCall(p.call().label(), p.call().output());
    }

    /// Channel of the result that element `i` of the weight contributes to.
    private static int channel(Product p, int i) {
        Shape w = p.weight().shape();
        int inner = w.dim(-1);
        return switch (p.call().kernel()) {
            case Conv2dInput k -> { // w [kh, kw, c/groups, o], result [n, h, w, c]
                int group = i % inner / (inner / k.geometry().groups());
                yield group * w.dim(2) + i / inner % w.dim(2);
            }
            case Matmul k when k.transposeB() -> i / inner % w.dim(-2); // [b…, n, k]
            case null, default -> i % inner; // [kh, kw, c/groups, o] or [b…, k, n]
        };
    }
}
