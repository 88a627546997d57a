package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.CopySimd;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.MicroKernelSimd;
import javelin.kernels.matmul.Panels;
import javelin.kernels.matmul.TilesSimd;

import java.util.Arrays;
import java.util.List;

/// Gradient of the filters as matrix products `dw[i] = x_iᵀ · dy` that sum over output pixels, one
/// per row `i` of taps: `x_i [pixels, kw·c]` holds for each output pixel the run of numbers under
/// that row of its window, gathered for a band of pixels that fits the second-level cache.
///
/// Work is divided by columns of `dw`, then by its rows, and by pixels only if that is not enough:
/// each chunk of pixels sums on its own, and the sums are added in order. All of it depends on the
/// problem only.
final class ConvWeightSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final int ROWS = MicroKernelSimd.ROWS;

    /// Elements of the gathered band: 256 KB.
    private static final int BAND = 1 << 16;

    /// Panels of one piece of work: so many reuse what was gathered.
    private static final int PANELS = 4;

    /// Rows a multiple of this many elements apart meet in a few sets of the first-level cache;
    /// they are read from a copy with rows closer or further apart.
    private static final int ALIASED = 128;

    /// Columns of `x` that are copied at a time if only their distance keeps it from being read
    /// where it lies.
    private static final int BLOCK = 16 * ROWS;

    private static final int ENOUGH_TASKS = 16;

    /// Least rows of a piece of work, and least pixels, so that packing and adding do not count.
    private static final int LEAST_ROWS = 2 * BLOCK;

    private static final int LEAST_PIXELS = 256;

    /// Multiply-adds that are worth a piece of work of their own.
    private static final long LEAST_WORK = 1 << 18;

    /// Elements of all partial sums together.
    private static final int PARTIALS = 1 << 22;

    private ConvWeightSimd() {}

    static void run(Geometry f, List<View> in, View dw, Workers workers) {
        Shape cotangents = in.get(1).shape();
        if (Winograd.fitsWeight(f, dw.shape(), cotangents, SpeciesSimd.LANES)) {
            WinogradWeightSimd.run(in.get(0), in.get(1), dw, f.padTop(), f.padLeft(), workers);
            return;
        }
        View x = in.get(0);
        View dy = in.get(1);
        Shape ys = dy.shape();
        Shape ws = dw.shape();
        int size = dw.length();
        int outs = ws.dim(3) / f.groups();
        int slices = (Panels.count(outs, WIDTH) + PANELS - 1) / PANELS;
        int pixels = ys.dim(0) * ys.dim(1) * ys.dim(2);
        long work = (long) pixels * size;
        int parts = parts(f, ws);
        int tasks = f.groups() * slices * parts;
        int chunks = ENOUGH_TASKS / Math.min(ENOUGH_TASKS, tasks);
        chunks = (int) Math.min(chunks, Math.max(1, work / LEAST_WORK));
        chunks = Math.clamp(pixels / LEAST_PIXELS, 1, chunks);
        chunks = Math.clamp(PARTIALS / size + 1, 1, chunks);
        float[] partial = Scratch.borrow((chunks - 1) * size);
        int count = chunks;
        workers.run(
                chunks * tasks,
                task -> {
                    int part = task % parts;
                    int slice = task / parts % slices;
                    int g = task / parts / slices % f.groups();
                    int chunk = task / tasks;
                    int from = (int) ((long) pixels * chunk / count);
                    int to = (int) ((long) pixels * (chunk + 1) / count);
                    float[] sums = chunk == 0 ? dw.floats() : partial;
                    int at = chunk == 0 ? dw.offset() : (chunk - 1) * size;
                    chunk(f, x, dy, ws, g, slice, part, parts, from, to, sums, at);
                });
        workers.split(
                size,
                Workers.grain(count),
                (from, to) -> {
                    for (int chunk = 1; chunk < count; chunk++) {
                        add(
                                partial,
                                (chunk - 1) * size + from,
                                dw.floats(),
                                dw.offset() + from,
                                to - from);
                    }
                });
        Scratch.giveBack(partial);
    }

    /// Number of pieces that the rows of `dw` make: rows of taps, or blocks of channels.
    private static int parts(Geometry f, Shape ws) {
        if (isDirect(f, ws)) {
            return Math.clamp(ws.dim(2) / LEAST_ROWS, 1, ENOUGH_TASKS);
        }
        return width(f, ws) < LEAST_ROWS ? 1 : runs(f, ws);
    }

    /// Number of gathered runs of taps.
    private static int runs(Geometry f, Shape ws) {
        return joinsTaps(f) ? ws.dim(0) : ws.dim(0) * ws.dim(1);
    }

    /// Numbers in one of them for one pixel.
    private static int width(Geometry f, Shape ws) {
        return joinsTaps(f) ? ws.dim(1) * ws.dim(2) : ws.dim(2);
    }

    /// Whether `x` is the matrix to multiply with.
    private static boolean isDirect(Geometry f, Shape ws) {
        return f.equals(Geometry.UNIT) && ws.dim(0) == 1 && ws.dim(1) == 1 && ws.dim(2) >= ROWS;
    }

    /// Whether the taps of a row of the window lie side by side.
    private static boolean joinsTaps(Geometry f) {
        return f.dilationW() == 1 && f.groups() == 1;
    }

    /// Distance at which rows of `width` elements do not meet in the first-level cache.
    static int pitch(int width) {
        return width % ALIASED == 0 ? width + 16 : width;
    }

    /// `y += x`, `n` elements.
    static void add(float[] x, int atX, float[] y, int atY, int n) {
        for (int i = 0; i < n; i++) {
            y[atY + i] += x[atX + i];
        }
    }

    /// Sum over pixels `from` to `to`, for one group, up to [#PANELS] panels of output channels and
    /// one part of the rows.
    private static void chunk(
            Geometry f,
            View x,
            View dy,
            Shape ws,
            int g,
            int slice,
            int part,
            int parts,
            int from,
            int to,
            float[] sums,
            int atSums) {
        int c = ws.dim(2);
        int outs = ws.dim(3) / f.groups();
        int width = width(f, ws);
        boolean direct = isDirect(f, ws);
        int top = direct ? (int) ((long) c * part / parts) / ROWS * ROWS : 0;
        int bottom = part == parts - 1 ? c : (int) ((long) c * (part + 1) / parts) / ROWS * ROWS;
        boolean inBlocks = direct && c % ALIASED == 0;
        int pitch = pitch(width);
        int most = Math.clamp(BAND / (inBlocks ? BLOCK : width), 64, 256);
        int column = slice * PANELS * WIDTH;
        int end = Math.min(outs, column + PANELS * WIDTH);
        float[] gathered =
                Scratch.borrow(inBlocks ? most * BLOCK : direct ? 0 : most * pitch + CopySimd.GAP);
        float[] packed = Scratch.borrow(most * PANELS * WIDTH);
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        if (from == to) { // no pixels at all: the sum is 0
            clear(sums, atSums, ws, g * outs + column, g * outs + end);
        }
        for (int p = from; p < to; p += most) {
            int length = Math.min(most, to - p);
            Panels.pack(
                    dy.floats(),
                    dy.offset() + p * ws.dim(3) + g * outs + column,
                    ws.dim(3),
                    1,
                    0,
                    length,
                    length,
                    end - column,
                    packed,
                    0);
            boolean first = p == from;
            int step = ws.dim(3);
            int at = atSums + g * outs;
            if (direct) {
                int block = inBlocks ? BLOCK : bottom - top;
                for (int i = top; i < bottom; i += block) {
                    int w = Math.min(block, bottom - i);
                    int corner = x.offset() + p * c + i;
                    if (inBlocks) {
                        copy(x.floats(), corner, c, length, w, gathered);
                    }
                    float[] a = inBlocks ? gathered : x.floats();
                    int atA = inBlocks ? 0 : corner;
                    int target = at + i * step;
                    int apart = inBlocks ? w : c;
                    panels(
                            a, atA, apart, w, packed, column, end, length, sums, target, step,
                            first, tile);
                }
                continue;
            }
            int runs = runs(f, ws);
            for (int run = runs * part / parts; run < runs * (part + 1) / parts; run++) {
                int across = joinsTaps(f) ? ws.dim(1) : 1;
                int i = run * across / ws.dim(1);
                int j = run * across % ws.dim(1);
                gather(f, x, dy.shape(), i, j, g * c, c, across, p, length, gathered, pitch);
                int row = at + run * width * step;
                panels(
                        gathered, 0, pitch, width, packed, column, end, length, sums, row, step,
                        first, tile);
            }
        }
        Scratch.giveBack(tile);
        Scratch.giveBack(packed);
        Scratch.giveBack(gathered);
    }

    /// The product of `length` rows of `width` numbers, `pitch` apart, with the packed panels of
    /// columns `column` to `end`.
    private static void panels(
            float[] a,
            int atA,
            int pitch,
            int width,
            float[] packed,
            int column,
            int end,
            int length,
            float[] sums,
            int at,
            int step,
            boolean first,
            float[] tile) {
        for (int o = column; o < end; o += WIDTH) {
            int b = (o - column) * length;
            int columns = Math.min(WIDTH, end - o);
            product(
                    a, atA, pitch, width, packed, b, length, sums, at + o, step, columns, first,
                    tile);
        }
    }

    /// `width` numbers of each of `rows` rows, side by side.
    private static void copy(float[] x, int from, int step, int rows, int width, float[] to) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, from + r * step, to, r * width, width);
        }
    }

    private static void clear(float[] sums, int atSums, Shape ws, int from, int to) {
        for (int row = 0; row < ws.product(0, 3); row++) {
            int at = atSums + row * ws.dim(3);
            Arrays.fill(sums, at + from, at + to, 0);
        }
    }

    /// One packed panel of `aᵀ · b`, all rows: `y[at + i·step + j] (+)= …`. The last tile begins
    /// early enough to be whole if it can, and only its new rows are stored; what it reads beyond a
    /// narrow row is dropped.
    static void product(
            float[] a,
            int atA,
            int pitch,
            int width,
            float[] b,
            int atB,
            int length,
            float[] y,
            int at,
            int step,
            int columns,
            boolean first,
            float[] tile) {
        for (int i = 0; i < width; i += ROWS) {
            int to = at + i * step;
            if (i + ROWS <= width && columns == WIDTH) {
                MicroKernelSimd.outer(a, atA + i, pitch, b, atB, length, first, y, to, step);
                continue;
            }
            int start = Math.max(0, Math.min(i, width - ROWS));
            MicroKernelSimd.outer(a, atA + start, pitch, b, atB, length, true, tile, 0, WIDTH);
            for (int r = i; r < Math.min(i + ROWS, width); r++) {
                TilesSimd.sum(tile, (r - start) * WIDTH, y, at + r * step, columns, first);
            }
        }
    }

    /// For output pixels `p … p + length` the `taps` pixels from tap `i, j` on, side by side, with
    /// `c` channels from `c0` on each; the next one `pitch` further.
    private static void gather(
            Geometry f,
            View x,
            Shape ys,
            int i,
            int j,
            int c0,
            int c,
            int taps,
            int p,
            int length,
            float[] to,
            int pitch) {
        Shape xs = x.shape();
        int width = taps * c;
        int q = p % ys.dim(2);
        int v = p / ys.dim(2) % ys.dim(1);
        int n = p / ys.dim(2) / ys.dim(1);
        int step = f.strideW() * xs.dim(3);
        int t = 0;
        while (t < length) {
            int end = Math.min(length, t + ys.dim(2) - q); // of this row of output pixels
            int r = v * f.strideH() + i * f.dilationH() - f.padTop();
            int s = q * f.strideW() + j * f.dilationW() - f.padLeft();
            if (r < 0 || r >= xs.dim(1)) {
                for (; t < end; t++) {
                    Arrays.fill(to, t * pitch, t * pitch + width, 0);
                }
            }
            int row = x.offset() + (n * xs.dim(1) + r) * xs.dim(2) * xs.dim(3) + c0;
            for (; t < end && s < 0; t++, s += f.strideW()) {
                border(x.floats(), row, xs, s, c, taps, to, t * pitch);
            }
            for (int from = row + s * xs.dim(3); t < end && s + taps <= xs.dim(2); t++) {
                CopySimd.run(x.floats(), from, to, t * pitch, width); // the next row follows
                from += step;
                s += f.strideW();
            }
            for (; t < end; t++, s += f.strideW()) {
                border(x.floats(), row, xs, s, c, taps, to, t * pitch);
            }
            q = 0;
            if (++v == ys.dim(1)) {
                v = 0;
                n++;
            }
        }
    }

    /// A run of pixels some of which lie outside the image.
    private static void border(
            float[] x, int row, Shape xs, int s, int c, int taps, float[] to, int at) {
        int left = Math.clamp(-(long) s, 0, taps);
        int right = Math.clamp((long) xs.dim(2) - s, left, taps);
        Arrays.fill(to, at, at + left * c, 0);
        Arrays.fill(to, at + right * c, at + taps * c, 0);
        if (left < right) {
            System.arraycopy(
                    x, row + (s + left) * xs.dim(3), to, at + left * c, (right - left) * c);
        }
    }
}
