package javelin.kernels.conv;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Operand;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.matmul.Epilogue;
import javelin.kernels.matmul.MatmulCases;

import java.util.ArrayList;
import java.util.List;

/// Cases of convolution and its adjoints.
public final class ConvCases {
    private static final Geometry SAME = Geometry.of(1, 1);

    private ConvCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int c : new int[] {1, 3, 4, 7, 8, 9, 16, 17}) {
            add(cases, 2, 7, 6, c, 3, 3, 17 - c % 3, SAME);
            add(cases, 1, 5, 9, c, 1, 1, c + 1, Geometry.UNIT);
        }
        for (int lanes : new int[] {16, 32, 48}) { // Winograd, whole and partial tiles
            add(cases, 3, 9, 10, lanes, 3, 3, lanes, SAME);
            add(cases, 2, 12, 12, lanes, 3, 3, 64 - lanes, Geometry.of(1, 0));
            add(cases, 4, 7, 8, 32, 3, 3, lanes, new Geometry(1, 1, 2, 0, 1, 2, 1, 1, 1));
            add(cases, 2, 9, 10, lanes, 3, 3, 32, new Geometry(1, 1, 0, 3, 1, 3, 1, 1, 1));
        }
        cases.add(forward(1, 24, 26, 16, 9, 9, 24, Geometry.of(1, 4), Epilogue.NONE)); // Fourier
        cases.add(forward(2, 19, 17, 16, 7, 9, 16, Geometry.of(1, 3), Epilogue.NONE));
        add(cases, 2, 10, 10, 100, 3, 3, 33, SAME);
        add(cases, 1, 4, 5, 207, 1, 1, 31, Geometry.UNIT);
        add(cases, 1, 5, 6, 128, 1, 1, 20, Geometry.UNIT); // rows that meet in the cache
        add(cases, 1, 6, 7, 64, 2, 2, 24, Geometry.of(2, 0));
        add(cases, 3, 9, 10, 128, 3, 3, 128, SAME);
        add(cases, 1, 13, 14, 160, 3, 3, 112, SAME); // many pairs of channels
        add(cases, 1, 19, 17, 3, 7, 7, 20, Geometry.of(2, 3));
        add(cases, 1, 60, 9, 3, 3, 3, 24, SAME); // few channels, bands of rows
        add(cases, 2, 9, 33, 48, 5, 4, 2, Geometry.of(1, 2));
        add(cases, 2, 14, 13, 2, 4, 3, 40, new Geometry(3, 2, 1, 2, 0, 3, 2, 1, 1));
        add(cases, 1, 7, 8, 40, 3, 3, 3, new Geometry(1, 1, 4, 3, 2, 5, 2, 3, 1));
        add(cases, 3, 8, 8, 5, 3, 3, 6, Geometry.of(2, 1)); // rest of one row and column
        add(cases, 2, 9, 11, 4, 1, 1, 6, Geometry.of(2, 0)); // phases without taps
        add(cases, 2, 11, 10, 4, 2, 3, 5, new Geometry(3, 2, 0, 1, 2, 0, 1, 1, 1));
        add(cases, 2, 12, 13, 3, 3, 2, 8, new Geometry(1, 1, 2, 0, 1, 3, 2, 3, 1));
        add(cases, 1, 13, 12, 6, 3, 3, 9, new Geometry(2, 3, 2, 2, 2, 2, 2, 2, 1));
        add(cases, 1, 15, 11, 2, 3, 3, 3, new Geometry(4, 2, 1, 1, 1, 1, 6, 4, 1));
        add(cases, 1, 6, 6, 3, 3, 3, 4, Geometry.of(1, 5)); // more padding than taps reach
        add(cases, 2, 6, 7, 12, 3, 3, 6, SAME.groups(3));
        add(cases, 2, 6, 7, 12, 3, 3, 12, SAME.groups(12)); // depthwise
        add(cases, 1, 9, 7, 33, 3, 3, 33, Geometry.of(2, 1).groups(33));
        add(cases, 2, 12, 14, 19, 3, 3, 19, Geometry.of(2, 1).groups(19)); // pairs of pixels
        add(cases, 1, 11, 13, 9, 3, 3, 9, Geometry.of(2, 0).groups(9));
        add(cases, 1, 11, 12, 24, 3, 3, 24, new Geometry(1, 2, 2, 2, 1, 2, 2, 2, 24));
        add(cases, 1, 10, 17, 8, 3, 3, 8, Geometry.of(2, 3).groups(8));
        add(cases, 2, 20, 9, 40, 3, 3, 40, SAME.groups(40)); // vectors of channels that overlap
        add(cases, 2, 17, 12, 35, 3, 3, 35, Geometry.of(2, 1).groups(35));
        add(cases, 1, 6, 5, 48, 3, 3, 48, Geometry.of(1, 0).groups(48)); // fewer than four windows
        add(cases, 1, 5, 6, 16, 3, 3, 16, Geometry.of(1, 3).groups(16)); // windows of zeros
        add(cases, 2, 9, 13, 32, 3, 3, 32, new Geometry(2, 2, 0, 1, 3, 0, 1, 1, 32));
        add(cases, 2, 6, 5, 7, 3, 3, 14, SAME.groups(7)); // two filters for each channel
        add(cases, 1, 8, 8, 10, 3, 3, 20, new Geometry(2, 1, 1, 0, 1, 1, 1, 2, 5));
        add(cases, 0, 5, 5, 3, 3, 3, 4, SAME);
        for (Epilogue e : MatmulCases.epilogues()) {
            cases.add(forward(2, 6, 7, 5, 3, 3, 19, SAME, e));
            cases.add(input(1, 7, 6, 19, 3, 3, 5, Geometry.of(2, 1), e));
            cases.add(input(1, 7, 6, 3, 3, 3, 40, SAME, e));
            cases.add(forward(3, 7, 8, 16, 3, 3, 32, SAME, e));
            cases.add(input(3, 7, 8, 16, 3, 3, 32, SAME, e));
            cases.add(forward(1, 20, 20, 32, 9, 9, 32, Geometry.of(1, 4), e));
            cases.add(forward(2, 6, 7, 20, 3, 3, 20, SAME.groups(20), e));
        }
        return cases;
    }

    private static void add(
            List<KernelCase> cases, int n, int h, int w, int c, int kh, int kw, int o, Geometry g) {
        cases.add(forward(n, h, w, c, kh, kw, o, g, Epilogue.NONE));
        cases.add(input(n, h, w, c, kh, kw, o, g, Epilogue.NONE));
        int[] y = {n, g.outH(h, kh), g.outW(w, kw), o};
        cases.add(
                KernelCase.of(name("weight", n, h, w, c, kh, kw, o, g), new Conv2dWeight(g))
                        .on(real(n, h, w, c), real(y))
                        .to(real(kh, kw, c / g.groups(), o))
                        .terms(terms(n * y[1] * y[2] + 20, kh, kw, c, o, g))
                        .with(specials(kh, kw, g)));
    }

    private static KernelCase forward(
            int n, int h, int w, int c, int kh, int kw, int o, Geometry g, Epilogue e) {
        int[] y = {n, g.outH(h, kh), g.outW(w, kw), o};
        List<Operand> in = new ArrayList<>();
        in.add(real(n, h, w, c));
        in.add(real(kh, kw, c / g.groups(), o));
        in.addAll(MatmulCases.operands(e, y));
        return KernelCase.of(name("forward", n, h, w, c, kh, kw, o, g) + e, new Conv2d(g, e))
                .on(in.toArray(Operand[]::new))
                .to(real(y))
                .terms(terms(kh * kw * c / g.groups() + 8, kh, kw, c, o, g))
                .with(specials(kh, kw, g));
    }

    private static KernelCase input(
            int n, int h, int w, int c, int kh, int kw, int o, Geometry g, Epilogue e) {
        List<Operand> in = new ArrayList<>();
        in.add(real(n, g.outH(h, kh), g.outW(w, kw), o));
        in.add(real(kh, kw, c / g.groups(), o));
        in.addAll(MatmulCases.operands(e, n, h, w, c));
        return KernelCase.of(name("input", n, h, w, c, kh, kw, o, g) + e, new Conv2dInput(g, e))
                .on(in.toArray(Operand[]::new))
                .to(real(n, h, w, c))
                .terms(terms(kh * kw * o / g.groups() + 8, kh, kw, c, o, g))
                .with(specials(kh, kw, g));
    }

    /// Rounding errors of one element each: as many as the sum has terms; where the Winograd domain
    /// may be used, its bound of `1e-5 · Σ|x||w|`.
    private static int terms(int sum, int kh, int kw, int c, int o, Geometry g) {
        boolean winograd =
                Winograd.isAllowed()
                        && kh == 3
                        && kw == 3
                        && g.strideH() == 1
                        && g.strideW() == 1
                        && c % 4 == 0
                        && o % 4 == 0;
        return winograd ? Math.max(sum, 168) : sum; // 168 · 2⁻²⁴ = 1e-5
    }

    /// A tap outside the image adds `0 · w` or nothing, and which one is not specified: infinite
    /// numbers are tried only where no tap lies outside.
    private static Specials specials(int kh, int kw, Geometry g) {
        boolean product = kh == 1 && kw == 1 && g.equals(Geometry.UNIT);
        return product ? Specials.SMALL : Specials.NONE;
    }

    private static String name(
            String what, int n, int h, int w, int c, int kh, int kw, int o, Geometry g) {
        return "conv2d %s [%d, %d, %d, %d] by [%d, %d, %d, %d] %s "
                .formatted(what, n, h, w, c, kh, kw, c / g.groups(), o, g);
    }
}
