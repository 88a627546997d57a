package javelin.tensor.plan;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.norm.BatchNorm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Moves what is done to the result of a product or convolution into its epilogue, `y =
/// activation(acc · scale + bias + residual)`: batch norm with constant moments, a constant factor
/// per channel, a bias, the sum with another result, ReLU. The result must have no other reader,
/// and the order of the formula is kept.
///
/// Other activations stay kernels of their own: those have vector forms, which epilogues lack.
final class Epilogues {
    private final Program program;
    private final List<Call> calls;

    private Epilogues(Program program) {
        this.program = program;
        this.calls = new ArrayList<>(program.calls());
    }

    static Program fused(Program program) {
        var pass = new Epilogues(program);
        while (pass.fuseOne()) {
            // until nothing is left to move
        }
        return program.withCalls(pass.calls);
    }

    /// Late products first: of two that are added, the later one finds the other one's result done.
    private boolean fuseOne() {
        var uses = new Uses(calls, program.output());
        for (int i = calls.size() - 1; i >= 0; i--) {
            Product product = Product.of(calls.get(i));
            int reader = product == null ? -1 : uses.onlyReader(Memory.of(calls.get(i).output()));
            if (product == null || reader <= i || !isMovable(calls.get(i), uses)) {
                continue;
            }
            Call next = calls.get(reader);
            Product fused = uses.isOnlyResult(next.output()) ? absorbed(product, next, uses) : null;
            if (fused != null) {
                View out = next.output().reshape(calls.get(i).output().shape());
                calls.set(reader, fused.toCall(calls.get(i).label() + " + " + next.label(), out));
                calls.remove(i);
                return true;
            }
        }
        return false;
    }

    /// Whether a call may as well run later, where its result is read.
    private static boolean isMovable(Call call, Uses uses) {
        return uses.isOnlyResult(call.output()) && call.inputs().stream().allMatch(uses::isStable);
    }

    /// The product with the work of the call that reads its result; null if it cannot do it.
    private @Nullable Product absorbed(Product p, Call next, Uses uses) {
        if (p.activation() != null
                || next.output().shape().size() != p.call().output().shape().size()) {
            return null;
        }
        return switch (next.kernel()) {
            case BatchNorm norm -> normalised(p, next, norm);
            case Unary.RELU -> p.withActivation(Unary.RELU);
            case Binary.MUL -> multiplied(p, next);
            case Binary.ADD -> added(p, next, uses);
            case Binary.SUB -> subtracted(p, next);
            case null, default -> null;
        };
    }

    private @Nullable Product normalised(Product p, Call next, BatchNorm norm) {
        List<View> in = next.inputs();
        if (!isResult(p, in.getFirst()) || !in.stream().skip(1).allMatch(Memory::isConstant)) {
            return null;
        }
        int c = p.channels();
        if (in.getFirst().shape().dim(-1) != c) {
            return null;
        }
        double[] moments = Constants.values(program, in.get(1));
        double[] gamma = Constants.values(program, in.get(2));
        double[] beta = Constants.values(program, in.get(3));
        double[] scale = new double[c];
        double[] shift = new double[c];
        for (int o = 0; o < c; o++) {
            scale[o] = gamma[o] / Math.sqrt(moments[c + o] + norm.epsilon());
            shift[o] = beta[o] - moments[o] * scale[o];
        }
        return affine(p, scale, shift);
    }

    private @Nullable Product multiplied(Product p, Call next) {
        double[] factors = channelConstants(p, other(p, next), next);
        return factors == null ? null : affine(p, factors, new double[p.channels()]);
    }

    private @Nullable Product subtracted(Product p, Call next) {
        if (!isResult(p, next.inputs().getFirst())) {
            return null; // the product is what is subtracted
        }
        double[] bias = channelConstants(p, other(p, next), next);
        if (bias == null) {
            return null;
        }
        Arrays.setAll(bias, o -> -bias[o]);
        return shifted(p, bias);
    }

    private @Nullable Product added(Product p, Call next, Uses uses) {
        View other = other(p, next);
        double[] bias = channelConstants(p, other, next);
        if (bias != null) {
            Product sum = shifted(p, bias);
            if (sum != null) {
                return sum;
            }
        }
        Shape y = p.call().output().shape();
        if (other.type() != p.call().output().type() || !uses.isStable(other)) {
            return null;
        }
        if (p.bias() == null && isPerChannel(p, other, next) && other.shape().size() > 1) {
            return p.withBias(other.reshape(Shape.of(p.channels())));
        }
        boolean whole = other.shape().size() == y.size();
        return p.residual() == null && whole ? p.withResidual(other.reshape(y)) : null;
    }

    /// `(acc · s + b) · scale + shift`; null where the epilogue has something in the way.
    private @Nullable Product affine(Product p, double[] scale, double[] shift) {
        if (p.residual() != null || !isKnown(p.scale()) || !isKnown(p.bias())) {
            return null;
        }
        int c = p.channels();
        double[] s = p.scale() == null ? ones(c) : Constants.values(program, p.scale());
        double[] b = p.bias() == null ? new double[c] : Constants.values(program, p.bias());
        for (int o = 0; o < c; o++) {
            s[o] *= scale[o];
            b[o] = b[o] * scale[o] + shift[o];
        }
        boolean plain = p.bias() == null && Arrays.stream(shift).allMatch(x -> x == 0);
        return p.withScaleAndBias(vector(s), plain ? null : vector(b));
    }

    /// `acc · s + (b + shift)`; null if `b` is not a constant.
    private @Nullable Product shifted(Product p, double[] shift) {
        if (!isKnown(p.bias())) {
            return null;
        }
        double[] b =
                p.bias() == null ? new double[shift.length] : Constants.values(program, p.bias());
        Arrays.setAll(b, o -> b[o] + shift[o]);
        return p.withBias(vector(b));
    }

    private static boolean isKnown(@Nullable View operand) {
        return operand == null || Memory.isConstant(operand);
    }

    private View vector(double[] values) {
        return Constants.of(program, values, Shape.of(values.length));
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static boolean isResult(Product p, View x) {
        return Memory.of(x) == Memory.of(p.call().output());
    }

    /// The operand of a binary kernel that is not the product.
    private static View other(Product p, Call next) {
        return next.inputs().get(isResult(p, next.inputs().get(0)) ? 1 : 0);
    }

    /// Values of a constant that has one number per channel, or one for all; null if it is another.
    private double @Nullable [] channelConstants(Product p, View x, Call next) {
        if (!Memory.isConstant(x) || !isPerChannel(p, x, next)) {
            return null;
        }
        double[] values = Constants.values(program, x);
        if (values.length == p.channels()) {
            return values;
        }
        double[] all = new double[p.channels()];
        Arrays.fill(all, values[0]);
        return all;
    }

    /// Whether broadcasting gives every element of a channel the same number of `x`.
    private static boolean isPerChannel(Product p, View x, Call next) {
        Shape s = x.shape();
        boolean vector =
                s.rank() > 0
                        && s.size() == p.channels()
                        && s.dim(-1) == p.channels()
                        && next.output().shape().dim(-1) == p.channels();
        return s.size() == 1 || vector;
    }
}
