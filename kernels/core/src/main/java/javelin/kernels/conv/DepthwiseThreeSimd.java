package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Epilogue;
import javelin.kernels.matmul.EpilogueCpu;

import java.util.Arrays;
import java.util.List;

/// Depthwise 3×3 convolution with stride 1 or 2, and the gradient of its filters.
///
/// Work is divided into bands of rows. Within a band one vector of channels is done after the
/// other, and each row by row: what the rows of neighbouring windows share stays in the first-level
/// cache, also where whole rows of the image do not fit there. Windows that reach over the left or
/// right border are done apart; rows above and below the image are rows of zeros.
final class DepthwiseThreeSimd {
    private static final int L = SpeciesSimd.LANES;

    /// Rows of outputs of a band, at most, …
    private static final int BAND = 16;

    /// … and less to have as many pieces of work.
    private static final int ENOUGH_TASKS = 8;

    private final int stride;
    private final int top;
    private final int left;
    private final boolean turned;
    private final Shape x;
    private final Shape y;
    private final int c;
    private final int band;
    private final int bands;

    /// The outputs whose window lies between the left and the right border, first and end.
    private final int first;

    private final int end;

    /// Convolution of images `x [n, h, w, c]` with filters `[3, 3, 1, c]` to `y [n, oh, ow, c]`.
    ///
    /// @param stride 1 or 2
    /// @param top rows of zeros above the image, and `left` of it; negative for pixels to skip
    /// @param turned whether the filters are turned by half a circle
    DepthwiseThreeSimd(int stride, int top, int left, boolean turned, Shape x, Shape y) {
        this.stride = stride;
        this.top = top;
        this.left = left;
        this.turned = turned;
        this.x = x;
        this.y = y;
        c = x.dim(3);
        int pieces = Math.max(1, ENOUGH_TASKS / Math.max(1, y.dim(0)));
        band = Math.clamp(Math.ceilDiv(y.dim(1), pieces), 1, BAND);
        bands = Math.ceilDiv(y.dim(1), band);
        int begin = Math.clamp(Math.ceilDiv(left, stride), 0, y.dim(2));
        int stop = Math.floorDiv(x.dim(2) - 3 + left, stride) + 1;
        stop = Math.clamp(stop, begin, y.dim(2));
        boolean some = stop - begin >= 4;
        first = some ? begin : y.dim(2);
        end = some ? stop : y.dim(2);
    }

    /// Whether this is such a convolution.
    static boolean fits(Geometry g, Shape w) {
        return w.dim(0) == 3
                && w.dim(1) == 3
                && w.dim(3) >= L
                && g.dilationH() == 1
                && g.dilationW() == 1
                && g.strideH() == g.strideW()
                && g.strideH() <= 2;
    }

    Work work(Epilogue epilogue, List<View> in, View out) {
        return Work.split(
                y.dim(0) * bands,
                Workers.grain(9L * band * y.dim(2) * c / L),
                (from, to) -> {
                    for (int task = from; task < to; task++) {
                        int n = task / bands;
                        int p = task % bands * band;
                        int height = Math.min(band, y.dim(1) - p);
                        band(in.get(0), in.get(1), out, n, p, height);
                        int row = n * y.dim(1) + p;
                        int pixel = row * y.dim(2);
                        EpilogueCpu.run(epilogue, in, 2, out, pixel, pixel + height * y.dim(2));
                    }
                });
    }

    private void band(View image, View filters, View out, int n, int p, int height) {
        float[] pixels = image.floats();
        float[] zeros = Scratch.zeros(x.dim(2) * c);
        float[] f = filters.floats();
        int w = filters.offset() + (turned ? 8 * c : 0);
        int step = turned ? -c : c;
        int down = x.dim(2) * c;
        int corner = image.offset() + n * x.dim(1) * down;
        int skip = (first * stride - left) * c;
        for (int k = 0; first < end && k < c; k += L) {
            int channel = Math.min(k, c - L);
            for (int i = 0; i < height; i++) {
                int r = (p + i) * stride - top;
                float[] x0 = isInside(r) ? pixels : zeros;
                float[] x1 = isInside(r + 1) ? pixels : zeros;
                float[] x2 = isInside(r + 2) ? pixels : zeros;
                int r0 = (isInside(r) ? corner + r * down : 0) + skip + channel;
                int r1 = (isInside(r + 1) ? corner + (r + 1) * down : 0) + skip + channel;
                int r2 = (isInside(r + 2) ? corner + (r + 2) * down : 0) + skip + channel;
                int to = out.offset() + ((n * y.dim(1) + p + i) * y.dim(2) + first) * c + channel;
                int at = w + channel;
                if (stride == 1) {
                    DepthwiseWindowsSimd.stride1(
                            x0, r0, x1, r1, x2, r2, c, f, at, step, out.floats(), to, end - first);
                } else {
                    DepthwiseWindowsSimd.stride2(
                            x0, r0, x1, r1, x2, r2, c, f, at, step, out.floats(), to, end - first);
                }
            }
        }
        for (int i = 0; i < height; i++) {
            for (int q = 0; q < first; q++) {
                border(pixels, zeros, corner, p + i, q, f, w, step, out, n);
            }
            for (int q = end; q < y.dim(2); q++) {
                border(pixels, zeros, corner, p + i, q, f, w, step, out, n);
            }
        }
    }

    /// Output `[n, p, q]`, whose window may reach over a border.
    private void border(
            float[] pixels,
            float[] zeros,
            int corner,
            int p,
            int q,
            float[] f,
            int w,
            int step,
            View out,
            int n) {
        int to = out.offset() + ((n * y.dim(1) + p) * y.dim(2) + q) * c;
        int r = p * stride - top;
        int s = q * stride - left;
        int from = Math.max(0, -s);
        int columns = Math.min(3, x.dim(2) - s) - from;
        if (columns <= 0) {
            Arrays.fill(out.floats(), to, to + c, 0);
            return;
        }
        int down = x.dim(2) * c;
        int skip = (s + from) * c;
        DepthwiseWindowsSimd.border(
                isInside(r) ? pixels : zeros,
                (isInside(r) ? corner + r * down : 0) + skip,
                isInside(r + 1) ? pixels : zeros,
                (isInside(r + 1) ? corner + (r + 1) * down : 0) + skip,
                isInside(r + 2) ? pixels : zeros,
                (isInside(r + 2) ? corner + (r + 2) * down : 0) + skip,
                columns,
                c,
                f,
                w + from * step,
                step,
                out.floats(),
                to);
    }

    /// Gradient of the filters; `x` and `y` are the shapes of image and cotangents.
    Work weight(View image, View dy, View dw) {
        return DepthwiseSimd.sumOfChunks(
                y.dim(0) * y.dim(1),
                dw,
                (from, to, sums, at) -> weight(image, dy, from, to, sums, at));
    }

    private void weight(View image, View dy, int from, int to, float[] sums, int at) {
        float[] pixels = image.floats();
        float[] zeros = Scratch.zeros(x.dim(2) * c);
        int[] rows = Scratch.borrowInts(3 * (to - from));
        for (int i = 0; i < to - from; i++) {
            int p = from + i;
            for (int t = 0; t < 3; t++) {
                int r = p % y.dim(1) * stride - top + t;
                int row = p / y.dim(1) * x.dim(1) + r;
                rows[3 * i + t] = isInside(r) ? image.offset() + row * x.dim(2) * c : -1;
            }
        }
        int atY = dy.offset() + from * y.dim(2) * c;
        Arrays.fill(sums, at, at + 9 * c, 0);
        for (int k = 0; first < end && k < c; k += L) {
            int i = Math.min(k, c - L);
            for (int t = 0; t < 9 && i < k; t++) { // sums of the vector before, begun anew
                Arrays.fill(sums, at + t * c + i, at + t * c + k, 0);
            }
            weights(pixels, zeros, rows, to - from, i, dy.floats(), atY + i, sums, at + i);
        }
        for (int i = 0; i < to - from; i++) {
            for (int q = 0; q < first; q++) {
                weightBorder(pixels, zeros, rows, i, q, dy.floats(), atY, sums, at);
            }
            for (int q = end; q < y.dim(2); q++) {
                weightBorder(pixels, zeros, rows, i, q, dy.floats(), atY, sums, at);
            }
        }
        Scratch.giveBack(rows);
    }

    /// Adds what the outputs between the borders give, for the vector of channels from `k` on.
    private void weights(
            float[] pixels,
            float[] zeros,
            int[] rows,
            int height,
            int k,
            float[] dy,
            int atY,
            float[] sums,
            int to) {
        int count = end - first;
        int together = stride == 1 ? count / 2 * 2 : 0;
        int skip = (first * stride - left) * c + k;
        for (int i = 0; i < height; i++) {
            float[] x0 = rows[3 * i] < 0 ? zeros : pixels;
            float[] x1 = rows[3 * i + 1] < 0 ? zeros : pixels;
            float[] x2 = rows[3 * i + 2] < 0 ? zeros : pixels;
            int r0 = Math.max(0, rows[3 * i]) + skip;
            int r1 = Math.max(0, rows[3 * i + 1]) + skip;
            int r2 = Math.max(0, rows[3 * i + 2]) + skip;
            int d = atY + (i * y.dim(2) + first) * c;
            if (together > 0) {
                DepthwiseWeightsSimd.pairs(
                        x0, r0, x1, r1, x2, r2, c, dy, d, sums, to, together / 2);
            }
            if (together < count) {
                int more = together * c; // with stride 1, else none are together
                DepthwiseWeightsSimd.pixels(
                        x0,
                        r0 + more,
                        x1,
                        r1 + more,
                        x2,
                        r2 + more,
                        stride * c,
                        c,
                        dy,
                        d + more,
                        sums,
                        to,
                        count - together);
            }
        }
    }

    /// Adds what output `q` of row `i` gives, whose window may reach over a border.
    private void weightBorder(
            float[] pixels,
            float[] zeros,
            int[] rows,
            int i,
            int q,
            float[] dy,
            int atY,
            float[] sums,
            int at) {
        int s = q * stride - left;
        int from = Math.max(0, -s);
        int columns = Math.min(3, x.dim(2) - s) - from;
        int skip = (s + from) * c;
        if (columns > 0) {
            DepthwiseWeightsSimd.border(
                    rows[3 * i] < 0 ? zeros : pixels,
                    Math.max(0, rows[3 * i]) + skip,
                    rows[3 * i + 1] < 0 ? zeros : pixels,
                    Math.max(0, rows[3 * i + 1]) + skip,
                    rows[3 * i + 2] < 0 ? zeros : pixels,
                    Math.max(0, rows[3 * i + 2]) + skip,
                    columns,
                    c,
                    dy,
                    atY + (i * y.dim(2) + q) * c,
                    sums,
                    at + from * c);
        }
    }

    private boolean isInside(int row) {
        return row >= 0 && row < x.dim(1);
    }
}
