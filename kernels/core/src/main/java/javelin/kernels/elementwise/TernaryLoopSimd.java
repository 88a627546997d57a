package javelin.kernels.elementwise;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.MethodHandles;

/// Loop over a function of three numbers in vectors: a template, see [Loops]. The tail runs through
/// the same function under a mask, so a result does not depend on its position; it is a method of
/// its own, because the JIT does not always inline a second copy of the function.
final class TernaryLoopSimd implements Loops.Loop {
    private static final VectorSpecies<Float> S = SpeciesSimd.FLOATS;
    private static final FunctionsSimd.OfThreeSimd F =
            Loops.function(MethodHandles.lookup(), FunctionsSimd.OfThreeSimd.class);

    @Override
    public void run(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += S.length()) {
            F.at(
                            FloatVector.fromArray(S, a, aAt + i),
                            FloatVector.fromArray(S, b, bAt + i),
                            FloatVector.fromArray(S, c, cAt + i))
                    .intoArray(y, yAt + i);
        }
        if (whole < n) {
            tail(a, aAt + whole, b, bAt + whole, c, cAt + whole, y, yAt + whole, n - whole);
        }
    }

    private static void tail(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        VectorMask<Float> some = S.indexInRange(0, n);
        F.at(
                        FloatVector.fromArray(S, a, aAt, some),
                        FloatVector.fromArray(S, b, bAt, some),
                        FloatVector.fromArray(S, c, cAt, some))
                .intoArray(y, yAt, some);
    }
}
