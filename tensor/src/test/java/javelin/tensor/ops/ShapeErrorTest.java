package javelin.tensor.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.layout.Pad.Mode;
import javelin.kernels.pool.Windows;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Messages name the op, both sides with their shapes, and what to do.
class ShapeErrorTest {
    @Test
    void broadcasting() {
        fails(
                () -> zeros(2, 3).add(zeros(4)),
                "add: shapes [2, 3] and [4] do not broadcast: 3 and 4 on axis -1, and neither is 1");
    }

    @Test
    void matmulOfTransposed() {
        fails(
                () -> zeros(64, 128).matmul(zeros(96, 128)),
                "matmul: inner dimensions differ, 128 and 96 (left [64, 128], right [96, 128]);"
                        + " did you mean right.t()?");
    }

    @Test
    void matmulOfVector() {
        fails(
                () -> zeros(3).matmul(zeros(3, 2)),
                "matmul: both operands need at least two axes, got left [3] and right [3, 2]; reshape"
                        + " a vector to one row or one column");
    }

    @Test
    void matmulBatches() {
        fails(
                () -> zeros(2, 3, 4).matmul(zeros(5, 4, 3)),
                "matmul: batch: shapes [2] and [5] do not broadcast: 2 and 5 on axis -1, and neither"
                        + " is 1");
    }

    @Test
    void linearFeatures() {
        fails(
                () -> Linear.linear(zeros(8, 5), zeros(4, 5), null),
                "linear: input [8, 5] does not end in the 4 features that weight [4, 5] [in, out]"
                        + " expects; did you mean weight.t()?");
    }

    @Test
    void linearBias() {
        fails(
                () -> Linear.linear(zeros(8, 4), zeros(4, 5), zeros(4)),
                "linear: bias [4] must have one number per output channel, [5]");
    }

    @Test
    void convolutionChannels() {
        fails(
                () -> Conv2d.conv2d(zeros(8, 32, 32, 3), zeros(3, 3, 4, 16), Geometry.UNIT),
                "conv2d: input has 3 channels but the weight expects 4 (input [8, 32, 32, 3], weight"
                        + " [3, 3, 4, 16], groups 1)");
    }

    @Test
    void convolutionOfChannelsFirst() {
        fails(
                () -> Conv2d.conv2d(zeros(8, 3, 32, 32), zeros(3, 3, 3, 16), Geometry.UNIT),
                "conv2d: input has 32 channels but the weight expects 3 (input [8, 3, 32, 32], weight"
                        + " [3, 3, 3, 16], groups 1); images are [n, h, w, c] here: did you mean"
                        + " input.permute(0, 2, 3, 1)?");
    }

    @Test
    void convolutionWindow() {
        assertThatThrownBy(() -> Conv2d.conv2d(zeros(1, 2, 9, 1), zeros(3, 3, 1, 1), Geometry.UNIT))
                .hasMessageStartingWith(
                        "conv2d: a window of 3×3 does not fit the padded image (input [1, 2, 9, 1],"
                                + " weight [3, 3, 1, 1], Geometry[");
    }

    @Test
    void transposedConvolutionSize() {
        assertThatThrownBy(() ->
                        ConvTranspose2d.convTranspose2d(
                                zeros(1, 4, 4, 2), zeros(3, 3, 1, 2), Geometry.of(2, 1), 9, 8))
                .hasMessageStartingWith(
                        "convTranspose2d: a result of 9×8 belongs to an input of 5×4, not 4×4");
    }

    @Test
    void pooling() {
        fails(
                () -> MaxPool2d.maxPool2d(zeros(5, 5), Windows.Sliding.of(2, 2, 0)),
                "maxPool2d: input [5, 5] must have four axes, [n, h, w, c]");
    }

    @Test
    void reductionAxis() {
        fails(() -> zeros(2, 3).sum(2), "sum: no axis 2 in [2, 3], which has 2 axes");
        fails(
                () -> zeros(2, 3).max(0, -2),
                "max: an axis is named twice in [0, -2] (input [2, 3])");
    }

    @Test
    void reshape() {
        fails(
                () -> zeros(2, 3).reshape(4, 2),
                "reshape: input [2, 3] has 6 elements, [4, 2] has 8");
        fails(
                () -> zeros(2, 3).reshape(4, -1),
                "reshape: [4, -1] leaves no whole number for −1 (input [2, 3], 6 elements)");
    }

    @Test
    void slice() {
        fails(
                () -> Slice.slice(zeros(4, 3), 0, 2, 5),
                "slice: 2 to 5 in steps of 1 does not lie in 0 … 4 on axis 0 (input [4, 3])");
    }

    @Test
    void transforms() {
        fails(
                () -> Fft.fft(zeros(4, 3)),
                "fft: input [4, 3] must be […, n, 2], with real and imaginary part innermost");
        fails(() -> Fft.fft(zeros(0, 2)), "fft: axis 0 of input [0, 2] has length 0");
        fails(() -> Fft.ifft2(zeros(3, 2)), "ifft2: no axis -2 in [3], which has 1 axes");
        fails(() -> Fft.fft(zeros(3, 2), 1), "fft: no axis 1 in [3], which has 1 axes");
        fails(
                () -> Fft.ifft(zeros(3, 4, 2), 0, 1, -2),
                "ifft: an axis is named twice in [0, 1, -2] (input [3, 4])");
        fails(() -> Rfft.rfft(zeros(4, 0)), "rfft: axis 1 of input [4, 0] has length 0");
        fails(() -> Rfft.rfft(zeros(0, 4), 0, 1), "rfft: axis 0 of input [0, 4] has length 0");
        fails(() -> Rfft.rfft(Tensor.scalar(1)), "rfft: no axis -1 in [], which has 0 axes");
        fails(
                () -> Rfft.rfft(zeros(3, 4), 1, -1),
                "rfft: an axis is named twice in [1, -1] (input [3, 4])");
        fails(
                () -> Irfft.irfft(zeros(3, 4), 4),
                "irfft: input [3, 4] must be […, n, 2], with real and imaginary part innermost");
        fails(
                () -> Irfft.irfft(zeros(0, 3, 2), 4, 0, 1),
                "irfft: axis 0 of input [0, 3, 2] has length 0");
        fails(() -> Irfft.irfft(zeros(0, 2), 1), "irfft: axis 0 of input [0, 2] has length 0");
        fails(
                () -> Irfft.irfft(zeros(5, 1, 2), 0, 0, 1),
                "irfft: axis 1 of input [5, 1, 2] has length 1, which is not ⌊n/2⌋+1 for n = 0;"
                        + " n must be 1");
        fails(
                () -> Irfft.irfft2(zeros(4, 3, 2), 3),
                "irfft2: axis 1 of input [4, 3, 2] has length 3, which is not ⌊n/2⌋+1 for n = 3;"
                        + " n must be 4 or 5");
        fails(
                () -> Irfft.irfft(zeros(3, 5, 2), 10),
                "irfft: axis 1 of input [3, 5, 2] has length 5, which is not ⌊n/2⌋+1 for n = 10;"
                        + " n must be 8 or 9");
    }

    @Test
    void concat() {
        fails(
                () -> Concat.concat(0, zeros(2, 3), zeros(2, 4)),
                "concat: shapes [2, 3] and [2, 4] differ on another axis than 0");
    }

    @Test
    void mirroredFrame() {
        fails(
                () -> Pad.pad(zeros(2, 3), Mode.REFLECT, 0, new int[] {2, 0}, new int[] {0, 0}),
                "pad: frame of 2 and 0 on axis 0 of [2, 3] must be from 0 to 1 in mode REFLECT");
    }

    @Test
    void lossLabels() {
        fails(
                () -> SoftmaxCrossEntropy.softmaxCrossEntropy(zeros(4, 10), labels(3), 0),
                "softmaxCrossEntropy: logits [4, 10] and labels [3] must be [b, K] and [b]");
    }

    @Test
    void batchNormChannels() {
        fails(
                () -> BatchNorm.batchNorm(zeros(4, 3), zeros(2, 3), zeros(4), zeros(3), 1e-5),
                "batchNorm: input [4, 3] has 3 channels: moments [2, 3], gamma [4] and beta [3] must be"
                        + " [2, 3], [3] and [3]");
    }

    @Test
    void integersWhereNumbersBelong() {
        assertThatThrownBy(() -> labels(3).add(zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: operand 0 holds integers; convert it with Cast.cast(x, type)");
        Tensor pairs = Cast.cast(zeros(3, 2), DType.I32);
        assertThatThrownBy(() -> Rfft.rfft(labels(3)))
                .hasMessage("rfft: input holds integers; convert it with Cast.cast(x, type)");
        assertThatThrownBy(() -> Irfft.irfft(pairs, 4))
                .hasMessage("irfft: input holds integers; convert it with Cast.cast(x, type)");
        assertThatThrownBy(() -> Fft.fft(pairs))
                .hasMessage("fft: input holds integers; convert it with Cast.cast(x, type)");
        assertThatThrownBy(() -> Fft.ifft(pairs))
                .hasMessage("ifft: input holds integers; convert it with Cast.cast(x, type)");
    }

    @Test
    void numbersWhereIntegersBelong() {
        assertThatThrownBy(() -> Gather.gather(zeros(4, 3), 0, zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "gather: index must hold integers (I32), not F32; make it with"
                                + " Tensor.of(int[], …)");
    }

    @Test
    void circularConvolution() {
        fails(
                () -> CircularConv.circularConv(zeros(2, 8), zeros(3)),
                "circularConv: kernel [3] must have the lengths of input [2, 8] along axes [-1]; pad"
                        + " it with zeros");
        fails(
                () -> CircularConv.circularConv(zeros(4, 8), zeros(8), 0, 1),
                "circularConv: kernel [8] must have the lengths of input [4, 8] along axes"
                        + " [-2, -1]; pad it with zeros");
        fails(
                () -> CircularConv.circularConv(zeros(2, 8), zeros(3, 8)),
                "circularConv: shapes [2, 8] and [3, 8] do not broadcast: 2 and 3 on axis -2, and"
                        + " neither is 1");
        fails(
                () -> CircularConv.circularConv(zeros(2, 8), zeros(8), 2),
                "circularConv: no axis 2 in [2, 8], which has 2 axes");
    }

    @Test
    void spectralConvolution() {
        fails(
                () -> SpectralConv.spectralConv(zeros(2, 8, 3), zeros(4, 4, 3, 5, 2)),
                "spectralConv: input [2, 8, 3] and spectrum [4, 4, 3, 5, 2] must be [b, n…, c] and"
                        + " [m…, c, o, 2] with as many m as n");
        fails(
                () -> SpectralConv.spectralConv(zeros(2, 8, 3), zeros(4, 1, 5, 2)),
                "spectralConv: input has 3 channels but the spectrum expects 1 (input [2, 8, 3],"
                        + " spectrum [4, 1, 5, 2])");
        fails(
                () -> SpectralConv.spectralConv(zeros(2, 8, 3), zeros(6, 3, 5, 2)),
                "spectralConv: 6 frequencies kept on axis 1, of which there are 5 (input [2, 8, 3],"
                        + " spectrum [6, 3, 5, 2])");
    }

    @Test
    void transformAlongNoAxis() {
        assertThatThrownBy(() -> new Fft(List.of(), false, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fft: no axis is named; name at least one");
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessage(message);
    }

    private static Tensor zeros(int... shape) {
        return Tensor.zeros(shape);
    }

    private static Tensor labels(int n) {
        return Tensor.of(new int[Shape.of(n).length()], n);
    }
}
