package javelin.kernels.elementwise;

import java.lang.invoke.MethodHandles;

/// Loop over a function of two numbers: a template, see [Loops].
final class BinaryLoop implements Loops.Loop {
    private static final PlainFunctions.OfTwo F =
            Loops.function(MethodHandles.lookup(), PlainFunctions.OfTwo.class);

    @Override
    public void run(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = F.at(a[aAt + i], b[bAt + i]);
        }
    }
}
