package javelin.kernels;

import java.util.List;
import java.util.Map;

/// A device that computes kernels. A backend is a value: it is chosen at run time and never a type
/// parameter. All methods may be called from several threads.
public interface Backend {
    /// Short lower-case name, as `-Djavelin.backend` takes it.
    String name();

    /// Type in which this backend computes real numbers.
    DType floatType();

    /// New zeroed memory.
    Buffer allocate(DType type, long size);

    /// Memory of any content, for results that are computed entirely: that of the open [Scope], if
    /// there is one and this backend knows scopes, else new.
    default Buffer memory(DType type, long size) {
        return allocate(type, size);
    }

    /// Whether [#run] knows this kernel for outputs of this type.
    boolean supports(Kernel kernel, DType type);

    /// Computes `output` from `inputs`; both as the kernel's comment describes them.
    ///
    /// @throws UnsupportedKernelException if this backend does not know the kernel
    void run(Kernel kernel, List<View> inputs, View output);

    /// Makes a kernel ready to be run many times with the same shapes and the same constants.
    ///
    /// @param inputs shapes of all inputs
    /// @param constants those inputs that never change, by position
    /// @param output shape of the output
    /// @throws UnsupportedKernelException if this backend does not know the kernel
    default PreparedKernel prepare(
            Kernel kernel, List<Shape> inputs, Map<Integer, View> constants, Shape output) {
        return new UnpreparedKernel(this, kernel);
    }

    /// Returns when everything started by [#run] is finished.
    void synchronize();

    /// New memory with a copy of `values`, in [#floatType()].
    Buffer upload(float[] values);

    /// New memory with a copy of `values`, rounded to [#floatType()].
    Buffer upload(double[] values);

    /// New memory with a copy of `values`.
    Buffer upload(int[] values);

    /// Copy of a view of real numbers, rounded to 32 bits.
    float[] downloadFloats(View view);

    /// Copy of a view of real numbers.
    double[] downloadDoubles(View view);

    /// Copy of a view of integers.
    int[] downloadInts(View view);
}
