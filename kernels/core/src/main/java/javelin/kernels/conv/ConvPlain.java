package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.EpilogueCpu;

import java.util.Arrays;
import java.util.List;

/// Convolution and its two adjoints as loops whose innermost one runs along the output channels.
///
/// Indices: image `n`, output pixel `p, q`, tap `i, j`, input pixel `r, s`, channel `c` of a group,
/// output channel `o`, group `g`.
final class ConvPlain {
    private ConvPlain() {}

    static Work work(Conv2d f, List<View> in, View y) {
        View x = in.get(0);
        View w = in.get(1);
        Shape ys = y.shape();
        long work = w.shape().size();
        return Work.split(
                ys.dim(0) * ys.dim(1) * ys.dim(2),
                Workers.grain(work),
                (from, to) -> {
                    Arrays.fill(
                            y.floats(),
                            y.offset() + from * ys.dim(3),
                            y.offset() + to * ys.dim(3),
                            0);
                    for (int pixel = from; pixel < to; pixel++) {
                        outputPixel(f.geometry(), x, w, y, pixel);
                    }
                    EpilogueCpu.run(f.epilogue(), in, 2, y, from, to);
                });
    }

    private static void outputPixel(Geometry f, View x, View w, View y, int pixel) {
        Shape xs = x.shape();
        Shape ws = w.shape();
        int perGroup = ws.dim(3) / f.groups();
        int q = pixel % y.shape().dim(2);
        int p = pixel / y.shape().dim(2) % y.shape().dim(1);
        int n = pixel / y.shape().dim(2) / y.shape().dim(1);
        int atY = y.offset() + pixel * ws.dim(3);
        for (int i = 0; i < ws.dim(0); i++) {
            for (int j = 0; j < ws.dim(1); j++) {
                int r = p * f.strideH() + i * f.dilationH() - f.padTop();
                int s = q * f.strideW() + j * f.dilationW() - f.padLeft();
                if (r < 0 || r >= xs.dim(1) || s < 0 || s >= xs.dim(2)) {
                    continue;
                }
                int atX = x.offset() + ((n * xs.dim(1) + r) * xs.dim(2) + s) * xs.dim(3);
                for (int g = 0; g < f.groups(); g++) {
                    for (int c = 0; c < ws.dim(2); c++) {
                        addScaled(
                                x.floats()[atX + g * ws.dim(2) + c],
                                w.floats(),
                                at(w, i, j, c, g * perGroup),
                                y.floats(),
                                atY + g * perGroup,
                                perGroup);
                    }
                }
            }
        }
    }

    static Work work(Conv2dInput f, List<View> in, View dx) {
        View dy = in.get(0);
        View w = in.get(1);
        Shape xs = dx.shape();
        long work = w.shape().size();
        return Work.split(
                xs.dim(0) * xs.dim(1) * xs.dim(2),
                Workers.grain(work),
                (from, to) -> {
                    Arrays.fill(
                            dx.floats(),
                            dx.offset() + from * xs.dim(3),
                            dx.offset() + to * xs.dim(3),
                            0);
                    for (int pixel = from; pixel < to; pixel++) {
                        inputPixel(f.geometry(), dy, w, dx, pixel);
                    }
                    EpilogueCpu.run(f.epilogue(), in, 2, dx, from, to);
                });
    }

    private static void inputPixel(Geometry f, View dy, View w, View dx, int pixel) {
        Shape ys = dy.shape();
        Shape ws = w.shape();
        int perGroup = ws.dim(3) / f.groups();
        int s = pixel % dx.shape().dim(2);
        int r = pixel / dx.shape().dim(2) % dx.shape().dim(1);
        int n = pixel / dx.shape().dim(2) / dx.shape().dim(1);
        int atX = dx.offset() + pixel * dx.shape().dim(3);
        for (int i = 0; i < ws.dim(0); i++) {
            for (int j = 0; j < ws.dim(1); j++) {
                int down = r + f.padTop() - i * f.dilationH(); // p · stride
                int right = s + f.padLeft() - j * f.dilationW(); // q · stride
                int p = Math.floorDiv(down, f.strideH());
                int q = Math.floorDiv(right, f.strideW());
                if (p * f.strideH() != down
                        || q * f.strideW() != right
                        || p < 0
                        || p >= ys.dim(1)
                        || q < 0
                        || q >= ys.dim(2)) {
                    continue;
                }
                int atY = dy.offset() + ((n * ys.dim(1) + p) * ys.dim(2) + q) * ys.dim(3);
                for (int g = 0; g < f.groups(); g++) {
                    for (int c = 0; c < ws.dim(2); c++) {
                        dx.floats()[atX + g * ws.dim(2) + c] +=
                                dot(
                                        w.floats(),
                                        at(w, i, j, c, g * perGroup),
                                        dy.floats(),
                                        atY + g * perGroup,
                                        perGroup);
                    }
                }
            }
        }
    }

    static Work work(Conv2dWeight f, List<View> in, View dw) {
        Shape ws = dw.shape();
        Shape ys = in.get(1).shape();
        long work = (long) ys.dim(0) * ys.dim(1) * ys.dim(2) * ys.dim(3);
        return Work.split(
                ws.dim(0) * ws.dim(1) * ws.dim(2),
                Workers.grain(work),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        weightRow(f.geometry(), in.get(0), in.get(1), dw, row);
                    }
                });
    }

    private static void weightRow(Geometry f, View x, View dy, View dw, int row) {
        Shape xs = x.shape();
        Shape ys = dy.shape();
        Shape ws = dw.shape();
        int perGroup = ws.dim(3) / f.groups();
        int c = row % ws.dim(2);
        int j = row / ws.dim(2) % ws.dim(1);
        int i = row / ws.dim(2) / ws.dim(1);
        int atW = dw.offset() + row * ws.dim(3);
        Arrays.fill(dw.floats(), atW, atW + ws.dim(3), 0);
        for (int pixel = 0; pixel < ys.dim(0) * ys.dim(1) * ys.dim(2); pixel++) {
            int q = pixel % ys.dim(2);
            int p = pixel / ys.dim(2) % ys.dim(1);
            int n = pixel / ys.dim(2) / ys.dim(1);
            int r = p * f.strideH() + i * f.dilationH() - f.padTop();
            int s = q * f.strideW() + j * f.dilationW() - f.padLeft();
            if (r < 0 || r >= xs.dim(1) || s < 0 || s >= xs.dim(2)) {
                continue;
            }
            int atX = x.offset() + ((n * xs.dim(1) + r) * xs.dim(2) + s) * xs.dim(3) + c;
            for (int g = 0; g < f.groups(); g++) {
                addScaled(
                        x.floats()[atX + g * ws.dim(2)],
                        dy.floats(),
                        dy.offset() + pixel * ys.dim(3) + g * perGroup,
                        dw.floats(),
                        atW + g * perGroup,
                        perGroup);
            }
        }
    }

    /// `y[t] += factor · x[t]`.
    private static void addScaled(
            float factor, float[] x, int atX, float[] y, int atY, int length) {
        for (int t = 0; t < length; t++) {
            y[atY + t] += factor * x[atX + t];
        }
    }

    private static float dot(float[] a, int atA, float[] b, int atB, int length) {
        float sum = 0;
        for (int t = 0; t < length; t++) {
            sum += a[atA + t] * b[atB + t];
        }
        return sum;
    }

    private static int at(View v, int i, int j, int k, int l) {
        Shape s = v.shape();
        return v.offset() + ((i * s.dim(1) + j) * s.dim(2) + k) * s.dim(3) + l;
    }
}
