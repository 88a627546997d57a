package javelin.nn;

import javelin.kernels.Shape;
import javelin.tensor.Graph;
import javelin.tensor.Node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The table of [Module#summary]. An op belongs to the layer whose parameters or buffers it reads;
/// an op that reads none has no layer name.
final class Summary {
    private Summary() {}

    static String of(Module module, Shape input) {
        Graph graph = module.trace(input);
        Map<Node, String> layerOf = owners(module);
        Map<String, Long> sizes = new HashMap<>();
        module.parameters()
                .forEach((name, p) -> sizes.merge(layer(name), p.shape().size(), Long::sum));
        Set<String> counted = new HashSet<>();
        var table = new StringBuilder();
        table.append(row("layer", "op", "result", "parameters", "MACs", "bytes"));
        for (Node node : graph.nodes()) {
            if (node.isLeaf()) {
                continue;
            }
            String layer = layerOf(node, layerOf);
            long parameters = counted.add(layer) ? sizes.getOrDefault(layer, 0L) : 0;
            table.append(
                    row(
                            layer,
                            node.name(),
                            node.shape().toString(),
                            number(parameters),
                            number(Graph.macs(node)),
                            number(node.shape().size() * node.type().bytes())));
        }
        table.append(
                row(
                        "total",
                        "",
                        input.toString(),
                        number(module.parameterCount()),
                        number(graph.macs()),
                        number(graph.activationBytes())));
        return table.toString();
    }

    private static Map<Node, String> owners(Module module) {
        var owners = new IdentityHashMap<Node, String>();
        module.state().forEach((name, tensor) -> owners.put(tensor.node(), layer(name)));
        return owners;
    }

    private static String layerOf(Node node, Map<Node, String> owners) {
        for (Node in : node.inputs()) {
            String owner = owners.get(in);
            if (owner != null) {
                return owner;
            }
        }
        return "";
    }

    /// Name of a parameter without its last part.
    private static String layer(String parameter) {
        int dot = parameter.lastIndexOf('.');
        return dot < 0 ? "(self)" : parameter.substring(0, dot);
    }

    private static String row(String... cells) {
        return "%-32s %-18s %-20s %12s %15s %13s"
                        .formatted((Object[]) cells)
                        .replaceAll("\\s+$", "")
                + System.lineSeparator();
    }

    private static String number(long n) {
        return n == 0 ? "" : String.format(Locale.ROOT, "%,d", n);
    }
}
