package javelin.kernels.fft;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;

import java.util.ArrayList;
import java.util.List;

/// Cases of Fourier transforms.
public final class FftCases {
    private static final int[] LENGTHS = {
        1, 2, 5, 8, 16, 17, 32, 37, 60, 64, 100, 207, 256, 1000, 1024, 1152
    };
    private static final int[] SOME_LENGTHS = {1, 3, 8, 13, 37, 64, 70};

    private FftCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int n : LENGTHS) {
            complex(cases, n, 0b1, false, n);
            complex(cases, n, 0b1, true, n);
            halves(cases, n, 1, n, 1);
        }
        for (int n : SOME_LENGTHS) {
            for (int inner : new int[] {5, 23, 40}) {
                complex(cases, n, 0b010, n % 2 == 0, 3, n, inner);
                halves(cases, n, 3, n, inner);
            }
            complex(cases, n, 0b10, false, 19, n);
            halves(cases, n, 19, n, 1);
        }
        complex(cases, 12 * 10, 0b011, false, 12, 10);
        complex(cases, 12 * 10, 0b011, true, 12, 10, 3);
        complex(cases, 16 * 32, 0b110, true, 3, 16, 32);
        complex(cases, 12 * 10 * 7, 0b0111, false, 12, 10, 7, 2);
        complex(cases, 5 * 3, 0b101, false, 5, 20, 3);
        complex(cases, 8, 0b010, false, 0, 8, 3);
        complex(cases, 8, 0b010, false, 2, 8, 0);
        return cases;
    }

    /// @param points numbers that enter one result
    private static void complex(
            List<KernelCase> cases, int points, int axes, boolean inverse, int... dims) {
        var shape = real(dims).shape().append(2).dims();
        var f = new Fft(axes, inverse, inverse ? 1.0 / points : 1);
        cases.add(
                KernelCase.of("%s of %s".formatted(f, real(dims).shape()), f)
                        .on(real(shape))
                        .to(real(shape))
                        .absolute(error(points) * f.scale()));
    }

    private static void halves(List<KernelCase> cases, int n, int outer, int len, int inner) {
        int[] x = {outer, len, inner};
        int[] y = {outer, len / 2 + 1, inner, 2};
        var to = new Rfft(1, 1, n % 3 == 0 ? 0.5 : 1);
        var back = new Irfft(1, 1.0 / n, n % 3 == 0 ? 1.5 : 2);
        cases.add(
                KernelCase.of("%s of %s".formatted(to, real(x).shape()), to)
                        .on(real(x))
                        .to(real(y))
                        .absolute(error(n)));
        cases.add(
                KernelCase.of("%s to %s".formatted(back, real(x).shape()), back)
                        .on(real(y))
                        .to(real(x))
                        .absolute(2 * error(n) / n));
    }

    /// Five standard deviations of the rounding of a sum of `n` numbers below 2, with room for the
    /// longer transforms behind prime lengths.
    private static double error(int n) {
        return 3e-6 * Math.sqrt(n);
    }
}
