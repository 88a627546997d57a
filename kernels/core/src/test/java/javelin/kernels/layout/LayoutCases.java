package javelin.kernels.layout;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.Kernel;
import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Operand;
import javelin.kernels.KernelCase.Specials;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Cases of the kernels that move elements, each for real numbers and for integers.
public final class LayoutCases {
    private static final List<KernelCase> CASES = new ArrayList<>();

    static {
        moves();
        frames();
        parts();
        CASES.add(
                KernelCase.of("cast to integers", new Cast())
                        .on(real(9, 23).in(-99, 99))
                        .to(whole(0, 0, 9, 23))
                        .with(Specials.ALL));
        CASES.add(
                KernelCase.of("cast to numbers", new Cast()).on(whole(-99, 99, 207)).to(real(207)));
        CASES.add(KernelCase.of("cast to itself", new Cast()).on(real(207)).to(real(207)));
        for (int[] dims : new int[][] {{}, {7}, {3, 4}, {0}, {70_001}}) {
            CASES.add(KernelCase.of("fill", new Fill(2.5)).to(real(dims)));
            CASES.add(KernelCase.of("fill integers", new Fill(-3)).to(whole(0, 0, dims)));
        }
    }

    private LayoutCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.copyOf(CASES);
    }

    private static void moves() {
        add("broadcast a scalar", new Broadcast(), dims(), dims(5, 7));
        add("broadcast a row", new Broadcast(), dims(9), dims(4, 9));
        add("broadcast a column", new Broadcast(), dims(4, 1), dims(4, 9));
        add("broadcast channels", new Broadcast(), dims(2, 1, 1, 5), dims(2, 3, 4, 5));
        add("broadcast the middle", new Broadcast(), dims(3, 1, 5, 1), dims(2, 3, 4, 5, 6));
        add("broadcast nothing", new Broadcast(), dims(1, 3), dims(0, 3));
        add("broadcast much", new Broadcast(), dims(33), dims(3001, 33));
        add("broadcast to itself", new Broadcast(), dims(3, 4), dims(3, 4));
        add("transpose", permute(1, 0), dims(9, 23), dims(23, 9));
        add("transpose more", permute(1, 0), dims(300, 517), dims(517, 300));
        add("channels first", permute(0, 3, 1, 2), dims(2, 5, 6, 7), dims(2, 7, 5, 6));
        add("channels last", permute(0, 2, 3, 1), dims(3, 17, 40, 41), dims(3, 40, 41, 17));
        add("heads", permute(0, 2, 1, 3), dims(2, 9, 4, 8), dims(2, 4, 9, 8));
        add("reversed axes", permute(2, 1, 0), dims(3, 4, 5), dims(5, 4, 3));
        add("same order", permute(0, 1), dims(3, 4), dims(3, 4));
        add("permute a scalar", permute(), dims(), dims());
        add("permute nothing", permute(1, 0), dims(0, 3), dims(3, 0));
        add("flip rows", new Flip(0b01), dims(5, 7), dims(5, 7));
        add("flip columns", new Flip(0b10), dims(5, 19), dims(5, 19));
        add("flip the middle", new Flip(0b0110), dims(2, 3, 4, 5), dims(2, 3, 4, 5));
        add("flip nothing", new Flip(0b1), dims(0, 5), dims(0, 5));
        add("flip no axis", new Flip(0), dims(2, 5), dims(2, 5));
        add("copy", new Copy(), dims(5, 7), dims(35));
        add("copy much", new Copy(), dims(300_007), dims(300_007));
    }

    private static void frames() {
        for (Pad.Mode mode : Pad.Mode.values()) {
            String how = mode.name().toLowerCase(Locale.ROOT);
            frame(how, mode, List.of(2), dims(5), dims(10));
            frame(how, mode, List.of(0, 1), dims(4, 7), dims(5, 9));
            frame(how, mode, List.of(0, 2, 1, 0), dims(2, 4, 5, 3), dims(2, 7, 7, 3));
            frame(how, mode, List.of(0, 0), dims(3, 4), dims(3, 4));
            frame(how, mode, List.of(1, 0, 2), dims(3, 4, 5), dims(4, 4, 8));
            frame(how, mode, List.of(0, 4, 4, 0), dims(8, 32, 32, 3), dims(8, 40, 40, 3));
        }
        frame("constant around nothing", Pad.Mode.CONSTANT, List.of(1), dims(0), dims(3));
    }

    private static void frame(String how, Pad.Mode mode, List<Integer> before, int[] x, int[] y) {
        add("pad " + how, new Pad(mode, before, 7), x, y);
        String name = "gradient of pad " + how + " " + Arrays.toString(x);
        CASES.add(KernelCase.of(name, new PadInput(mode, before)).on(real(y)).to(real(x)).terms(9));
    }

    private static void parts() {
        part("range", List.of(2), List.of(1), dims(10), dims(5));
        part("every third", List.of(1), List.of(3), dims(30), dims(9));
        part("rows", List.of(2, 0), List.of(1, 1), dims(6, 5), dims(3, 5));
        part("one row", List.of(1, 0), List.of(1, 1), dims(2, 5), dims(1, 5));
        part("columns", List.of(0, 3), List.of(1, 2), dims(6, 11), dims(6, 4));
        part(
                "corner",
                List.of(0, 1, 2, 0),
                List.of(1, 2, 1, 1),
                dims(2, 6, 7, 5),
                dims(2, 3, 4, 5));
        part("channels", List.of(0, 0, 8), List.of(1, 1, 1), dims(30, 40, 33), dims(30, 40, 17));
        part("nothing", List.of(1), List.of(1), dims(4), dims(0));
        part("scalar", List.of(), List.of(), dims(), dims());
        concat(0, dims(2, 3), dims(1, 3), dims(4, 3));
        concat(1, dims(5, 3), dims(5, 1), dims(5, 0), dims(5, 7));
        concat(1, dims(2, 3, 4), dims(2, 5, 4));
        concat(3, dims(9, 20, 20, 16), dims(9, 20, 20, 17));
        concat(0, dims(4));
    }

    private static void part(String of, List<Integer> start, List<Integer> step, int[] x, int[] y) {
        add("slice " + of, new Slice(start, step), x, y);
        add("gradient of slice " + of, new SliceInput(start, step), y, x);
    }

    private static void concat(int axis, int[]... parts) {
        int[] whole = parts[0].clone();
        whole[axis] = 0;
        for (int[] p : parts) {
            whole[axis] += p[axis];
        }
        String name = "concat " + Arrays.deepToString(parts) + " along " + axis;
        Operand[] reals = new Operand[parts.length];
        Operand[] wholes = new Operand[parts.length];
        for (int i = 0; i < parts.length; i++) {
            reals[i] = real(parts[i]);
            wholes[i] = whole(-99, 99, parts[i]);
        }
        Kernel kernel = new Concat(axis);
        CASES.add(KernelCase.of(name, kernel).on(reals).to(real(whole)).with(Specials.ALL));
        CASES.add(KernelCase.of(name + " integers", kernel).on(wholes).to(whole(0, 0, whole)));
    }

    private static void add(String name, Kernel kernel, int[] x, int[] y) {
        String on = name + " " + Arrays.toString(x);
        KernelCase reals = KernelCase.of(on, kernel).on(real(x)).to(real(y));
        int n = real(x).shape().length();
        CASES.add(n < 1000 ? reals.with(Specials.ALL) : reals);
        CASES.add(KernelCase.of(on + " integers", kernel).on(whole(-99, 99, x)).to(whole(0, 0, y)));
    }

    private static Permute permute(Integer... order) {
        return new Permute(List.of(order));
    }

    private static int[] dims(int... dims) {
        return dims;
    }
}
