package javelin.algorithms.fourierspi.cytometry;

import javelin.nn.Module;
import javelin.nn.data.Feed;
import javelin.nn.layers.Activation;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.nn.optim.AdamW;
import javelin.nn.optim.Optimizer;
import javelin.nn.schedule.Schedule;
import javelin.nn.train.Objective;
import javelin.nn.train.Saving;
import javelin.nn.train.TrainConfig;
import javelin.nn.train.Trainer;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Softmax;

import java.util.List;

/// Classifier of one hidden layer on standardised features. Once fitted, safe for any number of
/// threads.
public final class CellNetwork {
    /// How the network is made and trained.
    ///
    /// @param hidden width of the hidden layer, at least 1
    /// @param epochs times that all examples are seen
    /// @param batch examples of a step
    /// @param rate learning rate at the start; falls to 0 by a cosine
    /// @param decay weight decay
    /// @param seed of first weights and of the order of examples
    public record Config(int hidden, int epochs, int batch, double rate, double decay, long seed) {
        /// Checks the ranges.
        public Config {
            Checks.atLeast("cell network", "hidden", hidden, 1);
            Checks.atLeast("cell network", "epochs", epochs, 1);
            Checks.atLeast("cell network", "batch", batch, 1);
            Checks.positive("cell network", "rate", rate);
            Checks.range("cell network", "decay", decay, 0, Double.MAX_VALUE);
        }

        /// 32 units, 60 epochs in batches of 32, rate 0.01, decay 0.01.
        public static Config of(long seed) {
            return new Config(32, 60, 32, 0.01, 0.01, seed);
        }
    }

    private final double[] means;
    private final double[] scales;
    private final Module network;
    private final int classes;

    private CellNetwork(double[] means, double[] scales, Module network, int classes) {
        this.means = means;
        this.scales = scales;
        this.network = network;
        this.classes = classes;
    }

    /// Fits to labelled examples.
    ///
    /// @param x examples, `[examples][features]`
    /// @param labels class of each, `0 … classes − 1`
    public static CellNetwork fit(Config config, double[][] x, int[] labels, int classes) {
        Checks.atLeast("cell network", "classes", classes, 2);
        Checks.examples("cell network", x, labels, classes);
        int features = x[0].length;
        double[] means = new double[features];
        double[] scales = new double[features];
        for (int f = 0; f < features; f++) {
            double sum = 0;
            for (double[] row : x) {
                sum += row[f];
            }
            means[f] = sum / x.length;
            double squares = 0;
            for (double[] row : x) {
                squares += (row[f] - means[f]) * (row[f] - means[f]);
            }
            scales[f] = squares > 0 ? Math.sqrt(x.length / squares) : 0; // a constant says nothing
        }
        Rng rng = Rng.seed(config.seed);
        Module network =
                new Sequential(
                        new Linear(features, config.hidden, rng),
                        Activation.relu(),
                        new Linear(config.hidden, classes, rng));
        var fitted = new CellNetwork(means, scales, network, classes);
        Feed feed =
                Feed.shuffled(
                        fitted.standardised(x),
                        Tensor.of(labels, labels.length),
                        config.batch,
                        rng.split());
        long steps = (long) config.epochs * feed.batches();
        var train =
                new TrainConfig(
                        config.epochs,
                        new AdamW(Optimizer.Decay.matrices(config.decay)),
                        new Schedule.Cosine(config.rate, 0, steps),
                        Objective.classification(0));
        new Trainer(network, train, Saving.none(), List.of()).fit(feed);
        network.training(false);
        return fitted;
    }

    private Tensor standardised(double[][] x) {
        int features = means.length;
        float[] values = new float[x.length * features];
        for (int i = 0; i < x.length; i++) {
            Checks.width("cell network", x[i], features);
            for (int f = 0; f < features; f++) {
                values[i * features + f] = (float) ((x[i][f] - means[f]) * scales[f]);
            }
        }
        return Tensor.of(values, x.length, features);
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// Most likely class of each example.
    public int[] predict(double[][] x) {
        double[][] p = probabilities(x);
        int[] answers = new int[x.length];
        for (int i = 0; i < p.length; i++) {
            for (int k = 1; k < classes; k++) {
                if (p[i][k] > p[i][answers[i]]) {
                    answers[i] = k;
                }
            }
        }
        return answers;
    }

    /// Probability of each class for each example.
    public double[][] probabilities(double[][] x) {
        double[][] p = new double[x.length][classes];
        if (x.length == 0) {
            return p;
        }
        float[] all =
                GradMode.off(() -> Softmax.softmax(network.forward(standardised(x)))).floats();
        for (int i = 0; i < p.length; i++) {
            for (int k = 0; k < classes; k++) {
                p[i][k] = all[i * classes + k];
            }
        }
        return p;
    }
}
