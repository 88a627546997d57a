package javelin.kernels.matmul;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Operand;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.elementwise.Unary;

import java.util.ArrayList;
import java.util.List;

/// Cases of the matrix product.
public final class MatmulCases {
    private static final int[][] SIZES = { // m, n, k
        {0, 3, 2},
        {2, 0, 3},
        {3, 2, 0},
        {1, 1, 1},
        {1, 33, 17},
        {3, 100, 9},
        {4, 7, 40},
        {5, 15, 8},
        {6, 16, 7},
        {7, 17, 16},
        {9, 31, 33},
        {17, 8, 100},
        {33, 9, 207},
        {100, 33, 15},
        {97, 100, 23},
        {207, 5, 31},
        {2, 600, 9}, // two slices of columns
        {5, 1030, 12},
        {12, 24, 1000},
        {30, 40, 600}, // three blocks of the inner dimension
        {30, 300, 600}, // more panels than are packed at a time
        {110, 150, 300} // two pieces of rows
    };

    private MatmulCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] s : SIZES) {
            for (int t = 0; t < 4; t++) {
                cases.add(
                        product(s[0], s[1], s[2], (t & 1) != 0, (t & 2) != 0, Epilogue.NONE, 1, 1)
                                .with(Specials.SMALL));
            }
        }
        for (int[] batches : new int[][] {{3, 3}, {1, 4}, {5, 1}, {0, 0}}) {
            for (int t = 0; t < 4; t++) {
                boolean a = (t & 1) != 0;
                boolean b = (t & 2) != 0;
                cases.add(product(9, 18, 13, a, b, Epilogue.BIAS, batches[0], batches[1]));
            }
        }
        for (Epilogue e : epilogues()) {
            cases.add(product(13, 21, 30, false, false, e, 1, 1));
            cases.add(product(2, 21, 30, false, true, e, 1, 1));
        }
        return cases;
    }

    /// All combinations of operands, with and without an activation.
    public static List<Epilogue> epilogues() {
        List<Epilogue> all = new ArrayList<>();
        for (int bits = 0; bits < 8; bits++) {
            boolean scale = (bits & 1) != 0;
            boolean bias = (bits & 2) != 0;
            boolean residual = (bits & 4) != 0;
            all.add(new Epilogue(scale, bias, residual, null));
            all.add(new Epilogue(scale, bias, residual, Unary.RELU));
        }
        all.add(new Epilogue(false, true, false, Unary.SOFTPLUS));
        return all;
    }

    /// The operands of an epilogue for an output of that shape.
    public static List<Operand> operands(Epilogue e, int... output) {
        List<Operand> list = new ArrayList<>();
        if (e.scale()) {
            list.add(real(output[output.length - 1]));
        }
        if (e.bias()) {
            list.add(real(output[output.length - 1]));
        }
        if (e.residual()) {
            list.add(real(output));
        }
        return list;
    }

    private static KernelCase product(
            int m, int n, int k, boolean ta, boolean tb, Epilogue e, int batchA, int batchB) {
        int[] y = {Math.max(batchA, batchB), m, n};
        List<Operand> in = new ArrayList<>();
        in.add(ta ? real(batchA, k, m) : real(batchA, m, k));
        in.add(tb ? real(batchB, n, k) : real(batchB, k, n));
        in.addAll(operands(e, y));
        String name =
                "matmul %d×[%d, %d]%s by %d×[%d, %d]%s %s"
                        .formatted(batchA, m, k, ta ? "ᵀ" : "", batchB, k, n, tb ? "ᵀ" : "", e);
        return KernelCase.of(name, new Matmul(ta, tb, e))
                .on(in.toArray(Operand[]::new))
                .to(real(y))
                .terms(k + 8);
    }
}
