package javelin.tensor.ops;

import static javelin.tensor.ops.Conv2d.conv2d;
import static javelin.tensor.ops.Conv2dWeight.conv2dWeight;
import static javelin.tensor.ops.ConvTranspose2d.convTranspose2d;
import static javelin.tensor.ops.Matmul.matmul;
import static javelin.tensor.ops.OpCase.op;
import static javelin.tensor.ops.OpCase.op2;
import static javelin.tensor.ops.OpCase.opN;
import static javelin.tensor.ops.OpCase.shape;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.layout.Pad.Mode;
import javelin.kernels.pool.Windows;
import javelin.kernels.resize.Interpolation;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/// Every op with arguments to try it on: the table that all tests of ops walk. An op is known by
/// the last op of the recorded graph of a case.
final class OpCases {
    static final List<OpCase> ALL = new ArrayList<>();

    static {
        elementwise();
        ALL.addAll(reductions());
        ALL.addAll(products());
        ALL.addAll(convolutions());
        ALL.addAll(pooling());
        ALL.addAll(fused());
        ALL.addAll(fusedGradients());
        ALL.addAll(index());
        ALL.addAll(layout());
        ALL.addAll(images());
        ALL.addAll(transforms());
    }

    private OpCases() {}

    private static void elementwise() {
        Shape any = shape(2, 3, 5);
        ALL.addAll(
                List.of(
                        op("neg", Neg::neg).on(any).linear(),
                        op("abs", Abs::abs).on(any).in(-1, -0.1),
                        op("square", Square::square).on(any),
                        op("reciprocal", Reciprocal::reciprocal).on(any).in(0.5, 2),
                        op("sqrt", Sqrt::sqrt).on(any).in(0.5, 2),
                        op("rsqrt", Rsqrt::rsqrt).on(any).in(0.5, 2),
                        op("exp", Exp::exp).on(any),
                        op("expm1", Expm1::expm1).on(any),
                        op("log", Log::log).on(any).in(0.5, 2),
                        op("log1p", Log1p::log1p).on(any).in(-0.5, 2),
                        op("sin", Sin::sin).on(any).in(-4, 4),
                        op("cos", Cos::cos).on(any).in(-4, 4),
                        op("tanh", Tanh::tanh).on(any).in(-2, 2),
                        op("erf", Erf::erf).on(any).in(-2, 2),
                        op("sigmoid", Sigmoid::sigmoid).on(any).in(-4, 4),
                        op("softplus", Softplus::softplus).on(any).in(-4, 4),
                        op("relu above 0", Relu::relu).on(any).in(0.1, 1),
                        op("relu below 0", Relu::relu).on(any).in(-1, -0.1),
                        op("silu", Silu::silu).on(any).in(-4, 4),
                        op("gelu", Gelu::gelu).on(any).in(-3, 3),
                        op("hardSigmoid", HardSigmoid::hardSigmoid).on(any).in(-5, 5),
                        op("hardSwish", HardSwish::hardSwish).on(any).in(-5, 5),
                        op("sign", Sign::sign).on(any).noGradient(),
                        op("floor", Floor::floor).on(any).in(-4, 4).noGradient(),
                        op("ceil", Ceil::ceil).on(any).in(-4, 4).noGradient(),
                        op("round", Round::round).on(any).in(-4, 4).noGradient(),
                        op("clamp", x -> Clamp.clamp(x, -0.5, 0.25)).on(any),
                        op("leakyRelu", x -> LeakyRelu.leakyRelu(x, 0.2)).on(any)));
        Shape column = shape(2, 1, 5);
        Shape row = shape(3, 1);
        ALL.addAll(
                List.of(
                        op2("add", Add::add).on(any, any).linear(),
                        op2("add, broadcast", Add::add).on(column, row).linear(),
                        op2("sub", Sub::sub).on(column, row).linear(),
                        op2("mul", Mul::mul).on(any, any).linear(),
                        op2("mul, broadcast", Mul::mul).on(column, row).linear(),
                        op2("mul by a scalar", Mul::mul).on(any, shape()).linear(),
                        op2("div", Div::div).on(column, row).in(1, 0.5, 2),
                        op2("pow", Pow::pow).on(column, row).in(0, 0.5, 2).in(1, -1, 3),
                        op2("maximum", Maximum::maximum).on(column, row),
                        op2("minimum", Minimum::minimum).on(column, row),
                        op2("gate", Gate::gate).on(any, any),
                        op2("prelu", Prelu::prelu).on(any, shape(5)),
                        op2("equal", Compare::equal).on(column, row).noGradient(),
                        op2("notEqual", Compare::notEqual).on(column, row).noGradient(),
                        op2("less", Compare::less).on(column, row).noGradient(),
                        op2("lessEqual", Compare::lessEqual).on(column, row).noGradient(),
                        op2("greater", Compare::greater).on(column, row).noGradient(),
                        op2("greaterEqual", Compare::greaterEqual).on(column, row).noGradient(),
                        opN("where", x -> Where.where(x.get(0), x.get(1), x.get(2)))
                                .on(any, column, row),
                        opN("lerp", x -> Lerp.lerp(x.get(0), x.get(1), x.get(2)))
                                .on(column, row, any)
                                .linear()));
    }

    private static List<OpCase> reductions() {
        Shape x = shape(3, 4, 5);
        return List.of(
                op("sum over all", t -> Sum.sum(t)).on(x).linear(),
                op("sum over the last axis", t -> Sum.sum(t, -1)).on(x).linear(),
                op("sum over outer axes", t -> Sum.sum(t, true, 0, 2)).on(x).linear(),
                op("sum of a scalar", t -> Sum.sum(t)).on(shape()).linear(),
                op("max", t -> ReduceMax.max(t, 1)).on(x),
                op("max over all", t -> ReduceMax.max(t)).on(x),
                op("min", t -> ReduceMin.min(t, true, 0, -1)).on(x),
                op("variance", t -> Variance.variance(t, 0, 1)).on(x),
                op("variance, axes kept", t -> Variance.variance(t, true, 1)).on(x),
                op("mean", t -> t.mean(0, 2)).on(x).linear(),
                op("argMax", t -> ArgMax.argMax(t, 1)).on(x).noGradient(),
                op("argMin", t -> ArgMin.argMin(t, -1)).on(x).noGradient());
    }

    private static List<OpCase> products() {
        return List.of(
                op2("matmul", Matmul::matmul).on(shape(3, 4), shape(4, 5)).linear(),
                op2("matmul Aᵀ", (a, b) -> matmul(a, b, true, false))
                        .on(shape(4, 3), shape(4, 5))
                        .linear(),
                op2("matmul Bᵀ", (a, b) -> matmul(a, b, false, true))
                        .on(shape(3, 4), shape(5, 4))
                        .linear(),
                op2("matmul Aᵀ Bᵀ", (a, b) -> matmul(a, b, true, true))
                        .on(shape(4, 3), shape(5, 4))
                        .linear(),
                op2("matmul, batches", Matmul::matmul).on(shape(2, 3, 4), shape(2, 4, 5)).linear(),
                op2("matmul, one right matrix", Matmul::matmul)
                        .on(shape(2, 3, 4), shape(4, 5))
                        .linear(),
                op2("matmul Bᵀ, one right matrix", (a, b) -> matmul(a, b, false, true))
                        .on(shape(2, 3, 4), shape(1, 5, 4))
                        .linear(),
                op2("matmul Aᵀ, one right matrix", (a, b) -> matmul(a, b, true, false))
                        .on(shape(2, 4, 3), shape(4, 5))
                        .linear(),
                op2("matmul, one left matrix", Matmul::matmul)
                        .on(shape(3, 4), shape(2, 4, 5))
                        .linear(),
                op2("matmul, crossed batches", Matmul::matmul)
                        .on(shape(2, 1, 3, 4), shape(3, 4, 2))
                        .linear(),
                op2("linear", (x, w) -> Linear.linear(x, w, null))
                        .on(shape(2, 3, 4), shape(4, 5))
                        .linear(),
                opN("linear with bias", x -> Linear.linear(x.get(0), x.get(1), x.get(2)))
                        .on(shape(3, 4), shape(4, 5), shape(5))
                        .linear(),
                opN("linear of a vector", x -> Linear.linear(x.get(0), x.get(1), x.get(2)))
                        .on(shape(4), shape(4, 5), shape(5))
                        .linear());
    }

    private static List<OpCase> convolutions() {
        var uneven = new Geometry(2, 1, 1, 0, 0, 2, 1, 2, 1);
        var strided = Geometry.of(2, 1);
        return List.of(
                op2("conv2d", (x, w) -> conv2d(x, w, Geometry.UNIT))
                        .on(shape(2, 5, 4, 3), shape(3, 2, 3, 4))
                        .linear(),
                op2("conv2d 1×1", (x, w) -> conv2d(x, w, Geometry.UNIT))
                        .on(shape(2, 3, 4, 3), shape(1, 1, 3, 5))
                        .linear(),
                op2("conv2d stride 2", (x, w) -> conv2d(x, w, strided))
                        .on(shape(2, 7, 6, 3), shape(3, 3, 3, 4))
                        .linear(),
                op2("conv2d uneven", (x, w) -> conv2d(x, w, uneven))
                        .on(shape(1, 6, 5, 2), shape(3, 3, 2, 3))
                        .linear(),
                op2("conv2d groups", (x, w) -> conv2d(x, w, Geometry.of(1, 1).groups(2)))
                        .on(shape(1, 4, 4, 4), shape(3, 3, 2, 6))
                        .linear(),
                op2("conv2d depthwise", (x, w) -> conv2d(x, w, Geometry.of(1, 1).groups(3)))
                        .on(shape(2, 4, 5, 3), shape(3, 3, 1, 3))
                        .linear(),
                opN("conv2d with bias", x -> conv2d(x.get(0), x.get(1), x.get(2), strided))
                        .on(shape(2, 5, 5, 2), shape(3, 3, 2, 4), shape(4))
                        .linear(),
                op2("convTranspose2d", (x, w) -> convTranspose2d(x, w, strided, 8, 7))
                        .on(shape(2, 4, 4, 4), shape(3, 3, 3, 4))
                        .linear(),
                opN(
                                "convTranspose2d with bias",
                                x ->
                                        convTranspose2d(
                                                x.get(0),
                                                x.get(1),
                                                x.get(2),
                                                strided.groups(2),
                                                5,
                                                5))
                        .on(shape(1, 3, 3, 4), shape(3, 3, 2, 4), shape(4))
                        .linear(),
                op2("conv2dWeight", (x, dy) -> conv2dWeight(x, dy, strided, 3, 3))
                        .on(shape(2, 5, 6, 2), shape(2, 3, 3, 3))
                        .linear());
    }

    private static List<OpCase> pooling() {
        var windows = new Windows.Sliding(3, 2, 2, 1, 1, 1, 0, 1);
        var parts = new Windows.Adaptive(3, 2);
        Shape x = shape(2, 7, 5, 3);
        return List.of(
                op("maxPool2d", t -> MaxPool2d.maxPool2d(t, windows)).on(x),
                op("maxPool2d adaptive", t -> MaxPool2d.maxPool2d(t, parts)).on(x),
                op("argMaxPool2d", t -> ArgMaxPool2d.argMaxPool2d(t, windows)).on(x).noGradient(),
                op("averagePool2d", t -> AveragePool2d.averagePool2d(t, windows, false))
                        .on(x)
                        .linear(),
                op("averagePool2d with padding", t -> AveragePool2d.averagePool2d(t, windows, true))
                        .on(x)
                        .linear(),
                op("averagePool2d adaptive", t -> AveragePool2d.averagePool2d(t, parts, false))
                        .on(x)
                        .linear(),
                op(
                                "averagePool2dInput",
                                t -> Tensor.apply(new AveragePool2dInput(parts, false, 7, 5), t))
                        .on(shape(2, 3, 2, 3))
                        .linear());
    }

    private static List<OpCase> fused() {
        return List.of(
                op("softmax", Softmax::softmax).on(shape(3, 5)).in(-3, 3),
                op("logSoftmax", LogSoftmax::logSoftmax).on(shape(2, 3, 5)).in(-3, 3),
                op2(
                                "softmaxCrossEntropy",
                                (x, t) -> SoftmaxCrossEntropy.softmaxCrossEntropy(x, t, 0))
                        .on(shape(6, 4))
                        .onIntegers(shape(6), 0, 4),
                op2(
                                "softmaxCrossEntropy, smoothed, some without label",
                                (x, t) -> SoftmaxCrossEntropy.softmaxCrossEntropy(x, t, 0.1))
                        .on(shape(9, 3))
                        .onIntegers(shape(9), -1, 3),
                op("moments", Moments::moments).on(shape(4, 2, 3)).noGradient(),
                opN(
                                "batchNorm",
                                x ->
                                        BatchNorm.batchNorm(
                                                x.get(0),
                                                Moments.moments(x.get(0)),
                                                x.get(1),
                                                x.get(2),
                                                1e-3))
                        .on(shape(4, 2, 3), shape(3), shape(3)),
                opN(
                                "normalize",
                                x ->
                                        Normalize.normalize(
                                                x.get(0),
                                                Tensor.of(new double[] {1, -1, 0, 2, 0.5, 1}, 2, 3),
                                                x.get(1),
                                                x.get(2),
                                                1e-3))
                        .on(shape(4, 2, 3), shape(3), shape(3))
                        .linear());
    }

    /// Gradients by kernels of their own; their twins are checked in [FusedTest].
    private static List<OpCase> fusedGradients() {
        return List.of(
                opN(
                                "softmaxCrossEntropyInput",
                                x -> Tensor.apply(new SoftmaxCrossEntropy.Gradient(0.1), x))
                        .on(shape(6, 4))
                        .onIntegers(shape(6), -1, 4)
                        .on(shape(6))
                        .noGradient(),
                opN("batchNormSums", x -> Tensor.apply(new BatchNorm.Sums(0.1), x))
                        .on(shape(2, 3), shape(4, 3), shape(4, 3))
                        .in(0.5, 2)
                        .noGradient(),
                opN("batchNormInput", x -> Tensor.apply(new BatchNorm.Gradient(0.1), x))
                        .on(shape(4, 3), shape(4, 3), shape(2, 3), shape(2, 3), shape(3))
                        .in(0.5, 2)
                        .noGradient());
    }

    private static List<OpCase> index() {
        return List.of(
                op2("gather rows", (x, i) -> Gather.gather(x, 0, i))
                        .on(shape(4, 3))
                        .onIntegers(shape(2, 3), 0, 4)
                        .linear(),
                op2("gather columns", (x, i) -> Gather.gather(x, -1, i))
                        .on(shape(2, 5))
                        .onIntegers(shape(7), 0, 5)
                        .linear(),
                op2("scatterAdd", (x, i) -> ScatterAdd.scatterAdd(x, 1, i, 4))
                        .on(shape(2, 6, 3))
                        .onIntegers(shape(6), 0, 4)
                        .linear(),
                op("oneHot", i -> OneHot.oneHot(i, 4)).onIntegers(shape(3, 2), -1, 5).noGradient());
    }

    private static List<OpCase> layout() {
        Shape x = shape(4, 3, 5);
        int[] before = {1, 0, 2};
        int[] after = {2, 1, 0};
        return List.of(
                op("reshape", t -> t.reshape(5, -1)).on(x).linear(),
                op("broadcastTo", t -> t.broadcastTo(2, 3, 4)).on(shape(3, 1)).linear(),
                op("permute", t -> t.permute(2, 0, 1)).on(x).linear(),
                op("t", Tensor::t).on(x).linear(),
                op("flip", t -> Flip.flip(t, 0, -1)).on(x).linear(),
                op("repeat", t -> Repeat.repeat(t, 2, 1, 3)).on(x).linear(),
                op("slice", t -> Slice.slice(t, 1, 1, 3)).on(x).linear(),
                op(
                                "slice in steps",
                                t ->
                                        Slice.slice(
                                                t,
                                                new int[] {1, 0, 0},
                                                new int[] {4, 2, 5},
                                                new int[] {2, 1, 3}))
                        .on(x)
                        .linear(),
                op("empty slice", t -> Slice.slice(t, 0, 2, 2)).on(x).linear(),
                op(
                                "sliceInput",
                                t ->
                                        Tensor.apply(
                                                new SliceInput(
                                                        List.of(1, 0),
                                                        List.of(4, 2),
                                                        List.of(2, 1),
                                                        shape(5, 3)),
                                                t))
                        .on(shape(2, 2))
                        .linear(),
                opN("concat", t -> Concat.concat(1, t))
                        .on(x, shape(4, 1, 5), shape(4, 0, 5))
                        .linear(),
                op("pad", t -> Pad.pad(t, Mode.CONSTANT, 0.5, before, after)).on(x).linear(),
                op("pad, mirrored", t -> Pad.pad(t, Mode.REFLECT, 0, before, after)).on(x).linear(),
                op("pad, edge", t -> Pad.pad(t, Mode.EDGE, 0, before, after)).on(x).linear(),
                op(
                                "padInput",
                                t ->
                                        Tensor.apply(
                                                new PadInput(
                                                        Mode.REFLECT, List.of(1, 2), List.of(0, 1)),
                                                t))
                        .on(shape(4, 6))
                        .linear(),
                op("cast to integers", t -> Cast.cast(t, DType.I32)).on(x).in(-9, 9).noGradient(),
                op("cast to numbers", t -> Cast.cast(t, t.backend().floatType()))
                        .onIntegers(shape(7), -9, 9)
                        .noGradient());
    }

    private static List<OpCase> images() {
        Shape x = shape(2, 4, 5, 3);
        var cubic = new Interpolation.Bicubic(-0.5, true);
        return List.of(
                op("resize2d nearest", t -> Resize2d.resize2d(t, 7, 3, new Interpolation.Nearest()))
                        .on(x)
                        .linear(),
                op(
                                "resize2d bilinear",
                                t -> Resize2d.resize2d(t, 3, 9, new Interpolation.Bilinear(false)))
                        .on(x)
                        .linear(),
                op("resize2d bicubic", t -> Resize2d.resize2d(t, 2, 7, cubic)).on(x).linear(),
                op("resize2dInput", t -> Tensor.apply(new Resize2dInput(6, 3, cubic), t))
                        .on(x)
                        .linear(),
                op("pixelShuffle", t -> PixelShuffle.pixelShuffle(t, 2))
                        .on(shape(2, 3, 2, 8))
                        .linear(),
                op("pixelUnshuffle", t -> PixelUnshuffle.pixelUnshuffle(t, 2))
                        .on(shape(1, 6, 4, 3))
                        .linear());
    }

    private static List<OpCase> transforms() {
        return List.of(
                op("fft", Fft::fft).on(shape(3, 6, 2)).linear(),
                op("fft along an outer axis", t -> Fft.fft(t, -2)).on(shape(5, 3, 2)).linear(),
                op("fft of volumes", t -> Fft.fft(t, 1, 2, 3)).on(shape(2, 3, 4, 5, 2)).linear(),
                op("fft along outer and inner axes", t -> Fft.fft(t, -1, 0))
                        .on(shape(4, 3, 5, 2))
                        .linear(),
                op("ifft", Fft::ifft).on(shape(2, 7, 2)).linear(),
                op("ifft along four axes", t -> Fft.ifft(t, 0, 1, 2, 3))
                        .on(shape(2, 3, 1, 4, 2))
                        .linear(),
                op("fft2", Fft::fft2).on(shape(2, 4, 3, 2)).linear(),
                op("ifft2", Fft::ifft2).on(shape(5, 6, 2)).linear(),
                op("rfft", Rfft::rfft).on(shape(3, 8)).linear(),
                op("rfft of odd length, outer axis", t -> Rfft.rfft(t, 0)).on(shape(7, 3)).linear(),
                op("rfft of volumes", t -> Rfft.rfft(t, -3, -2, -1)).on(shape(2, 3, 4, 5)).linear(),
                op("rfft halving an outer axis", t -> Rfft.rfft(t, 2, 0))
                        .on(shape(6, 2, 3))
                        .linear(),
                op("rfft2", Rfft::rfft2).on(shape(2, 4, 6)).linear(),
                op("irfft", t -> Irfft.irfft(t, 8)).on(shape(3, 5, 2)).linear(),
                op("irfft to odd length", t -> Irfft.irfft(t, 7, 0)).on(shape(4, 3, 2)).linear(),
                op("irfft of volumes", t -> Irfft.irfft(t, 6, 0, 1, 2))
                        .on(shape(2, 3, 4, 2))
                        .linear(),
                op("irfft2", t -> Irfft.irfft2(t, 6)).on(shape(3, 4, 2)).linear(),
                op2("circularConv", CircularConv::circularConv).on(shape(2, 7), shape(7)).linear(),
                op2("circularConv of images", (t, w) -> CircularConv.circularConv(t, w, -3, -2))
                        .on(shape(2, 4, 5, 3), shape(4, 5, 1))
                        .linear(),
                op2("spectralConv", SpectralConv::spectralConv)
                        .on(shape(2, 8, 3), shape(4, 3, 2, 2))
                        .linear(),
                op2("spectralConv of images", SpectralConv::spectralConv)
                        .on(shape(2, 6, 5, 2), shape(3, 2, 2, 3, 2))
                        .linear(),
                op("power spectrum", t -> Rfft.rfft(t).square().sum(-1)).on(shape(2, 9)),
                op("power spectrum of images", t -> Rfft.rfft(t, 0, 1).square().sum(-1))
                        .on(shape(4, 5, 2)));
    }
}
