package javelin.tensor.plan;

import javelin.kernels.Kernel;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.matmul.Epilogue;
import javelin.kernels.matmul.Matmul;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A call of a matrix product or convolution, with the operands of its epilogue by name: `y =
/// activation(acc · scale + bias + residual)`.
///
/// @param call the call this was taken from; its epilogue is out of date
/// @param weight second operand of the product
record Product(
        Call call,
        View weight,
        @Nullable View scale,
        @Nullable View bias,
        @Nullable View residual,
        @Nullable Unary activation) {
    /// The call as a product; null if it is none.
    static @Nullable Product of(Call call) {
        Epilogue e =
                switch (call.kernel()) {
                    case Conv2d k -> k.epilogue();
                    case Conv2dInput k -> k.epilogue();
                    case Matmul k -> k.epilogue();
                    case null, default -> null;
                };
        if (e == null) {
            return null;
        }
        List<View> in = call.inputs();
        int next = 2;
        View scale = e.scale() ? in.get(next++) : null;
        View bias = e.bias() ? in.get(next++) : null;
        View residual = e.residual() ? in.get(next) : null;
        return new Product(call, in.get(1), scale, bias, residual, e.activation());
    }

    /// The call as it is now.
    ///
    /// @param label ops it does the work of
    Call toCall(String label, View output) {
        var e = new Epilogue(scale != null, bias != null, residual != null, activation);
        List<View> in = new ArrayList<>(List.of(call.inputs().getFirst(), weight));
        for (View operand : new @Nullable View[] {scale, bias, residual}) {
            if (operand != null) {
                in.add(operand);
            }
        }
        return new Call(label, new Task.OfKernel(kernel(e)), in, output);
    }

    private Kernel kernel(Epilogue e) {
        return switch (call.kernel()) {
            case Conv2d k -> new Conv2d(k.geometry(), e);
            case Conv2dInput k -> new Conv2dInput(k.geometry(), e);
            case Matmul k -> new Matmul(k.transposeA(), k.transposeB(), e);
            case null, default -> throw new IllegalStateException("plan: not a product: " + call);
        };
    }

    /// Number of channels: size of the innermost axis of the result.
    int channels() {
        return call.output().shape().dim(-1);
    }

    /// With a weight that contains the scale.
    Product withScaledWeight(View w) {
        return new Product(call, w, null, bias, residual, activation);
    }

    Product withBias(View b) {
        return new Product(call, weight, scale, b, residual, activation);
    }

    Product withScaleAndBias(View s, @Nullable View b) {
        return new Product(call, weight, s, b, residual, activation);
    }

    Product withResidual(View r) {
        return new Product(call, weight, scale, bias, r, activation);
    }

    Product withActivation(Unary f) {
        return new Product(call, weight, scale, bias, residual, f);
    }
}
