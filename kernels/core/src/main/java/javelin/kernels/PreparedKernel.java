package javelin.kernels;

import java.util.List;

/// A kernel for fixed shapes, some of whose inputs are constants that were brought into the form it
/// reads best (packed, transformed): see [Backend#prepare]. It may be bound any number of times, by
/// several threads.
public interface PreparedKernel {
    /// How it computes, in a few words, for instance `winograd 4×4`.
    String method();

    /// The kernel on given memory. Running the result computes `output` from `inputs`, as
    /// [Backend#run] does; it may be run again and again, but not by two threads at a time.
    ///
    /// @param inputs all inputs of the kernel, of the shapes it was prepared for; constants must
    ///   hold the values it was prepared with
    Runnable bind(List<View> inputs, View output);
}
