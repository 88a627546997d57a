package javelin.algorithms.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, as wide as they need to be.
final class Table {
    private Table() {}

    /// Lines of a table; columns whose cells are all numbers stand on the right.
    static List<String> lines(List<String> head, List<List<String>> rows) {
        int columns = head.size();
        int[] width = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            width[c] = head.get(c).length();
            right[c] = !rows.isEmpty();
            for (List<String> row : rows) {
                width[c] = Math.max(width[c], row.get(c).length());
                right[c] &= row.get(c).matches("[-+]?[0-9][0-9,.]*( ?[%kMG]?B?)|");
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(head, width, right));
        for (List<String> row : rows) {
            lines.add(line(row, width, right));
        }
        return lines;
    }

    private static String line(List<String> cells, int[] width, boolean[] right) {
        var line = new StringBuilder();
        for (int c = 0; c < width.length; c++) {
            String gap = " ".repeat(width[c] - cells.get(c).length());
            line.append(right[c] ? gap + cells.get(c) : cells.get(c) + gap).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
