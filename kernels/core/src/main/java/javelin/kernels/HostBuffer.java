package javelin.kernels;

/// Memory on the Java heap; collected by the garbage collector, nothing to close.
public sealed interface HostBuffer extends Buffer {
    /// 32-bit numbers.
    record Floats(float[] array) implements HostBuffer {
        @Override
        public DType type() {
            return DType.F32;
        }

        @Override
        public long size() {
            return array.length;
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
