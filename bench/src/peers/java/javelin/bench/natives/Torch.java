package javelin.bench.natives;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

import java.nio.FloatBuffer;

/// Arrays of ours as tensors of PyTorch, and back. Sizes of a tensor of PyTorch are always in the
/// order `[n, c, h, w]`; its memory is in that order, or in ours (`ChannelsLast`).
final class Torch {
    private Torch() {}

    /// Images `[n, h, w, c]`.
    static Tensor images(float[] values, int[] shape, MemoryFormat order) {
        return plain(values, shape).permute(0, 3, 1, 2).contiguous(order);
    }

    /// Filters `[kh, kw, c/groups, o]`.
    static Tensor filters(float[] values, int[] shape, MemoryFormat order) {
        return plain(values, shape).permute(3, 2, 0, 1).contiguous(order);
    }

    /// The same sizes and order.
    static Tensor plain(float[] values, int[] shape) {
        long[] sizes = new long[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape[i];
        }
        return Tensor.create(values, sizes);
    }

    /// Values of images, in our order.
    static float[] imageValues(Tensor y) {
        return values(y.permute(0, 2, 3, 1));
    }

    /// Values of filters, in our order.
    static float[] filterValues(Tensor w) {
        return values(w.permute(2, 3, 1, 0));
    }

    /// Values in the order of the sizes.
    static float[] values(Tensor y) {
        FloatBuffer buffer = y.contiguous().createBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
