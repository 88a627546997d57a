package javelin.kernels.matmul;

import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;

/// A product (of matrices, of an image and filters) for fixed shapes, whose right operand is first
/// brought into the form that the innermost loops read: packed panels, transformed filters.
public interface PackedProduct {
    /// How it computes, in a few words.
    String method();

    /// Elements of the right operand in its new form.
    int packedSize();

    /// Brings the right operand into its new form, from `packed[at]` on.
    Work pack(View right, float[] packed, int at);

    /// Computes `y` from the left operand and what [#pack] made, with the epilogue of `target`.
    Work multiply(View left, float[] packed, int at, View y, Target target);

    /// Packs and multiplies at each run.
    default Work work(View left, View right, View y, Target target) {
        return workers -> {
            float[] packed = Scratch.borrow(packedSize());
            pack(right, packed, 0).run(workers);
            multiply(left, packed, 0, y, target).run(workers);
            Scratch.giveBack(packed);
        };
    }
}
