package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// The same numbers in another element type. Real numbers become integers towards zero; a gradient
/// flows between real types only.
///
/// @param target type of the result
public record Cast(DType target) implements Op {
    /// `x` as `target`; `x` itself if it has that type.
    public static Tensor cast(Tensor x, DType target) {
        return x.type() == target ? x : Tensor.apply(new Cast(target), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return in.getFirst();
    }

    @Override
    public DType type(List<DType> inputs) {
        return target;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Cast(), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.NOTHING;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Arrays.asList(saved.needs(0) ? cast(dy, saved.type(0)) : null);
    }
}
