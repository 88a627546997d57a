package javelin.tensor.ops;

import javelin.tensor.Tensor;

/// Arithmetic of complex numbers `[…, 2]`, real and imaginary part innermost.
final class Pairs {
    private Pairs() {}

    /// `x · y`, number by number, with broadcasting.
    static Tensor times(Tensor x, Tensor y) {
        Tensor a = part(x, 0);
        Tensor b = part(x, 1);
        Tensor c = part(y, 0);
        Tensor d = part(y, 1);
        return Concat.concat(-1, a.mul(c).sub(b.mul(d)), a.mul(d).add(b.mul(c)));
    }

    /// `i · x`.
    static Tensor timesI(Tensor x) {
        return Concat.concat(-1, part(x, 1).neg(), part(x, 0));
    }

    private static Tensor part(Tensor x, int which) {
        return Slice.slice(x, -1, which, which + 1);
    }
}
