package javelin.kernels.elementwise;

import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.MethodHandles;

/// Loop over a function of two numbers in vectors: a template, see [Loops]. The rest that fills no
/// vector is copied and goes through the same lines, as in [UnaryLoopSimd].
final class BinaryLoopSimd implements Loops.Loop {
    private static final VectorSpecies<Float> S = SpeciesSimd.FLOATS;
    private static final int L = S.length();
    private static final FunctionsSimd.OfTwoSimd F =
            Loops.function(MethodHandles.lookup(), FunctionsSimd.OfTwoSimd.class);

    @Override
    public void run(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        int whole = S.loopBound(n);
        float[] rest = Scratch.borrow(2 * L);
        System.arraycopy(a, aAt + whole, rest, 0, n - whole);
        System.arraycopy(b, bAt + whole, rest, L, n - whole);
        float[] aFrom = a;
        float[] bFrom = b;
        float[] to = y;
        int aIn = aAt;
        int bIn = bAt;
        int at = yAt;
        int end = whole;
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < end; i += L) {
                F.at(
                                FloatVector.fromArray(S, aFrom, aIn + i),
                                FloatVector.fromArray(S, bFrom, bIn + i))
                        .intoArray(to, at + i);
            }
            aFrom = rest;
            bFrom = rest;
            to = rest;
            aIn = 0;
            bIn = L;
            at = 0;
            end = n > whole ? L : 0;
        }
        System.arraycopy(rest, 0, y, yAt + whole, n - whole);
        Scratch.giveBack(rest);
    }
}
