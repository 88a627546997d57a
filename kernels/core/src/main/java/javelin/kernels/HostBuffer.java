package javelin.kernels;

import org.jspecify.annotations.Nullable;

/// Memory on the Java heap; collected by the garbage collector, nothing to close.
public sealed interface HostBuffer extends Buffer {
    /// 32-bit numbers.
    final class Floats implements HostBuffer {
        private float @Nullable [] array;
        private final int size;

        /// Buffer on an array, which is shared.
        public Floats(float[] array) {
            this.array = array;
            size = array.length;
        }

        /// The numbers.
        ///
        /// @throws IllegalStateException if the [Scope] that lent this memory is closed
        public float[] array() {
            float[] a = array;
            if (a == null) {
                throw new IllegalStateException(
                        "buffer: its memory went back when its scope was closed; keep it, or copy"
                                + " the values before");
            }
            return a;
        }

        /// Takes the array away.
        float[] release() {
            float[] a = array();
            array = null;
            return a;
        }

        @Override
        public DType type() {
            return DType.F32;
        }

        @Override
        public long size() {
            return size;
        }
    }

    /// 64-bit numbers.
    record Doubles(double[] array) implements HostBuffer {
        @Override
        public DType type() {
            return DType.F64;
        }

        @Override
        public long size() {
            return array.length;
        }
    }

    /// 32-bit integers.
    record Ints(int[] array) implements HostBuffer {
        @Override
        public DType type() {
            return DType.I32;
        }

        @Override
        public long size() {
            return array.length;
        }
    }

    /// New zeroed buffer of `size` elements.
    ///
    /// @throws ArithmeticException if `size` exceeds the longest Java array
    static HostBuffer allocate(DType type, long size) {
        int n = Math.toIntExact(size);
        return switch (type) {
            case F32 -> new Floats(new float[n]);
            case F64 -> new Doubles(new double[n]);
            case I32 -> new Ints(new int[n]);
        };
    }
}
