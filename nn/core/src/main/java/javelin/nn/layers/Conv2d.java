package javelin.nn.layers;

import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.nn.Module;
import javelin.nn.init.Fan;
import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

/// 2-D convolution (cross-correlation, as everywhere in the field).
///
/// `y[n,p,q,o] = bias[o] + Σ_{i,j,c} x[n, p·s+i−pad, q·s+j−pad, c] · weight[i,j,c,o]`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, in]` |
/// | `weight` | `[kh, kw, in/groups, out]` (PyTorch keeps `[out, in/groups, kh, kw]`) |
/// | `bias` | `[out]` |
/// | result | `[n, ⌊(h+2·pad−kh)/s⌋+1, …, out]` |
public final class Conv2d extends Module {
    private final Geometry geometry;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// What a convolution is made of.
    ///
    /// @param in channels of the input
    /// @param out channels of the result
    /// @param kh rows of the window
    /// @param kw columns of the window
    /// @param geometry stride, padding, dilation, groups
    /// @param bias whether there is a bias, which starts at 0
    /// @param init first values of the weight
    public record Config(
            int in, int out, int kh, int kw, Geometry geometry, boolean bias, Init init) {
        /// Checks that the groups divide the channels.
        ///
        /// @throws IllegalArgumentException if they do not
        public Config {
            int groups = geometry.groups();
            if (in % groups != 0 || out % groups != 0) {
                throw new IllegalArgumentException(
                        "conv2d: %d groups do not divide %d and %d channels"
                                .formatted(groups, in, out));
            }
        }

        /// Square window, stride 1, no padding, with bias, He's normal initialisation.
        public static Config of(int in, int out, int size) {
            return new Config(in, out, size, size, Geometry.UNIT, true, Init.heNormal());
        }

        /// Square window of odd size, padded so that stride 1 keeps the image size.
        public static Config same(int in, int out, int size) {
            return of(in, out, size).padding(size / 2);
        }

        /// The same with another geometry.
        public Config geometry(Geometry g) {
            return new Config(in, out, kh, kw, g, bias, init);
        }

        /// The same with another step in both directions.
        public Config stride(int s) {
            return geometry(geometry.stride(s));
        }

        /// The same with other zero padding on all sides.
        public Config padding(int p) {
            return geometry(geometry.padding(p));
        }

        /// The same with another number of channel groups.
        public Config groups(int g) {
            return geometry(geometry.groups(g));
        }

        /// The same with or without bias.
        public Config bias(boolean b) {
            return new Config(in, out, kh, kw, geometry, b, init);
        }

        /// The same with other first values of the weight.
        public Config init(Init i) {
            return new Config(in, out, kh, kw, geometry, bias, i);
        }
    }

    /// Convolution as configured.
    public Conv2d(Config config, Rng rng) {
        geometry = config.geometry();
        Shape shape =
                Shape.of(config.kh(), config.kw(), config.in() / geometry.groups(), config.out());
        weight = param("weight", config.init().of(rng, Fan.conv(shape, geometry.groups()), shape));
        bias = config.bias() ? param("bias", Tensor.zeros(config.out())) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.Conv2d.conv2d(x, weight, bias, geometry);
    }
}
