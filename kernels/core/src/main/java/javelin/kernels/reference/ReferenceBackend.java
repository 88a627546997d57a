package javelin.kernels.reference;

import javelin.kernels.DType;
import javelin.kernels.HostBackend;
import javelin.kernels.Kernel;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.conv.ConvReference;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseReference;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.FftReference;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;
import javelin.kernels.index.Gather;
import javelin.kernels.index.IndexReference;
import javelin.kernels.index.OneHot;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Concat;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Fill;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.LayoutReference;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.matmul.MatmulReference;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.kernels.norm.Moments;
import javelin.kernels.norm.NormReference;
import javelin.kernels.optim.AdamStep;
import javelin.kernels.optim.OptimReference;
import javelin.kernels.optim.RmspropStep;
import javelin.kernels.optim.SgdStep;
import javelin.kernels.pool.ArgMaxPool2d;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.AveragePool2dInput;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.PoolReference;
import javelin.kernels.random.Permutation;
import javelin.kernels.random.RandomFill;
import javelin.kernels.random.RandomReference;
import javelin.kernels.reduce.ArgReduce;
import javelin.kernels.reduce.Reduce;
import javelin.kernels.reduce.ReduceReference;
import javelin.kernels.resize.Resize2d;
import javelin.kernels.resize.Resize2dInput;
import javelin.kernels.resize.ResizeReference;
import javelin.kernels.softmax.Softmax;
import javelin.kernels.softmax.SoftmaxCrossEntropy;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;
import javelin.kernels.softmax.SoftmaxReference;

import java.util.List;

/// Every kernel in 64 bits and plain loops, written to be read: the oracle of all other backends.
public final class ReferenceBackend extends HostBackend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public DType floatType() {
        return DType.F64;
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return type != DType.F32;
    }

    @Override
    public void run(Kernel kernel, List<View> in, View out) {
        switch (kernel) {
            case Unary f -> ElementwiseReference.run(f, in, out);
            case Binary f -> ElementwiseReference.run(f, in, out);
            case Ternary f -> ElementwiseReference.run(f, in, out);
            case Matmul f -> MatmulReference.run(f, in, out);
            case Conv2d f -> ConvReference.run(f, in, out);
            case Conv2dInput f -> ConvReference.run(f, in, out);
            case Conv2dWeight f -> ConvReference.run(f, in, out);
            case MaxPool2d f -> PoolReference.run(f, in, out);
            case ArgMaxPool2d f -> PoolReference.run(f, in, out);
            case AveragePool2d f -> PoolReference.run(f, in, out);
            case AveragePool2dInput f -> PoolReference.run(f, in, out);
            case Resize2d f -> ResizeReference.run(f, in, out);
            case Resize2dInput f -> ResizeReference.run(f, in, out);
            case Fft f -> FftReference.run(f, in, out);
            case Rfft f -> FftReference.run(f, in, out);
            case Irfft f -> FftReference.run(f, in, out);
            case Reduce f -> ReduceReference.run(f, in, out);
            case ArgReduce f -> ReduceReference.run(f, in, out);
            case Softmax f -> SoftmaxReference.run(f, in, out);
            case SoftmaxCrossEntropy f -> SoftmaxReference.run(f, in, out);
            case SoftmaxCrossEntropyInput f -> SoftmaxReference.run(f, in, out);
            case Moments f -> NormReference.run(f, in, out);
            case BatchNorm f -> NormReference.run(f, in, out);
            case BatchNormSums f -> NormReference.run(f, in, out);
            case BatchNormInput f -> NormReference.run(f, in, out);
            case Gather f -> IndexReference.run(f, in, out);
            case ScatterAdd f -> IndexReference.run(f, in, out);
            case OneHot f -> IndexReference.run(f, in, out);
            case Broadcast f -> LayoutReference.run(f, in, out);
            case Permute f -> LayoutReference.run(f, in, out);
            case Pad f -> LayoutReference.run(f, in, out);
            case PadInput f -> LayoutReference.run(f, in, out);
            case Slice f -> LayoutReference.run(f, in, out);
            case SliceInput f -> LayoutReference.run(f, in, out);
            case Concat f -> LayoutReference.run(f, in, out);
            case Flip f -> LayoutReference.run(f, in, out);
            case Copy f -> LayoutReference.run(f, in, out);
            case Cast f -> LayoutReference.run(f, in, out);
            case Fill f -> LayoutReference.run(f, in, out);
            case SgdStep f -> OptimReference.run(f, in, out);
            case AdamStep f -> OptimReference.run(f, in, out);
            case RmspropStep f -> OptimReference.run(f, in, out);
            case RandomFill f -> RandomReference.run(f, in, out);
            case Permutation f -> RandomReference.run(f, in, out);
        }
    }
}
