package javelin.nn.optim;

/// Checks of hyper-parameters.
final class Ranges {
    private Ranges() {}

    static void share(String rule, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s: %s must be in [0, 1), got %s".formatted(rule, name, value));
        }
    }

    static void positive(String rule, String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "%s: %s must be above 0, got %s".formatted(rule, name, value));
        }
    }
}
