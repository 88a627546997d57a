package javelin.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A graph as a table for people.
final class Summary {
    private static final List<String> HEADER =
            List.of("name", "op", "output", "parameters", "MACs", "bytes");

    /// Columns before this one are text, the others numbers.
    private static final int FIRST_NUMBER = 3;

    private final Graph graph;
    private final Map<Node, String> names;
    private final Set<Node> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    Summary(Graph graph, Map<Node, String> names) {
        this.graph = graph;
        this.names = names;
    }

    String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        graph.nodes().stream().filter(n -> !n.isLeaf()).map(this::row).forEach(rows::add);
        rows.add(
                List.of(
                        "total",
                        "",
                        "",
                        number(graph.parameters()),
                        number(graph.macs()),
                        number(graph.activationBytes())));
        return aligned(rows);
    }

    private List<String> row(Node node) {
        long parameters = 0;
        for (Node input : node.inputs()) {
            if (input.isLeaf() && input.requiresGrad() && counted.add(input)) {
                parameters += input.shape().size();
            }
        }
        return List.of(
                name(node),
                node.name(),
                node.shape().toString(),
                number(parameters),
                number(Graph.macs(node)),
                number(node.shape().size() * node.type().bytes()));
    }

    /// Name of the layer whose parameter the node reads; empty if there is none.
    private String name(Node node) {
        for (Node input : node.inputs()) {
            String parameter = names.get(input);
            if (parameter != null) {
                return parameter.substring(0, Math.max(parameter.lastIndexOf('.'), 0));
            }
        }
        return "";
    }

    private static String number(long n) {
        return n == 0 ? "-" : String.format(Locale.ROOT, "%,d", n);
    }

    private static String aligned(List<List<String>> rows) {
        int[] width = new int[HEADER.size()];
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
                line.append(i < FIRST_NUMBER ? cell + gap : gap + cell).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
