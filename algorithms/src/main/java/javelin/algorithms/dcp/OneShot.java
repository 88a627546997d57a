package javelin.algorithms.dcp;

import javelin.kernels.Scope;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.loss.Losses;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.prune.ChannelGroup;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.nn.prune.ChannelGroup.Slice;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Gradients;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Sign;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Selections without any fitting: channels are ranked once by a number each, and the last go.
final class OneShot {
    /// Strength of the pull on batch-norm scales in network slimming, `λ`; the paper uses 1e-4 for
    /// VGGNet and 1e-5 for deeper networks.
    static final double PULL = 1e-4;

    private OneShot() {}

    /// The channels with the largest scores, ascending; ties: the smaller number.
    static int[] best(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -scores[k]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /// Sum of the absolute weights that make each channel.
    static double[] magnitudes(Module network, ChannelGroup group) {
        Slice maker =
                group.slices().stream()
                        .filter(s -> s.role() == Role.MAKES)
                        .findFirst()
                        .orElseThrow();
        Tensor weight = Objects.requireNonNull(network.state().get(maker.tensor()));
        double[] values = weight.doubles();
        int inner = weight.shape().strides()[maker.axis()];
        int size = weight.shape().dim(maker.axis());
        double[] sums = new double[size];
        for (int i = 0; i < values.length; i++) {
            sums[i / inner % size] += Math.abs(values[i]);
        }
        return gathered(sums, maker);
    }

    private static double[] gathered(double[] byPosition, Slice slice) {
        return Arrays.stream(slice.positions())
                .mapToDouble(at -> Arrays.stream(at).mapToDouble(p -> byPosition[p]).sum())
                .toArray();
    }

    /// Absolute scale of the first batch norm that each channel goes through.
    ///
    /// @throws IllegalArgumentException if there is none
    static double[] scales(Module network, ChannelGroup group) {
        Slice scale = scale(group);
        double[] values = Objects.requireNonNull(network.state().get(scale.tensor())).doubles();
        return gathered(Arrays.stream(values).map(Math::abs).toArray(), scale);
    }

    private static Slice scale(ChannelGroup group) {
        List<String> names = group.slices().stream().map(Slice::tensor).toList();
        return group.slices().stream()
                .filter(s -> s.tensor().endsWith("weight"))
                .filter(s -> names.contains(s.tensor().replaceFirst("weight$", "running_mean")))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "slimming: the channels of %s go through no batch norm, so they have no scale to rank them by; use another method"
                                        .formatted(group.name())));
    }

    /// Training in which the scales of the groups are drawn to 0, by the subgradient of `λ·Σ|γ|`.
    static void slim(Module network, List<PrunedLayer> layers, Feed feed, DcpConfig.Stage stage) {
        List<String> scales = layers.stream().map(l -> scale(l.group()).tensor()).toList();
        Map<String, Tensor> parameters = network.parameters();
        Optimizer.State state = new Sgd(0.9, true, Optimizer.Decay.all(1e-4)).start(parameters);
        network.training(true);
        for (int epoch = 0; epoch < stage.epochs(); epoch++) {
            double rate = StageTraining.rate(stage, epoch);
            Iterator<Batch> batches = feed.epoch(epoch + 1, 0);
            while (batches.hasNext()) {
                Batch batch = batches.next();
                try (Scope _ = Scope.open()) {
                    Tensor logits = network.forward(batch.inputs());
                    Gradients g = Autograd.backward(Losses.crossEntropy(logits, batch.targets()));
                    var gradients = new LinkedHashMap<String, Tensor>();
                    parameters.forEach((name, p) ->
                            gradients.put(
                                    name, scales.contains(name) ? pulled(g.of(p), p) : g.of(p)));
                    state.step(gradients, rate);
                }
            }
        }
        network.training(false);
    }

    private static Tensor pulled(Tensor gradient, Tensor scale) {
        return GradMode.off(() -> gradient.add(Tensor.apply(new Sign(), scale.detach()).mul(PULL)));
    }

    /// Shape of a mask over the input channels of a convolution.
    static Tensor mask(int[] kept, Shape weight) {
        double[] values = new double[weight.dim(2)];
        for (int k : kept) {
            values[k] = 1;
        }
        return Tensor.of(values, 1, 1, values.length, 1);
    }
}
