package javelin.kernels;

import java.util.List;

/// Knows every kernel, computes none, holds no memory: see [Backends#dry()].
final class DryBackend implements Backend {
    private record Nothing(DType type, long size) implements Buffer {}

    @Override
    public String name() {
        return "dry";
    }

    @Override
    public DType floatType() {
        return DType.F32;
    }

    @Override
    public Buffer allocate(DType type, long size) {
        return new Nothing(type, size);
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return true;
    }

    @Override
    public void run(Kernel kernel, List<View> inputs, View output) {
        // shapes only
    }

    @Override
    public void synchronize() {
        // nothing runs
    }

    @Override
    public Buffer upload(float[] values) {
        return new Nothing(DType.F32, values.length);
    }

    @Override
    public Buffer upload(double[] values) {
        return new Nothing(DType.F32, values.length);
    }

    @Override
    public Buffer upload(int[] values) {
        return new Nothing(DType.I32, values.length);
    }

    @Override
    public float[] downloadFloats(View view) {
        return new float[view.length()];
    }

    @Override
    public double[] downloadDoubles(View view) {
        return new double[view.length()];
    }

    @Override
    public int[] downloadInts(View view) {
        return new int[view.length()];
    }
}
