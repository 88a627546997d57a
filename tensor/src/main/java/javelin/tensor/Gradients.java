package javelin.tensor;

import java.util.Map;

/// Gradients of one number with respect to the leaves it was computed from.
public final class Gradients {
    private final Map<Node, Tensor> byNode;

    Gradients(Map<Node, Tensor> byNode) {
        this.byNode = byNode;
    }

    /// Gradient with respect to `x`, of its shape; zeros if the result does not depend on it.
    public Tensor of(Tensor x) {
        Tensor found = byNode.get(x.node());
        return found == null ? Tensor.zerosLike(x) : found;
    }

    /// Whether the result depends on `x`.
    public boolean reaches(Tensor x) {
        return byNode.containsKey(x.node());
    }
}
