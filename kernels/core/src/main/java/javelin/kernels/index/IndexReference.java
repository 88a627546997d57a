package javelin.kernels.index;

import static javelin.kernels.reference.Elements.get;
import static javelin.kernels.reference.Elements.set;

import javelin.kernels.View;

import java.util.List;

/// Selection by index in 64 bits, or in integers where the views hold integers. The axes in front
/// of the indexed one count as one axis `a`, those behind it as one axis `b`.
public final class IndexReference {
    private IndexReference() {}

    /// `y[a, i, b] = x[a, index[i], b]`.
    public static void run(Gather f, List<View> in, View y) {
        View x = in.get(0);
        View index = in.get(1);
        int outer = x.shape().product(0, f.axis());
        int size = x.shape().dim(f.axis());
        Indices.check("gather", "index", index, 0, size);
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        int picks = index.length();
        for (int a = 0; a < outer; a++) {
            for (int i = 0; i < picks; i++) {
                int from = index.ints()[index.offset() + i];
                for (int b = 0; b < inner; b++) {
                    set(y, (a * picks + i) * inner + b, get(x, (a * size + from) * inner + b));
                }
            }
        }
    }

    /// `y = 0`, then `y[a, index[i], b] += x[a, i, b]`.
    public static void run(ScatterAdd f, List<View> in, View y) {
        View x = in.get(0);
        View index = in.get(1);
        int outer = y.shape().product(0, f.axis());
        int size = y.shape().dim(f.axis());
        Indices.check("scatterAdd", "index", index, 0, size);
        int inner = y.shape().product(f.axis() + 1, y.shape().rank());
        int picks = index.length();
        for (int j = 0; j < y.length(); j++) {
            set(y, j, 0);
        }
        for (int a = 0; a < outer; a++) {
            for (int i = 0; i < picks; i++) {
                int to = index.ints()[index.offset() + i];
                for (int b = 0; b < inner; b++) {
                    int at = (a * size + to) * inner + b;
                    set(y, at, get(y, at) + get(x, (a * picks + i) * inner + b));
                }
            }
        }
    }

    /// `y[i, k] = 1 if k = index[i], else 0`.
    public static void run(OneHot f, List<View> in, View y) {
        View index = in.getFirst();
        int depth = y.shape().dim(-1);
        for (int i = 0; i < index.length(); i++) {
            for (int k = 0; k < depth; k++) {
                set(y, i * depth + k, index.ints()[index.offset() + i] == k ? 1 : 0);
            }
        }
    }
}
