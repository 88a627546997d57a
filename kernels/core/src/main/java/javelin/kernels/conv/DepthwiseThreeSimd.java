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

    /// Taps of a filter.
    private static final int TAPS = 9;

    /// Most rows of outputs of a band, unless they are very short.
    private static final int BAND = 16;

    /// Bands are lower than [#BAND] where there would be fewer of them than this.
    private static final int ENOUGH_BANDS = 8;

    /// Fewer windows in a row are done as those at the borders are: a loop takes four at a time.
    private static final int LEAST_WINDOWS = 4;

    private final int stride;
    private final int top;
    private final int left;
    private final boolean turned;
    private final Shape x;
    private final Shape y;
    private final int c;

    /// Number of rows of outputs, of all images.
    private final int rows;

    /// The first output of a row whose window lies between the left and the right border.
    private final int first;

    /// End of these outputs.
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
        rows = y.dim(0) * y.dim(1);
        int begin = Math.clamp(Math.ceilDiv(left, stride), 0, y.dim(2));
        int stop = Math.floorDiv(x.dim(2) - 3 + left, stride) + 1;
        stop = Math.clamp(stop, begin, y.dim(2));
        boolean some = stop - begin >= LEAST_WINDOWS;
        first = some ? begin : y.dim(2);
        end = some ? stop : y.dim(2);
    }

    /// Whether this is such a convolution, with channels that fill a vector.
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
        int band = Math.clamp(Math.ceilDiv(rows, ENOUGH_BANDS), 1, BAND);
        int least = Workers.grain((long) TAPS * y.dim(2) * c / L);
        return Work.split(
                rows,
                Math.max(band, least),
                (from, to) -> {
                    int[] seen = seen(in.get(0), from, to);
                    convolve(in.get(0).floats(), seen, in.get(1), out, from, to);
                    Scratch.giveBack(seen);
                    int pixel = from * y.dim(2);
                    EpilogueCpu.run(epilogue, in, 2, out, pixel, to * y.dim(2));
                });
    }

    /// The rows of the image that each of the rows of outputs `from` to `to` sees, three each:
    /// where they begin, or −1 above and below the image.
    private int[] seen(View image, int from, int to) {
        int[] starts = Scratch.borrowInts(3 * (to - from));
        for (int p = from; p < to; p++) {
            for (int t = 0; t < 3; t++) {
                int r = p % y.dim(1) * stride - top + t;
                int row = p / y.dim(1) * x.dim(1) + r;
                boolean isInside = r >= 0 && r < x.dim(1);
                starts[3 * (p - from) + t] = isInside ? image.offset() + row * x.dim(2) * c : -1;
            }
        }
        return starts;
    }

    private void convolve(float[] pixels, int[] seen, View filters, View out, int from, int to) {
        float[] zeros = Scratch.zeros(x.dim(2) * c);
        float[] f = filters.floats();
        int w = filters.offset() + (turned ? (TAPS - 1) * c : 0);
        int step = turned ? -c : c;
        int count = end - first;
        for (int k = 0; count > 0 && k < c; k += L) {
            int channel = Math.min(k, c - L); // the last vectors overlap
            int skip = (first * stride - left) * c + channel;
            for (int i = 0; i < to - from; i++) {
                float[] x0 = seen[3 * i] < 0 ? zeros : pixels;
                float[] x1 = seen[3 * i + 1] < 0 ? zeros : pixels;
                float[] x2 = seen[3 * i + 2] < 0 ? zeros : pixels;
                int r0 = Math.max(0, seen[3 * i]) + skip;
                int r1 = Math.max(0, seen[3 * i + 1]) + skip;
                int r2 = Math.max(0, seen[3 * i + 2]) + skip;
                int at = w + channel;
                int z = pixel(out, from + i, first) + channel;
                if (stride == 1) {
                    DepthwiseWindowsSimd.stride1(
                            x0, r0, x1, r1, x2, r2, c, f, at, step, out.floats(), z, count);
                } else {
                    DepthwiseWindowsSimd.stride2(
                            x0, r0, x1, r1, x2, r2, c, f, at, step, out.floats(), z, count);
                }
            }
        }
        for (int i = 0; i < to - from; i++) {
            for (int q = nextBorder(0); q < y.dim(2); q = nextBorder(q + 1)) {
                int z = pixel(out, from + i, q);
                if (columns(q) <= 0) {
                    Arrays.fill(out.floats(), z, z + c, 0);
                    continue;
                }
                int skip = skip(q);
                DepthwiseWindowsSimd.border(
                        seen[3 * i] < 0 ? zeros : pixels,
                        Math.max(0, seen[3 * i]) + skip,
                        seen[3 * i + 1] < 0 ? zeros : pixels,
                        Math.max(0, seen[3 * i + 1]) + skip,
                        seen[3 * i + 2] < 0 ? zeros : pixels,
                        Math.max(0, seen[3 * i + 2]) + skip,
                        columns(q),
                        c,
                        f,
                        w + lost(q) * step,
                        step,
                        out.floats(),
                        z);
            }
        }
    }

    /// Where output `q` of a row of outputs begins in a view of the shape `y`.
    private int pixel(View view, int row, int q) {
        return view.offset() + (row * y.dim(2) + q) * c;
    }

    // ---- outputs at the left and the right border ----

    /// The first of them from `q` on; the number of outputs of a row after the last.
    private int nextBorder(int q) {
        return q >= first && q < end ? end : q;
    }

    /// Columns of the window of output `q` that lie left of the image.
    private int lost(int q) {
        return Math.max(0, left - q * stride);
    }

    /// Columns of its window that lie inside; not positive if none does.
    private int columns(int q) {
        return Math.min(3, x.dim(2) - q * stride + left) - lost(q);
    }

    /// Elements of a row of the image before the first of these columns.
    private int skip(int q) {
        return (q * stride - left + lost(q)) * c;
    }

    // ---- gradient of the filters ----

    /// Gradient of the filters; `x` and `y` are the shapes of image and cotangents.
    Work weight(View image, View dy, View dw) {
        return DepthwiseSimd.sumOfChunks(
                rows,
                dw,
                (from, to, sums, at) -> {
                    int[] seen = seen(image, from, to);
                    weight(image.floats(), seen, dy, from, to, sums, at);
                    Scratch.giveBack(seen);
                });
    }

    private void weight(
            float[] pixels, int[] seen, View dy, int from, int to, float[] sums, int at) {
        float[] zeros = Scratch.zeros(x.dim(2) * c);
        Arrays.fill(sums, at, at + TAPS * c, 0);
        for (int k = 0; first < end && k < c; k += L) {
            int channel = Math.min(k, c - L);
            for (int t = 0; t < TAPS && channel < k; t++) { // sums of the vector before, begun anew
                Arrays.fill(sums, at + t * c + channel, at + t * c + k, 0);
            }
            addWindows(pixels, zeros, seen, channel, dy, from, to, sums, at + channel);
        }
        for (int i = 0; i < to - from; i++) {
            for (int q = nextBorder(0); q < y.dim(2); q = nextBorder(q + 1)) {
                if (columns(q) > 0) {
                    int skip = skip(q);
                    DepthwiseWeightsSimd.border(
                            seen[3 * i] < 0 ? zeros : pixels,
                            Math.max(0, seen[3 * i]) + skip,
                            seen[3 * i + 1] < 0 ? zeros : pixels,
                            Math.max(0, seen[3 * i + 1]) + skip,
                            seen[3 * i + 2] < 0 ? zeros : pixels,
                            Math.max(0, seen[3 * i + 2]) + skip,
                            columns(q),
                            c,
                            dy.floats(),
                            pixel(dy, from + i, q),
                            sums,
                            at + lost(q) * c);
                }
            }
        }
    }

    /// Adds what the outputs between the borders give, for one vector of channels.
    private void addWindows(
            float[] pixels,
            float[] zeros,
            int[] seen,
            int channel,
            View dy,
            int from,
            int to,
            float[] sums,
            int at) {
        int skip = (first * stride - left) * c + channel;
        int count = end - first;
        int pairs = stride == 1 ? count / 2 : 0;
        int more = 2 * pairs * c;
        for (int i = 0; i < to - from; i++) {
            float[] x0 = seen[3 * i] < 0 ? zeros : pixels;
            float[] x1 = seen[3 * i + 1] < 0 ? zeros : pixels;
            float[] x2 = seen[3 * i + 2] < 0 ? zeros : pixels;
            int r0 = Math.max(0, seen[3 * i]) + skip;
            int r1 = Math.max(0, seen[3 * i + 1]) + skip;
            int r2 = Math.max(0, seen[3 * i + 2]) + skip;
            int d = pixel(dy, from + i, first) + channel;
            if (pairs > 0) {
                DepthwiseWeightsSimd.pairs(
                        x0, r0, x1, r1, x2, r2, c, dy.floats(), d, sums, at, pairs);
            }
            if (2 * pairs < count) {
                DepthwiseWeightsSimd.pixels(
                        x0,
                        r0 + more,
                        x1,
                        r1 + more,
                        x2,
                        r2 + more,
                        stride * c,
                        c,
                        dy.floats(),
                        d + more,
                        sums,
                        at,
                        count - 2 * pairs);
            }
        }
    }
}
