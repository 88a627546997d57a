package javelin.tensor.ops;

import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A reduction that picks one of its numbers: equal ones share the gradient.
interface Extreme extends Reduction {
    @Override
    default List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor chosen = Compare.equal(x, kept(saved.output(), x.shape()));
        Tensor share = chosen.div(Sum.sum(chosen, true, Axes.array(axes())));
        return List.of(share.mul(kept(dy, x.shape())));
    }
}
