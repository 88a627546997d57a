package javelin.bench.conv;

import javelin.kernels.conv.Geometry;

/// The products that make up one element of a convolution or of its gradients, straight from the
/// formula of [javelin.kernels.conv.Conv2d] and by another way than our kernels go.
final class ConvTerms {
    private final ConvLayer layer;
    private final Geometry g;
    private final int batch, kh, kw, channels, filters, oh, ow;

    ConvTerms(ConvLayer layer, int batch) {
        this.layer = layer;
        this.batch = batch;
        g = layer.geometry();
        kh = layer.weight().dim(0);
        kw = layer.weight().dim(1);
        channels = layer.weight().dim(2); // of one group
        filters = layer.o();
        oh = layer.outH();
        ow = layer.outW();
    }

    /// One product, by the positions of its factors in the two inputs.
    interface Term {
        void of(int left, int right);
    }

    /// Visits the products of the output's element `at`.
    void visit(Direction direction, int[] at, Term term) {
        switch (direction) {
            case FORWARD -> result(at[0], at[1], at[2], at[3], term);
            case DGRAD -> pixel(at[0], at[1], at[2], at[3], term);
            case WGRAD -> tap(at[0], at[1], at[2], at[3], term);
        }
    }

    private void result(int n, int p, int q, int o, Term term) {
        int first = o / (filters / g.groups()) * channels;
        for (int i = 0; i < kh; i++) {
            for (int j = 0; j < kw; j++) {
                int y = row(p, i);
                int x = column(q, j);
                for (int c = 0; c < channels && inside(y, x); c++) {
                    term.of(image(n, y, x, first + c), weight(i, j, c, o));
                }
            }
        }
    }

    private void pixel(int n, int y, int x, int c, Term term) {
        int group = c / channels;
        int perGroup = filters / g.groups();
        for (int p = 0; p < oh; p++) {
            for (int q = 0; q < ow; q++) {
                for (int i = 0; i < kh && near(p, q, y, x); i++) {
                    for (int j = 0; j < kw; j++) {
                        if (row(p, i) == y && column(q, j) == x) {
                            for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
                                term.of(result(n, p, q, o), weight(i, j, c % channels, o));
                            }
                        }
                    }
                }
            }
        }
    }

    private void tap(int i, int j, int c, int o, Term term) {
        int channel = o / (filters / g.groups()) * channels + c;
        for (int n = 0; n < batch; n++) {
            for (int p = 0; p < oh; p++) {
                for (int q = 0; q < ow; q++) {
                    int y = row(p, i);
                    int x = column(q, j);
                    if (inside(y, x)) {
                        term.of(image(n, y, x, channel), result(n, p, q, o));
                    }
                }
            }
        }
    }

    private int row(int p, int i) {
        return p * g.strideH() + i * g.dilationH() - g.padTop();
    }

    private int column(int q, int j) {
        return q * g.strideW() + j * g.dilationW() - g.padLeft();
    }

    private boolean inside(int y, int x) {
        return y >= 0 && y < layer.h() && x >= 0 && x < layer.w();
    }

    /// Whether the window of a result covers a pixel, holes included.
    private boolean near(int p, int q, int y, int x) {
        return row(p, 0) <= y && y <= row(p, kh - 1) && column(q, 0) <= x && x <= column(q, kw - 1);
    }

    private int image(int n, int y, int x, int c) {
        return ((n * layer.h() + y) * layer.w() + x) * layer.c() + c;
    }

    private int weight(int i, int j, int c, int o) {
        return ((i * kw + j) * channels + c) * filters + o;
    }

    private int result(int n, int p, int q, int o) {
        return ((n * oh + p) * ow + q) * filters + o;
    }
}
