package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.EpilogueCpu;

import java.util.Arrays;
import java.util.List;

/// Depthwise convolution with one filter per channel, and its adjoints: each tap of a pixel is one
/// loop along the channels, which the JIT vectorises.
final class DepthwisePlain {
    private DepthwisePlain() {}

    static Work work(Conv2d f, List<View> in, View y) {
        View x = in.get(0);
        View w = in.get(1);
        Geometry g = f.geometry();
        Shape ys = y.shape();
        Shape xs = x.shape();
        Shape ws = w.shape();
        int c = ys.dim(3);
        return Work.split(
                ys.dim(0) * ys.dim(1),
                Workers.grain(ws.size() * ys.dim(2)),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        int p = row % ys.dim(1);
                        int n = row / ys.dim(1);
                        int atY = y.offset() + row * ys.dim(2) * c;
                        Arrays.fill(y.floats(), atY, atY + ys.dim(2) * c, 0);
                        for (int q = 0; q < ys.dim(2); q++) {
                            for (int i = 0; i < ws.dim(0); i++) {
                                int r = p * g.strideH() + i * g.dilationH() - g.padTop();
                                if (r < 0 || r >= xs.dim(1)) {
                                    continue;
                                }
                                for (int j = 0; j < ws.dim(1); j++) {
                                    int s = q * g.strideW() + j * g.dilationW() - g.padLeft();
                                    if (s < 0 || s >= xs.dim(2)) {
                                        continue;
                                    }
                                    int atX = ((n * xs.dim(1) + r) * xs.dim(2) + s) * c;
                                    multiplyAdd(
                                            x.floats(),
                                            x.offset() + atX,
                                            w.floats(),
                                            w.offset() + (i * ws.dim(1) + j) * c,
                                            y.floats(),
                                            atY + q * c,
                                            c);
                                }
                            }
                        }
                    }
                    EpilogueCpu.run(f.epilogue(), in, 2, y, from * ys.dim(2), to * ys.dim(2));
                });
    }

    static Work work(Conv2dInput f, List<View> in, View dx) {
        View dy = in.get(0);
        View w = in.get(1);
        Geometry g = f.geometry();
        Shape ys = dy.shape();
        Shape xs = dx.shape();
        Shape ws = w.shape();
        int c = xs.dim(3);
        return Work.split(
                xs.dim(0) * xs.dim(1),
                Workers.grain(ws.size() * xs.dim(2)),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        int r = row % xs.dim(1);
                        int n = row / xs.dim(1);
                        int atX = dx.offset() + row * xs.dim(2) * c;
                        Arrays.fill(dx.floats(), atX, atX + xs.dim(2) * c, 0);
                        for (int i = 0; i < ws.dim(0); i++) {
                            int down = r + g.padTop() - i * g.dilationH(); // p · stride
                            int p = Math.floorDiv(down, g.strideH());
                            if (p * g.strideH() == down && p >= 0 && p < ys.dim(1)) {
                                int atY = dy.offset() + (n * ys.dim(1) + p) * ys.dim(2) * c;
                                scatterRow(g, dy.floats(), atY, ys, w, i, dx.floats(), atX, xs);
                            }
                        }
                    }
                    EpilogueCpu.run(f.epilogue(), in, 2, dx, from * xs.dim(2), to * xs.dim(2));
                });
    }

    private static void scatterRow(
            Geometry g,
            float[] dy,
            int atY,
            Shape ys,
            View w,
            int i,
            float[] dx,
            int atX,
            Shape xs) {
        int c = xs.dim(3);
        int kw = w.shape().dim(1);
        for (int q = 0; q < ys.dim(2); q++) {
            for (int j = 0; j < kw; j++) {
                int s = q * g.strideW() + j * g.dilationW() - g.padLeft();
                if (s >= 0 && s < xs.dim(2)) {
                    multiplyAdd(
                            dy,
                            atY + q * c,
                            w.floats(),
                            w.offset() + (i * kw + j) * c,
                            dx,
                            atX + s * c,
                            c);
                }
            }
        }
    }

    static Work work(Conv2dWeight f, List<View> in, View dw) {
        View x = in.get(0);
        View dy = in.get(1);
        Geometry g = f.geometry();
        Shape xs = x.shape();
        Shape ys = dy.shape();
        Shape ws = dw.shape();
        int c = xs.dim(3);
        return Work.of(
                ws.dim(0) * ws.dim(1),
                tap -> {
                    int i = tap / ws.dim(1);
                    int j = tap % ws.dim(1);
                    int atW = dw.offset() + tap * c;
                    Arrays.fill(dw.floats(), atW, atW + c, 0);
                    for (int row = 0; row < ys.dim(0) * ys.dim(1); row++) {
                        int r = row % ys.dim(1) * g.strideH() + i * g.dilationH() - g.padTop();
                        if (r < 0 || r >= xs.dim(1)) {
                            continue;
                        }
                        int image = row / ys.dim(1) * xs.dim(1);
                        for (int q = 0; q < ys.dim(2); q++) {
                            int s = q * g.strideW() + j * g.dilationW() - g.padLeft();
                            if (s >= 0 && s < xs.dim(2)) {
                                multiplyAdd(
                                        x.floats(),
                                        x.offset() + ((image + r) * xs.dim(2) + s) * c,
                                        dy.floats(),
                                        dy.offset() + (row * ys.dim(2) + q) * c,
                                        dw.floats(),
                                        atW,
                                        c);
                            }
                        }
                    }
                });
    }

    /// `y[t] += a[t] · b[t]`.
    private static void multiplyAdd(
            float[] a, int atA, float[] b, int atB, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] += a[atA + t] * b[atB + t];
        }
    }
}
