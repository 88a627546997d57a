package javelin.kernels.elementwise;

import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.MethodHandles;

/// Loop over a function of one number in vectors: a template, see [Loops]. The rest that fills no
/// vector goes through the same lines in a vector of its own, so a result does not depend on its
/// position; the function stands here once, because the JIT would not inline a second copy.
final class UnaryLoopSimd implements Loops.Loop {
    private static final VectorSpecies<Float> S = SpeciesSimd.FLOATS;
    private static final int L = S.length();
    private static final FunctionsSimd.OfOneSimd F =
            Loops.function(MethodHandles.lookup(), FunctionsSimd.OfOneSimd.class);

    @Override
    public void run(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        int whole = S.loopBound(n);
        float[] rest = Scratch.borrow(L);
        System.arraycopy(a, aAt + whole, rest, 0, n - whole);
        float[] from = a;
        float[] to = y;
        int x = aAt;
        int at = yAt;
        int end = whole;
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < end; i += L) {
                F.at(FloatVector.fromArray(S, from, x + i)).intoArray(to, at + i);
            }
            from = rest;
            to = rest;
            x = 0;
            at = 0;
            end = n > whole ? L : 0;
        }
        System.arraycopy(rest, 0, y, yAt + whole, n - whole);
        Scratch.giveBack(rest);
    }
}
