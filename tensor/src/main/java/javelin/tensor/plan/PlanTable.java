package javelin.tensor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plan as a table for people.
final class PlanTable {
    private static final List<String> TEXTS = List.of("ops", "kernel", "method", "output");
    private static final List<String> TIMES = List.of("ms", "GFLOP/s", "share");

    private PlanTable() {}

    /// A row per kernel, then the memory.
    ///
    /// @param timed whether the rows hold measured times
    static String of(Plan plan, List<PlanProfile.Row> rows, boolean timed) {
        long nanos = rows.stream().mapToLong(PlanProfile.Row::nanos).sum();
        List<List<String>> cells = new ArrayList<>();
        cells.add(timed ? joined(TEXTS, TIMES) : TEXTS);
        for (PlanProfile.Row row : rows) {
            List<String> texts =
                    List.of(row.ops(), row.kernel(), row.method(), row.output().toString());
            cells.add(timed ? joined(texts, times(row, nanos)) : texts);
        }
        if (timed) {
            cells.add(joined(List.of("total", "", "", ""), List.of(ms(nanos), "", "")));
        }
        return aligned(cells) + memory(plan);
    }

    private static List<String> times(PlanProfile.Row row, long total) {
        double share = 100.0 * row.nanos() / Math.max(total, 1);
        return List.of(
                ms(row.nanos()),
                row.flops() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", row.gflops()),
                String.format(Locale.ROOT, "%.1f %%", share));
    }

    private static String memory(Plan plan) {
        return String.format(
                Locale.ROOT,
                "%d kernels; workspace %,d bytes (all results op by op: %,d); constants %,d bytes\n",
                plan.kernelCalls(),
                plan.workspaceBytes(),
                plan.activationBytes(),
                plan.constantBytes());
    }

    private static String aligned(List<List<String>> rows) {
        int[] width = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < width.length; i++) {
                String cell = row.get(i);
                String gap = " ".repeat(width[i] - cell.length());
                line.append(i < TEXTS.size() ? cell + gap : gap + cell).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> joined(List<String> left, List<String> right) {
        List<String> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
