package javelin.algorithms.fourierspi.sensing;

/// Checks of parameters; each failure is one sentence that names solver, parameter and value.
final class Limits {
    private Limits() {}

    static void positive(String solver, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: %s must be a number above 0, got %s".formatted(solver, name, value));
        }
    }

    static void notNegative(String solver, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: %s must be a number of 0 or more, got %s".formatted(solver, name, value));
        }
    }

    static void atLeastOne(String solver, String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "%s: %s must be 1 or more, got %d".formatted(solver, name, value));
        }
    }
}
