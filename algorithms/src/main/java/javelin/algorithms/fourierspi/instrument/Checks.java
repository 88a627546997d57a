package javelin.algorithms.fourierspi.instrument;

/// Checks of parameters.
final class Checks {
    private Checks() {}

    static void require(boolean holds, String sentence, double found) {
        if (!holds) {
            boolean whole = found == Math.rint(found) && Math.abs(found) < 1e9;
            throw new IllegalArgumentException(
                    sentence + ", got " + (whole ? String.valueOf((long) found) : found));
        }
    }
}
