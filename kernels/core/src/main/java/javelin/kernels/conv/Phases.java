package javelin.kernels.conv;

import javelin.kernels.View;
import javelin.kernels.cpu.Work;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Target;

/// Products of the same operands that each give some pixels of the result.
record Phases(PackedProduct... phases) implements PackedProduct {
    @Override
    public String method() {
        return phases[0].method() + ", %d phases".formatted(phases.length);
    }

    @Override
    public int packedSize() {
        int size = 0;
        for (PackedProduct phase : phases) {
            size = Math.addExact(size, phase.packedSize());
        }
        return size;
    }

    @Override
    public Work pack(View right, float[] packed, int at) {
        Work work = Work.NONE;
        int to = at;
        for (PackedProduct phase : phases) {
            work = work.then(phase.pack(right, packed, to));
            to += phase.packedSize();
        }
        return work;
    }

    @Override
    public Work multiply(View left, float[] packed, int at, View y, Target target) {
        Work work = Work.NONE;
        int from = at;
        for (PackedProduct phase : phases) {
            work = work.then(phase.multiply(left, packed, from, y, target));
            from += phase.packedSize();
        }
        return work;
    }
}
