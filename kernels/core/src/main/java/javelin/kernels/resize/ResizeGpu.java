package javelin.kernels.resize;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.AxisTable;
import javelin.kernels.gpu.GpuBackend;

import java.util.List;

/// Resizing on a device: a table of weights along each axis.
public final class ResizeGpu {
    private ResizeGpu() {}

    /// `y[n,p,q,c] = Σ_s v[q,s] Σ_r u[p,r] · x[n,r,s,c]`.
    public static void run(Resize2d f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        AxisTable.apply(
                x,
                table(f.interpolation(), x.shape(), y.shape(), 1, false, on),
                table(f.interpolation(), x.shape(), y.shape(), 2, false, on),
                y,
                on);
    }

    /// `dx[n,r,s,c] = Σ_{p,q} u[p,r] · v[q,s] · dy[n,p,q,c]`.
    public static void run(Resize2dInput f, List<View> in, View dx, GpuBackend on) {
        View dy = in.getFirst();
        AxisTable.apply(
                dy,
                table(f.interpolation(), dx.shape(), dy.shape(), 1, true, on),
                table(f.interpolation(), dx.shape(), dy.shape(), 2, true, on),
                dx,
                on);
    }

    private static View table(
            Interpolation f, Shape x, Shape y, int axis, boolean adjoint, GpuBackend on) {
        int in = x.dim(axis);
        int out = y.dim(axis);
        return on.table(
                List.of("resize", f, in, out, adjoint),
                () -> {
                    Taps taps = Taps.of(f, in, out);
                    AxisTable table = AxisTable.of(in, taps.first(), taps.weight());
                    return (adjoint ? table.transposed() : table).words();
                });
    }
}
