package javelin.nn.layers;

import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.nn.Module;
import javelin.nn.init.Fan;
import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

/// Transposed 2-D convolution: the adjoint of the convolution that maps `out` channels to `in`, so
/// that a stride enlarges the image.
///
/// `y[n, p·s+i−pad, q·s+j−pad, o] += x[n,p,q,c] · weight[i,j,o,c]`, then `+ bias[o]`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, in]` |
/// | `weight` | `[kh, kw, out/groups, in]` (PyTorch keeps `[in, out/groups, kh, kw]`) |
/// | `bias` | `[out]` |
/// | result | `[n, (h−1)·s − 2·pad + d·(kh−1) + 1 + extra, …, out]` |
///
/// @see "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, section 4"
public final class ConvTranspose2d extends Module {
    private final Config config;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// What a transposed convolution is made of.
    ///
    /// @param in channels of the input
    /// @param out channels of the result
    /// @param kh rows of the window
    /// @param kw columns of the window
    /// @param geometry stride, padding, dilation, groups of the convolution it is the adjoint of
    /// @param extra rows and columns added at the far sides, below the stride: of the image sizes
    ///   that the convolution maps to the same result, 0 is the smallest
    /// @param bias whether there is a bias, which starts at 0
    /// @param init first values of the weight
    public record Config(
            int in,
            int out,
            int kh,
            int kw,
            Geometry geometry,
            int extra,
            boolean bias,
            Init init) {
        /// Checks groups and extra rows.
        ///
        /// @throws IllegalArgumentException if the groups do not divide the channels, or `extra` is
        ///   not in `0 … stride−1`
        public Config {
            int groups = geometry.groups();
            if (in % groups != 0 || out % groups != 0) {
                throw new IllegalArgumentException(
                        "convTranspose2d: %d groups do not divide %d and %d channels"
                                .formatted(groups, in, out));
            }
            if (extra < 0 || extra >= Math.min(geometry.strideH(), geometry.strideW())) {
                throw new IllegalArgumentException(
                        "convTranspose2d: extra must be in 0 … stride−1, got %d with stride %d×%d"
                                .formatted(extra, geometry.strideH(), geometry.strideW()));
            }
        }

        /// Square window, with bias, He's normal initialisation.
        public static Config of(int in, int out, int size, int stride, int padding) {
            return new Config(
                    in, out, size, size, Geometry.of(stride, padding), 0, true, Init.heNormal());
        }

        /// The same with further rows and columns at the far sides.
        public Config extra(int e) {
            return new Config(in, out, kh, kw, geometry, e, bias, init);
        }

        /// The same with another number of channel groups.
        public Config groups(int g) {
            return new Config(in, out, kh, kw, geometry.groups(g), extra, bias, init);
        }

        /// The same with or without bias.
        public Config bias(boolean b) {
            return new Config(in, out, kh, kw, geometry, extra, b, init);
        }

        /// The same with other first values of the weight.
        public Config init(Init i) {
            return new Config(in, out, kh, kw, geometry, extra, bias, i);
        }
    }

    /// Transposed convolution as configured.
    public ConvTranspose2d(Config config, Rng rng) {
        this.config = config;
        int groups = config.geometry().groups();
        Shape shape = Shape.of(config.kh(), config.kw(), config.out() / groups, config.in());
        weight = param("weight", config.init().of(rng, fan(shape, config.geometry()), shape));
        bias = config.bias() ? param("bias", Tensor.zeros(config.out())) : null;
    }

    /// An output pixel meets only every stride-th tap in each direction.
    private static Fan fan(Shape weight, Geometry g) {
        Fan conv = Fan.conv(weight, g.groups());
        long steps = (long) g.strideH() * g.strideW();
        return new Fan(Math.max(1, conv.out() / steps), conv.in());
    }

    @Override
    public Tensor forward(Tensor x) {
        Geometry g = config.geometry();
        int h = size(x.dim(1), g.strideH(), g.padTop() + g.padBottom(), g.dilationH(), config.kh());
        int w = size(x.dim(2), g.strideW(), g.padLeft() + g.padRight(), g.dilationW(), config.kw());
        return javelin.tensor.ops.ConvTranspose2d.convTranspose2d(x, weight, bias, g, h, w);
    }

    private int size(int in, int stride, int padding, int dilation, int window) {
        return (in - 1) * stride - padding + dilation * (window - 1) + 1 + config.extra();
    }
}
