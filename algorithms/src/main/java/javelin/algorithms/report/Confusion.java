package javelin.algorithms.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often each class was taken for which.
///
/// @param classes names of the classes
/// @param counts `counts[is][taken]`
@SuppressWarnings("ArrayRecordComponent") // a table to read, never compared
public record Confusion(List<String> classes, int[][] counts) {
    /// Copies the list.
    public Confusion {
        classes = List.copyOf(classes);
    }

    /// Counts predictions.
    ///
    /// @param labels what each example is
    /// @param predicted what it was taken for
    public static Confusion of(List<String> classes, int[] labels, int[] predicted) {
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][predicted[i]]++;
        }
        return new Confusion(classes, counts);
    }

    /// Part of all examples that was taken for what it is, in `[0, 1]`.
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            for (int n : counts[i]) {
                all += n;
            }
        }
        return (double) right / all;
    }

    /// Part of the examples of a class that was taken for it, in `[0, 1]`; NaN if there are none.
    public double recall(int label) {
        long all = 0;
        for (int n : counts[label]) {
            all += n;
        }
        return (double) counts[label][label] / all;
    }

    /// Lines for a terminal: a row per class as it is, a column per class it was taken for. Names
    /// are cut to six letters.
    public List<String> lines() {
        int width = 4;
        for (String name : classes) {
            width = Math.max(width, Math.min(6, name.length()));
        }
        for (int[] row : counts) {
            for (int n : row) {
                width = Math.max(width, Integer.toString(n).length());
            }
        }
        String cell = "%" + (width + 1) + "s";
        List<String> lines = new ArrayList<>();
        var head = new StringBuilder(" ".repeat(width));
        for (String name : classes) {
            head.append(cell.formatted(cut(name)));
        }
        lines.add(head.append("  right").toString());
        for (int i = 0; i < counts.length; i++) {
            var line = new StringBuilder(("%" + width + "s").formatted(cut(classes.get(i))));
            for (int n : counts[i]) {
                line.append(cell.formatted(n == 0 ? "." : n));
            }
            lines.add(line.append("  ").append(percent(recall(i))).toString());
        }
        return lines;
    }

    private static String cut(String name) {
        return name.length() > 6 ? name.substring(0, 6) : name;
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /// A table of HTML; darker cells are more frequent within their row.
    public String html() {
        var out = new StringBuilder("<div class=\"scroll\"><table>\n<tr><th></th>");
        for (String name : classes) {
            out.append("<th class=\"number\">").append(Report.escape(name)).append("</th>");
        }
        out.append("<th class=\"number\">right</th></tr>\n");
        for (int i = 0; i < counts.length; i++) {
            out.append("<tr><th>").append(Report.escape(classes.get(i))).append("</th>");
            int all = 0;
            for (int n : counts[i]) {
                all += n;
            }
            for (int n : counts[i]) {
                // square root: one error in a thousand should still be visible
                double shade = all == 0 ? 0 : 0.8 * Math.sqrt((double) n / all);
                out.append(
                        String.format(
                                Locale.ROOT,
                                "<td class=\"number\" style=\"background: rgba(var(--tint), %.3f)\">%s</td>",
                                shade,
                                n == 0 ? "" : Integer.toString(n)));
            }
            out.append("<td class=\"number\">").append(percent(recall(i))).append("</td></tr>\n");
        }
        return out.append("</table></div>").toString();
    }
}
