package javelin.kernels;

import java.util.Arrays;

/// What the backends on the Java heap share: allocation and copies.
public abstract class HostBackend implements Backend {
    /// For the backends on the heap.
    protected HostBackend() {}

    @Override
    public Buffer allocate(DType type, long size) {
        return HostBuffer.allocate(type, size);
    }

    @Override
    public Buffer memory(DType type, long size) {
        return type == DType.F32 ? Scope.floats(Math.toIntExact(size)) : allocate(type, size);
    }

    @Override
    public void synchronize() {
        // kernels have finished when run returns
    }

    @Override
    public Buffer upload(float[] values) {
        if (floatType() == DType.F32) {
            return new HostBuffer.Floats(values.clone());
        }
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return new HostBuffer.Doubles(copy);
    }

    @Override
    public Buffer upload(double[] values) {
        if (floatType() == DType.F64) {
            return new HostBuffer.Doubles(values.clone());
        }
        float[] copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
        }
        return new HostBuffer.Floats(copy);
    }

    @Override
    public Buffer upload(int[] values) {
        return new HostBuffer.Ints(values.clone());
    }

    @Override
    public float[] downloadFloats(View view) {
        if (view.type() == DType.F32) {
            return Arrays.copyOfRange(view.floats(), view.offset(), view.offset() + view.length());
        }
        double[] from = view.doubles();
        float[] copy = new float[view.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) from[view.offset() + i];
        }
        return copy;
    }

    @Override
    public double[] downloadDoubles(View view) {
        if (view.type() == DType.F64) {
            return Arrays.copyOfRange(view.doubles(), view.offset(), view.offset() + view.length());
        }
        float[] from = view.floats();
        double[] copy = new double[view.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = from[view.offset() + i];
        }
        return copy;
    }

    @Override
    public int[] downloadInts(View view) {
        return Arrays.copyOfRange(view.ints(), view.offset(), view.offset() + view.length());
    }
}
