package javelin.kernels;

import javelin.kernels.conv.ConvCases;
import javelin.kernels.elementwise.ElementwiseCases;
import javelin.kernels.fft.FftCases;
import javelin.kernels.index.IndexCases;
import javelin.kernels.layout.LayoutCases;
import javelin.kernels.matmul.MatmulCases;
import javelin.kernels.norm.NormCases;
import javelin.kernels.optim.OptimCases;
import javelin.kernels.pool.PoolCases;
import javelin.kernels.random.RandomCases;
import javelin.kernels.reduce.ReduceCases;
import javelin.kernels.resize.ResizeCases;
import javelin.kernels.softmax.SoftmaxCases;

import java.util.List;
import java.util.stream.Stream;

/// The cases of all families.
public final class KernelCases {
    /// Every case there is.
    public static final List<KernelCase> ALL =
            Stream.of(
                            ElementwiseCases.all(),
                            ReduceCases.all(),
                            MatmulCases.all(),
                            ConvCases.all(),
                            PoolCases.all(),
                            SoftmaxCases.all(),
                            NormCases.all(),
                            IndexCases.all(),
                            LayoutCases.all(),
                            ResizeCases.all(),
                            FftCases.all(),
                            RandomCases.all(),
                            OptimCases.all())
                    .flatMap(List::stream)
                    .toList();

    private KernelCases() {}
}
