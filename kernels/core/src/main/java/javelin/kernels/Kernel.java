package javelin.kernels;

import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.fft.Fft;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;
import javelin.kernels.index.Gather;
import javelin.kernels.index.OneHot;
import javelin.kernels.index.ScatterAdd;
import javelin.kernels.layout.Broadcast;
import javelin.kernels.layout.Cast;
import javelin.kernels.layout.Concat;
import javelin.kernels.layout.Copy;
import javelin.kernels.layout.Fill;
import javelin.kernels.layout.Flip;
import javelin.kernels.layout.Pad;
import javelin.kernels.layout.PadInput;
import javelin.kernels.layout.Permute;
import javelin.kernels.layout.Slice;
import javelin.kernels.layout.SliceInput;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.norm.BatchNorm;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.kernels.norm.Moments;
import javelin.kernels.optim.AdamStep;
import javelin.kernels.optim.RmspropStep;
import javelin.kernels.optim.SgdStep;
import javelin.kernels.pool.ArgMaxPool2d;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.AveragePool2dInput;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.random.Permutation;
import javelin.kernels.random.RandomFill;
import javelin.kernels.reduce.ArgReduce;
import javelin.kernels.reduce.Reduce;
import javelin.kernels.resize.Resize2d;
import javelin.kernels.resize.Resize2dInput;
import javelin.kernels.softmax.Softmax;
import javelin.kernels.softmax.SoftmaxCrossEntropy;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;

/// One thing a backend can compute. The set is closed: its permits clause is the inventory.
///
/// A kernel is a value that carries its parameters; its record's comment gives the formula and the
/// shapes of inputs and output. Shapes are checked by the caller (the ops of `javelin.tensor`);
/// kernels may only `assert` them. Unless a kernel says otherwise the output must not overlap an
/// input.
public sealed interface Kernel
        permits Unary,
                Binary,
                Ternary,
                Reduce,
                ArgReduce,
                Matmul,
                Conv2d,
                Conv2dInput,
                Conv2dWeight,
                MaxPool2d,
                ArgMaxPool2d,
                AveragePool2d,
                AveragePool2dInput,
                Softmax,
                SoftmaxCrossEntropy,
                SoftmaxCrossEntropyInput,
                Moments,
                BatchNorm,
                BatchNormSums,
                BatchNormInput,
                Gather,
                ScatterAdd,
                OneHot,
                Broadcast,
                Permute,
                Pad,
                PadInput,
                Slice,
                SliceInput,
                Concat,
                Flip,
                Copy,
                Cast,
                Fill,
                Resize2d,
                Resize2dInput,
                Fft,
                Rfft,
                Irfft,
                RandomFill,
                Permutation,
                SgdStep,
                AdamStep,
                RmspropStep {}
