package javelin.nn.io;

import javelin.tensor.Tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Values of a tensor that is to be written; the array is not copied.
public final class TensorValues {
    final StoredType type;
    final int[] shape;
    private final Object array;
    final int length;

    private TensorValues(StoredType type, Object array, int length, int... shape) {
        long size = 1;
        for (int d : shape) {
            size = Math.multiplyExact(size, (long) d);
        }
        if (size != length) {
            throw new IllegalArgumentException(
                    "safetensors: %d values do not fill shape %s"
                            .formatted(length, Arrays.toString(shape)));
        }
        this.type = type;
        this.array = array;
        this.length = length;
        this.shape = shape.clone();
    }

    /// As [StoredType#F32].
    public static TensorValues of(float[] array, int... shape) {
        return new TensorValues(StoredType.F32, array, array.length, shape);
    }

    /// Rounded to `type`, one of [StoredType#F32], [StoredType#F16] and [StoredType#BF16].
    public static TensorValues of(StoredType type, float[] array, int... shape) {
        if (type != StoredType.F32 && type != StoredType.F16 && type != StoredType.BF16) {
            throw new IllegalArgumentException(
                    "safetensors: 32-bit numbers are written as F32, F16 or BF16, not " + type);
        }
        return new TensorValues(type, array, array.length, shape);
    }

    /// As [StoredType#F64].
    public static TensorValues of(double[] array, int... shape) {
        return new TensorValues(StoredType.F64, array, array.length, shape);
    }

    /// As [StoredType#I32].
    public static TensorValues of(int[] array, int... shape) {
        return new TensorValues(StoredType.I32, array, array.length, shape);
    }

    /// As [StoredType#I64].
    public static TensorValues of(long[] array, int... shape) {
        return new TensorValues(StoredType.I64, array, array.length, shape);
    }

    /// As [StoredType#U8].
    public static TensorValues of(byte[] array, int... shape) {
        return new TensorValues(StoredType.U8, array, array.length, shape);
    }

    /// The values of a tensor in its own type.
    public static TensorValues of(Tensor x) {
        int[] shape = x.shape().dims();
        return switch (x.type()) {
            case F32 -> of(x.floats(), shape);
            case F64 -> of(x.doubles(), shape);
            case I32 -> of(x.ints(), shape);
        };
    }

    /// Writes all values.
    void writeTo(OutputStream out) throws IOException {
        var chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            if (chunk.remaining() < 8) {
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
            put(i, chunk);
        }
        out.write(chunk.array(), 0, chunk.position());
    }

    private void put(int i, ByteBuffer out) {
        switch (array) {
            case float[] x when type == StoredType.F16 -> out.putShort(Float.floatToFloat16(x[i]));
            case float[] x when type == StoredType.BF16 -> out.putShort(toBfloat16(x[i]));
            case float[] x -> out.putFloat(x[i]);
            case double[] x -> out.putDouble(x[i]);
            case int[] x -> out.putInt(x[i]);
            case long[] x -> out.putLong(x[i]);
            case byte[] x -> out.put(x[i]);
            default -> throw new AssertionError(array.getClass());
        }
    }

    /// Rounds to nearest, ties to even; NaN stays NaN.
    private static short toBfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        return Float.isNaN(x)
                ? (short) ((bits >>> 16) | 0x40)
                : (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
}
