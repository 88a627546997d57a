package javelin.kernels.conv;

import javelin.kernels.Shape;

/// Size of a tile of outputs of a 3×3 convolution in Winograd's domain.
enum WinogradTile {
    /// 2×2 outputs from 4×4 inputs: 16 products in place of 36.
    F2(2),
    /// 4×4 outputs from 6×6 inputs: 36 products in place of 144.
    F4(4);

    private final int outputs;

    WinogradTile(int outputs) {
        this.outputs = outputs;
    }

    /// Rows and columns of outputs.
    int outputs() {
        return outputs;
    }

    /// Rows and columns of inputs.
    int patch() {
        return outputs + 2;
    }

    /// Products for one pair of channels.
    int points() {
        return patch() * patch();
    }

    /// Tiles in a column of an image of `y [n, h, w, …]`.
    int down(Shape y) {
        return Math.ceilDiv(y.dim(1), outputs);
    }

    /// Tiles in a row of an image.
    int across(Shape y) {
        return Math.ceilDiv(y.dim(2), outputs);
    }

    /// Tiles of a batch of images.
    int tiles(Shape y) {
        return y.dim(0) * down(y) * across(y);
    }
}
