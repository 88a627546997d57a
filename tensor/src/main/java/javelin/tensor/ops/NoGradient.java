package javelin.tensor.ops;

import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;

/// An op through which no gradient flows: its result is a constant for whoever reads it.
public interface NoGradient extends Op {
    @Override
    default boolean hasGradient() {
        return false;
    }

    @Override
    default Keep keep() {
        return Keep.NOTHING;
    }

    @Override
    default List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Collections.nCopies(saved.count(), null);
    }
}
