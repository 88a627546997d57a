package javelin.algorithms.fourierspi.instrument;

/// Checks of parameters.
final class Checks {
    private Checks() {}

    static void require(boolean holds, String sentence, double found) {
        if (!holds) {
            throw new IllegalArgumentException(sentence + ", got " + found);
        }
    }
}
