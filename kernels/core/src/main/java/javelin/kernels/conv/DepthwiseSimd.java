package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Epilogue;
import javelin.kernels.matmul.EpilogueCpu;

import java.util.Arrays;
import java.util.List;

/// Depthwise convolution of any window in vectors of channels, and what [DepthwiseThreeSimd] leaves
/// over of 3×3 ones. A row of output pixels is built from the rows of its window, one after the
/// other: three taps of four pixels at a time where the window has three columns, else tap by tap.
final class DepthwiseSimd {
    /// Pieces of the gradient of the filters; each sums on its own.
    private static final int CHUNKS = 16;

    private final Geometry g;
    private final Shape x;
    private final Shape w;
    private final Shape y;
    private final int c;

    /// Convolution of images `x` with filters `w` to `y`, or one of its adjoints.
    DepthwiseSimd(Geometry g, Shape x, Shape w, Shape y) {
        this.g = g;
        this.x = x;
        this.w = w;
        this.y = y;
        c = x.dim(3);
    }

    // ---- forward ----

    Work forward(Epilogue epilogue, List<View> in, View out) {
        return Work.split(
                y.dim(0) * y.dim(1),
                Workers.grain(w.size() * y.dim(2) / 4),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        forward(in.get(0), in.get(1), out, row);
                        int pixel = row * y.dim(2);
                        EpilogueCpu.run(epilogue, in, 2, out, pixel, pixel + y.dim(2));
                    }
                });
    }

    private void forward(View image, View filters, View out, int row) {
        int p = row % y.dim(1);
        int atY = out.offset() + row * y.dim(2) * c;
        int top = p * g.strideH() - g.padTop();
        int atX = image.offset() + (row / y.dim(1) * x.dim(1) + top) * x.dim(2) * c;
        Arrays.fill(out.floats(), atY, atY + y.dim(2) * c, 0);
        for (int i = 0; i < w.dim(0); i++) {
            int r = top + i * g.dilationH();
            if (r >= 0 && r < x.dim(1)) {
                int from = atX + i * g.dilationH() * x.dim(2) * c;
                int atW = filters.offset() + i * w.dim(1) * c;
                forwardRow(image.floats(), from, filters.floats(), atW, out.floats(), atY);
            }
        }
    }

    /// Adds what one row of the window gives to a row of outputs.
    private void forwardRow(float[] image, int atX, float[] f, int atW, float[] out, int atY) {
        int stride = g.strideW() * c;
        int tap = g.dilationW() * c;
        int first = firstOutput(w.dim(1) - 1, true);
        int end = endOutput(w.dim(1) - 1, true);
        boolean three = w.dim(1) == 3 && end - first >= 4;
        if (three) {
            int at = atX + (first * g.strideW() - g.padLeft()) * c;
            int to = atY + first * c;
            DepthwiseLoopsSimd.threeTaps(
                    image, at, stride, tap, f, atW, c, out, to, c, end - first, c);
        }
        for (int j = 0; j < w.dim(1); j++) {
            int from = firstOutput(j, false);
            int to = endOutput(j, false);
            int at = atX + (from * g.strideW() + j * g.dilationW() - g.padLeft()) * c;
            if (!three) {
                DepthwiseLoopsSimd.tap(
                        image, at, stride, f, atW + j * c, out, atY + from * c, c, to - from, c);
                continue;
            }
            int left = Math.min(first, to) - from;
            DepthwiseLoopsSimd.tap(
                    image, at, stride, f, atW + j * c, out, atY + from * c, c, left, c);
            int right = Math.max(end, from);
            at += (right - from) * stride;
            DepthwiseLoopsSimd.tap(
                    image, at, stride, f, atW + j * c, out, atY + right * c, c, to - right, c);
        }
    }

    /// First output column for which tap `j` is inside the image; if `all`, taps 0 to `j`.
    private int firstOutput(int j, boolean all) {
        int column = g.padLeft() - (all ? 0 : j * g.dilationW());
        return Math.clamp(Math.ceilDiv(column, g.strideW()), 0, y.dim(2));
    }

    /// End of the output columns for which tap `j` is inside the image.
    private int endOutput(int j, boolean all) {
        int last = x.dim(2) - 1 + g.padLeft() - j * g.dilationW();
        int least = firstOutput(j, all);
        return Math.clamp(Math.floorDiv(last, g.strideW()) + 1L, least, Math.max(least, y.dim(2)));
    }

    private boolean isThree() {
        return w.dim(0) == 3 && w.dim(1) == 3;
    }

    // ---- gradient to the image ----

    Work input(Epilogue epilogue, List<View> in, View dx) {
        return Work.split(
                x.dim(0) * x.dim(1),
                Workers.grain(w.size() * x.dim(2) / 4),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        input(in.get(0), in.get(1), dx, row);
                        int pixel = row * x.dim(2);
                        EpilogueCpu.run(epilogue, in, 2, dx, pixel, pixel + x.dim(2));
                    }
                });
    }

    private void input(View dy, View filters, View dx, int row) {
        int r = row % x.dim(1);
        int atX = dx.offset() + row * x.dim(2) * c;
        boolean halved =
                g.strideH() == 2 && g.strideW() == 2 && g.dilationH() == 1 && g.dilationW() == 1;
        if (halved && isThree() && lastPair() - firstPair() >= 4) {
            inputPairs(dy, filters, dx.floats(), atX, row);
            return;
        }
        Arrays.fill(dx.floats(), atX, atX + x.dim(2) * c, 0);
        for (int i = 0; i < w.dim(0); i++) {
            int down = r + g.padTop() - i * g.dilationH();
            int p = Math.floorDiv(down, g.strideH());
            if (p * g.strideH() == down && p >= 0 && p < y.dim(1)) {
                int atY = dy.offset() + (row / x.dim(1) * y.dim(1) + p) * y.dim(2) * c;
                int atW = filters.offset() + i * w.dim(1) * c;
                inputRow(dy.floats(), atY, filters.floats(), atW, dx.floats(), atX);
            }
        }
    }

    /// With stride 2 pixels `2·q − pad` and `2·q + 1 − pad` are a pair that sees outputs `q − 1`
    /// and `q`. The first pair that is inside the image and sees two.
    private int firstPair() {
        return Math.max(1, Math.ceilDiv(g.padLeft(), 2));
    }

    /// End of these pairs.
    private int lastPair() {
        return Math.min(y.dim(2), Math.floorDiv(x.dim(2) + g.padLeft(), 2));
    }

    /// A row of pixels with stride 2, which sees one row of outputs through the middle row of the
    /// filters, or two through the others: four pairs at a time, and tap by tap at the borders.
    private void inputPairs(View dy, View filters, float[] dx, int atX, int row) {
        int down = row % x.dim(1) + g.padTop();
        int image = row / x.dim(1) * y.dim(1);
        boolean one = down % 2 == 1;
        int p0 = down / 2;
        int atW0 = filters.offset() + (one ? 3 * c : 0);
        int p1 = one ? -1 : p0 - 1;
        int atW1 = filters.offset() + 6 * c;
        if (p0 >= y.dim(1)) { // only the row above is left
            p0 = p1;
            atW0 = atW1;
            p1 = -1;
        }
        if (p0 < 0 || p0 >= y.dim(1)) {
            Arrays.fill(dx, atX, atX + x.dim(2) * c, 0);
            return;
        }
        int rowSize = y.dim(2) * c;
        int at0 = dy.offset() + (image + p0) * rowSize;
        int at1 = dy.offset() + (image + p1) * rowSize;
        int first = firstPair();
        int end = lastPair();
        float[] f = filters.floats();
        for (int q = first; q < end; q += 4) {
            int from = Math.min(q, end - 4);
            int skip = (from - 1) * c;
            int to = atX + (2 * from - g.padLeft()) * c;
            if (p1 < 0) {
                DepthwiseLoopsSimd.pairs(dy.floats(), at0 + skip, f, atW0, dx, to, c);
            } else {
                DepthwiseLoopsSimd.pairs(
                        dy.floats(), at0 + skip, at1 + skip, f, atW0, atW1, dx, to, c);
            }
        }
        Arrays.fill(dx, atX, atX + (2 * first - g.padLeft()) * c, 0);
        Arrays.fill(dx, atX + (2 * end - g.padLeft()) * c, atX + x.dim(2) * c, 0);
        pairBorders(dy.floats(), at0, f, atW0, dx, atX, first, end);
        if (p1 >= 0) {
            pairBorders(dy.floats(), at1, f, atW1, dx, atX, first, end);
        }
    }

    /// What pixels left of pair `first` and from pair `end` on get from one row of outputs.
    private void pairBorders(
            float[] dy, int atY, float[] f, int atW, float[] dx, int atX, int first, int end) {
        for (int j = 0; j < 3; j++) {
            int from = firstOutput(j, false);
            int to = endOutput(j, false);
            int shift = j - g.padLeft();
            int left = Math.min(to, first - j / 2);
            int right = Math.max(from, end - j / 2);
            scatter(dy, atY, f, atW + j * c, dx, atX, from, left, shift);
            scatter(dy, atY, f, atW + j * c, dx, atX, right, to, shift);
        }
    }

    /// Each tap of a row of outputs goes to pixels `stride` apart; with stride 1 three taps of a
    /// pixel are gathered at once, in turned order.
    private void inputRow(float[] dy, int atY, float[] f, int atW, float[] dx, int atX) {
        int kw = w.dim(1);
        int tap = g.dilationW() * c;
        // pixels s = q + j·dilation − pad for which all outputs q exist
        int first = Math.clamp((kw - 1L) * g.dilationW() - g.padLeft(), 0, x.dim(2));
        int end = Math.clamp((long) y.dim(2) - g.padLeft(), first, x.dim(2));
        boolean three = kw == 3 && g.strideW() == 1 && end - first >= 4;
        if (three) {
            int at = atY + (first + g.padLeft() - 2 * g.dilationW()) * c;
            DepthwiseLoopsSimd.threeTaps(
                    dy, at, c, tap, f, atW + 2 * c, -c, dx, atX + first * c, c, end - first, c);
        }
        for (int j = 0; j < kw; j++) {
            int from = firstOutput(j, false);
            int to = endOutput(j, false);
            int shift = j * g.dilationW() - g.padLeft();
            if (!three) {
                scatter(dy, atY, f, atW + j * c, dx, atX, from, to, shift);
                continue;
            }
            scatter(dy, atY, f, atW + j * c, dx, atX, from, Math.min(to, first - shift), shift);
            scatter(dy, atY, f, atW + j * c, dx, atX, Math.max(from, end - shift), to, shift);
        }
    }

    /// Outputs `from` to `to` of one tap.
    private void scatter(
            float[] dy,
            int atY,
            float[] f,
            int atW,
            float[] dx,
            int atX,
            int from,
            int to,
            int shift) {
        int stride = g.strideW();
        int at = atX + (from * stride + shift) * c;
        DepthwiseLoopsSimd.tap(dy, atY + from * c, c, f, atW, dx, at, stride * c, to - from, c);
    }

    // ---- gradient to the filters ----

    Work weight(View image, View dy, View dw) {
        return sumOfChunks(
                y.dim(0) * y.dim(1),
                dw,
                (from, to, sums, at) -> {
                    Arrays.fill(sums, at, at + dw.length(), 0);
                    for (int row = from; row < to; row++) {
                        weight(image, dy, row, sums, at);
                    }
                });
    }

    /// What output rows `from` to `to` give to the gradient of the filters, from `sums[at]` on.
    interface Chunk {
        void sum(int from, int to, float[] sums, int at);
    }

    /// The gradient `dw` as the sum of what chunks of the output rows give, in this order.
    static Work sumOfChunks(int rows, View dw, Chunk body) {
        int size = dw.length();
        int chunks = Math.clamp(rows / 8, 1, CHUNKS);
        return workers -> {
            float[] sums = Scratch.borrow(chunks * size);
            workers.run(
                    chunks,
                    chunk -> {
                        int from = (int) ((long) rows * chunk / chunks);
                        int to = (int) ((long) rows * (chunk + 1) / chunks);
                        body.sum(from, to, sums, chunk * size);
                    });
            System.arraycopy(sums, 0, dw.floats(), dw.offset(), size);
            for (int chunk = 1; chunk < chunks; chunk++) {
                ConvWeightSimd.add(sums, chunk * size, dw.floats(), dw.offset(), size);
            }
            Scratch.giveBack(sums);
        };
    }

    /// Adds the products of one row of outputs.
    private void weight(View image, View dy, int row, float[] sums, int at) {
        int top = row % y.dim(1) * g.strideH() - g.padTop();
        int atY = dy.offset() + row * y.dim(2) * c;
        int atX = image.offset() + (row / y.dim(1) * x.dim(1) + top) * x.dim(2) * c;
        for (int i = 0; i < w.dim(0); i++) {
            int r = top + i * g.dilationH();
            if (r < 0 || r >= x.dim(1)) {
                continue;
            }
            int from = atX + i * g.dilationH() * x.dim(2) * c;
            for (int j = 0; j < w.dim(1); j++) {
                int to = at + (i * w.dim(1) + j) * c;
                int first = firstOutput(j, false);
                weight(image, from, dy, atY, j, first, endOutput(j, false), sums, to);
            }
        }
    }

    /// Adds the products of one tap, column `j` of the window, and outputs `from` to `to`.
    private void weight(
            View image, int atX, View dy, int atY, int j, int from, int to, float[] sums, int at) {
        DepthwiseLoopsSimd.weights(
                image.floats(),
                atX + (from * g.strideW() + j * g.dilationW() - g.padLeft()) * c,
                g.strideW() * c,
                dy.floats(),
                atY + from * c,
                c,
                sums,
                at,
                to - from,
                c);
    }
}
