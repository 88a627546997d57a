package javelin.algorithms.fourierspi.cytometry;

/// Refuses numbers that make no sense, by name.
final class Checks {
    private Checks() {}

    static void positive(String what, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    what + ": " + name + " must be positive, found " + value);
        }
    }

    static void atLeast(String what, String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    what + ": " + name + " must be at least " + least + ", found " + value);
        }
    }

    static void range(String what, String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    what + ": " + name + " must be in [" + low + ", " + high + "], found " + value);
        }
    }

    static void finite(String what, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    what + ": " + name + " must be finite, found " + value);
        }
    }

    /// Refuses tables of examples that are empty, ragged, not finite or labelled out of range.
    static void examples(String what, double[][] x, int[] labels, int classes) {
        if (x.length == 0 || x.length != labels.length) {
            throw new IllegalArgumentException(
                    what
                            + ": needs one label per example, found "
                            + x.length
                            + " examples and "
                            + labels.length
                            + " labels");
        }
        for (int i = 0; i < x.length; i++) {
            width(what, x[i], x[0].length);
            for (int f = 0; f < x[i].length; f++) {
                if (!Double.isFinite(x[i][f])) {
                    throw new IllegalArgumentException(
                            what
                                    + ": feature "
                                    + f
                                    + " of example "
                                    + i
                                    + " must be finite, found "
                                    + x[i][f]);
                }
            }
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        what
                                + ": label of example "
                                + i
                                + " must be 0 to "
                                + (classes - 1)
                                + ", found "
                                + labels[i]);
            }
        }
    }

    static void width(String what, double[] x, int features) {
        if (x.length != features) {
            throw new IllegalArgumentException(
                    what + ": needs " + features + " features, found " + x.length);
        }
    }
}
