package javelin.nn.metrics;

import java.util.List;

/// How often each class was taken for each: rows are the true classes, columns the answers. Not
/// thread-safe.
public final class ConfusionMatrix {
    private final long[][] counts;

    /// Empty matrix of `classes` classes, at least 1.
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException(
                    "confusion matrix: classes must be at least 1, got " + classes);
        }
        counts = new long[classes][classes];
    }

    /// Counts one answer.
    ///
    /// @throws IndexOutOfBoundsException if a class number is out of range
    public void add(int truth, int answer) {
        counts[truth][answer]++;
    }

    /// Number of classes.
    public int classes() {
        return counts.length;
    }

    /// How often `truth` was answered as `answer`.
    public long count(int truth, int answer) {
        return counts[truth][answer];
    }

    /// Number of answers counted.
    public long total() {
        long sum = 0;
        for (int k = 0; k < counts.length; k++) {
            sum += support(k);
        }
        return sum;
    }

    /// Number of examples of a class.
    public long support(int truth) {
        long sum = 0;
        for (long n : counts[truth]) {
            sum += n;
        }
        return sum;
    }

    private long answered(int k) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[k];
        }
        return sum;
    }

    /// Share of right answers, in `0 … 1`; NaN if nothing was counted.
    public double accuracy() {
        long right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return (double) right / total();
    }

    /// Share of the answers `k` that are right; NaN if `k` was never answered.
    public double precision(int k) {
        return (double) counts[k][k] / answered(k);
    }

    /// Share of the examples of class `k` that are found; NaN if there are none.
    public double recall(int k) {
        return (double) counts[k][k] / support(k);
    }

    /// Harmonic mean of precision and recall; NaN if class `k` neither occurs nor was answered.
    public double f1(int k) {
        return 2.0 * counts[k][k] / (support(k) + answered(k));
    }

    /// Mean of [#f1] over the classes that occur.
    public double macroF1() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < counts.length; k++) {
            if (support(k) > 0) {
                sum += f1(k);
                present++;
            }
        }
        return sum / present;
    }

    /// Table with the classes' names; truth down, answers across, recall at the end of each row.
    public String table(List<String> names) {
        int width = 5;
        for (String n : names) {
            width = Math.max(width, Math.min(n.length(), 10));
        }
        String cell = "%" + (width + 1) + "s";
        var text = new StringBuilder(cell.formatted(""));
        for (String n : names) {
            text.append(cell.formatted(cut(n)));
        }
        text.append("   recall\n");
        for (int t = 0; t < counts.length; t++) {
            text.append(cell.formatted(cut(names.get(t))));
            for (int a = 0; a < counts.length; a++) {
                text.append(cell.formatted(counts[t][a] == 0 ? "." : counts[t][a]));
            }
            text.append("%8.2f %%%n".formatted(100 * recall(t)));
        }
        return text.toString();
    }

    private static String cut(String name) {
        return name.length() <= 10 ? name : name.substring(0, 10);
    }
}
