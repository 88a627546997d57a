package javelin.bench;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Results for people.
final class Tables {
    private Tables() {}

    /// Lines with aligned columns; the first column on the left, numbers on the right.
    static List<String> plain(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] width = new int[head.size()];
        for (List<String> row : all) {
            for (int c = 0; c < width.length; c++) {
                width[c] = Math.max(width[c], row.get(c).length());
            }
        }
        return all.stream().map(row -> line(row, width)).toList();
    }

    private static String line(List<String> row, int[] width) {
        var line = new StringBuilder();
        for (int c = 0; c < width.length; c++) {
            String cell = row.get(c);
            String gap = " ".repeat(width[c] - cell.length());
            line.append(c == 0 ? cell + gap : "  " + gap + cell);
        }
        return line.toString().stripTrailing();
    }

    /// A page: where the numbers come from, the table, the notes.
    static String markdown(
            String title,
            Map<String, ? extends @Nullable Object> machine,
            List<String> head,
            List<List<String>> rows,
            List<String> notes) {
        var page = new StringBuilder("# " + title + "\n\n");
        machine.forEach((name, value) -> page.append("- %s: %s\n".formatted(name, value)));
        page.append('\n').append(row(head));
        page.append(row(Collections.nCopies(head.size(), "---")));
        rows.forEach(r -> page.append(row(r)));
        page.append('\n');
        notes.forEach(n -> page.append("- ").append(n).append('\n'));
        return page.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
