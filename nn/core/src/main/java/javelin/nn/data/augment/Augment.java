package javelin.nn.data.augment;

import javelin.tensor.Rng;

/// A random change of an image. Implementations are immutable records: equal ones do the same, and
/// their text describes them.
public interface Augment {
    /// The changed image; may be `x` itself, changed in place. The size of the result must depend
    /// on the size of `x` only.
    ///
    /// @param random numbers of this image; how many are used must not depend on the image
    FloatImage apply(FloatImage x, Rng random);

    /// Changes nothing.
    static Augment none() {
        return new Nothing();
    }

    /// This, then another.
    default Augment then(Augment next) {
        return new Chain(this, next);
    }

    /// Changes nothing.
    record Nothing() implements Augment {
        @Override
        public FloatImage apply(FloatImage x, Rng random) {
            return x;
        }
    }

    /// One after the other.
    record Chain(Augment first, Augment second) implements Augment {
        @Override
        public FloatImage apply(FloatImage x, Rng random) {
            return second.apply(first.apply(x, random), random);
        }
    }
}
