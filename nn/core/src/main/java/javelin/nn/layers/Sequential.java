package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Layers one after the other; without names they are called `0`, `1`, ….
public final class Sequential extends Module {
    private final List<Module> layers = new ArrayList<>();

    /// Numbered layers.
    public Sequential(Module... layers) {
        this(List.of(layers));
    }

    /// Numbered layers.
    public Sequential(List<? extends Module> layers) {
        for (Module m : layers) {
            this.layers.add(child(Integer.toString(this.layers.size()), m));
        }
    }

    /// Named layers, in the order of the map.
    public Sequential(Map<String, ? extends Module> layers) {
        layers.forEach((name, m) -> this.layers.add(child(name, m)));
    }

    /// Layer number `i`.
    public Module get(int i) {
        return layers.get(i);
    }

    /// Number of layers.
    public int size() {
        return layers.size();
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Module m : layers) {
            y = m.forward(y);
        }
        return y;
    }
}
