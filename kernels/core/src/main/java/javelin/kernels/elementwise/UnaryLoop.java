package javelin.kernels.elementwise;

import java.lang.invoke.MethodHandles;

/// Loop over a function of one number: a template, see [Loops].
final class UnaryLoop implements Loops.Loop {
    private static final PlainFunctions.OfOne F =
            Loops.function(MethodHandles.lookup(), PlainFunctions.OfOne.class);

    @Override
    public void run(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = F.at(a[aAt + i]);
        }
    }
}
