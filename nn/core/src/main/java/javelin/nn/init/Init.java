package javelin.nn.init;

import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.Arrays;

/// A rule for the first values of a parameter.
///
/// The same seed gives the same values on every backend, up to the rounding of its type.
@FunctionalInterface
public interface Init {
    /// New values of that shape on the current backend.
    Tensor of(Rng rng, Fan fan, Shape shape);

    /// Which fan keeps its variance: activations (in) or gradients (out).
    enum Mode {
        /// Variance of activations is kept on the way forward.
        FAN_IN,
        /// Variance of gradients is kept on the way back.
        FAN_OUT;

        long of(Fan fan) {
            return Math.max(1, this == FAN_IN ? fan.in() : fan.out());
        }
    }

    /// Gain of a rectifier, `√2`: half of the variance is cut off.
    double RELU_GAIN = Math.sqrt(2);

    /// Gain of a leaky rectifier, `√(2 / (1 + slope²))`.
    static double leakyReluGain(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }

    /// One number everywhere.
    static Init constant(double value) {
        return (_, _, shape) -> Tensor.full(value, shape.dims());
    }

    /// Zeros.
    static Init zeros() {
        return constant(0);
    }

    /// Ones.
    static Init ones() {
        return constant(1);
    }

    /// Normal with mean 0.
    static Init normal(double deviation) {
        return (rng, _, shape) -> rng.normal(0, deviation, shape.dims());
    }

    /// Uniform in `[low, high)`.
    static Init uniform(double low, double high) {
        return (rng, _, shape) -> rng.uniform(low, high, shape.dims());
    }

    /// Normal with mean 0, drawn again while further than two deviations from it.
    static Init truncatedNormal(double deviation) {
        return (rng, _, shape) -> {
            double[] values = new double[shape.length()];
            for (int i = 0; i < values.length; i++) {
                double z = rng.nextGaussian();
                while (Math.abs(z) > 2) {
                    z = rng.nextGaussian();
                }
                values[i] = z * deviation;
            }
            return Tensor.of(values, shape.dims());
        };
    }

    /// `N(0, gain² / fan)`.
    ///
    /// @see "He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015, Eq. (10) and (14)"
    static Init heNormal(Mode mode, double gain) {
        return (rng, fan, shape) ->
                rng.normal(0, gain / Math.sqrt((double) mode.of(fan)), shape.dims());
    }

    /// `N(0, 2 / fan_in)`.
    static Init heNormal() {
        return heNormal(Mode.FAN_IN, RELU_GAIN);
    }

    /// `U(−b, b)`, `b = gain · √(3 / fan)`.
    static Init heUniform(Mode mode, double gain) {
        return (rng, fan, shape) -> {
            double b = gain * Math.sqrt(3.0 / mode.of(fan));
            return rng.uniform(-b, b, shape.dims());
        };
    }

    /// `U(−b, b)`, `b = √(6 / fan_in)`.
    static Init heUniform() {
        return heUniform(Mode.FAN_IN, RELU_GAIN);
    }

    /// `U(−b, b)`, `b = 1 / √fan_in`: what PyTorch gives its linear and convolution layers.
    static Init fanInUniform() {
        return heUniform(Mode.FAN_IN, Math.sqrt(1.0 / 3));
    }

    /// `N(0, gain² · 2 / (fan_in + fan_out))`.
    ///
    /// @see "Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
    ///   networks, 2010, Eq. (12)"
    static Init xavierNormal(double gain) {
        return (rng, fan, shape) ->
                rng.normal(0, gain * Math.sqrt(2.0 / (fan.in() + fan.out())), shape.dims());
    }

    /// `U(−b, b)`, `b = gain · √(6 / (fan_in + fan_out))`.
    ///
    /// @see "Glorot and Bengio, 2010, Eq. (16)"
    static Init xavierUniform(double gain) {
        return (rng, fan, shape) -> {
            double b = gain * Math.sqrt(6.0 / (fan.in() + fan.out()));
            return rng.uniform(-b, b, shape.dims());
        };
    }

    /// A random matrix of `size/last × last` (`last` the innermost axis) with orthonormal columns,
    /// or rows if it is wider than high, times `gain`.
    ///
    /// @see "Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in
    ///   deep linear neural networks, 2014"
    static Init orthogonal(double gain) {
        return (rng, _, shape) -> {
            int columns = shape.dim(-1);
            int rows = shape.length() / Math.max(1, columns);
            boolean tall = rows >= columns;
            int length = Math.max(rows, columns);
            double[][] basis = orthonormal(rng, Math.min(rows, columns), length);
            double[] values = new double[shape.length()];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    values[i * columns + j] = gain * (tall ? basis[j][i] : basis[i][j]);
                }
            }
            return Tensor.of(values, shape.dims());
        };
    }

    /// `count` orthonormal vectors by Gram and Schmidt, done twice against rounding.
    private static double[][] orthonormal(Rng rng, int count, int length) {
        double[][] basis = new double[count][length];
        for (int v = 0; v < count; v++) {
            Arrays.setAll(basis[v], _ -> rng.nextGaussian());
            for (int pass = 0; pass < 2; pass++) {
                for (int u = 0; u < v; u++) {
                    double along = dot(basis[v], basis[u]);
                    for (int i = 0; i < length; i++) {
                        basis[v][i] -= along * basis[u][i];
                    }
                }
            }
            double norm = Math.sqrt(dot(basis[v], basis[v]));
            for (int i = 0; i < length; i++) {
                basis[v][i] /= norm;
            }
        }
        return basis;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
