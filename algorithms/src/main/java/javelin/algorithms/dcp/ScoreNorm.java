package javelin.algorithms.dcp;

import javelin.kernels.Shape;

/// How large the gradient of a channel is: the criterion of Algorithm 2.
public enum ScoreNorm {
    /// Length of all numbers of the channel together, `‖G_k‖_F`: the paper.
    FROBENIUS,
    /// Sum of the lengths of its kernels, `Σ_j ‖G_{j,k}‖_F`: both releases of the authors' code.
    SUM_OF_KERNEL_NORMS;

    /// One number per input channel of a convolution.
    ///
    /// @param gradient of the weight `[kh, kw, c, n]`, row-major
    public double[] scores(double[] gradient, Shape weight) {
        int channels = weight.dim(2);
        int filters = weight.dim(3);
        double[] squares = new double[channels * filters]; // of each kernel
        for (int i = 0; i < gradient.length; i++) {
            squares[i % squares.length] += gradient[i] * gradient[i];
        }
        double[] scores = new double[channels];
        for (int i = 0; i < squares.length; i++) {
            scores[i / filters] += this == FROBENIUS ? squares[i] : Math.sqrt(squares[i]);
        }
        if (this == FROBENIUS) {
            for (int k = 0; k < channels; k++) {
                scores[k] = Math.sqrt(scores[k]);
            }
        }
        return scores;
    }
}
