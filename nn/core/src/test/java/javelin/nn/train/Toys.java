package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Dropout;
import javelin.nn.layers.Flatten;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Small problems and networks for tests of training.
final class Toys {
    private Toys() {}

    /// Two half circles that interlock, with noise: `[n, 2]` points, classes 0 and 1.
    static Batch moons(int n, long seed) {
        Rng rng = Rng.seed(seed);
        float[] points = new float[2 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double angle = Math.PI * rng.nextDouble();
            labels[i] = i % 2;
            double x = labels[i] == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = labels[i] == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
            points[2 * i] = (float) (x + 0.1 * rng.nextGaussian());
            points[2 * i + 1] = (float) (y + 0.1 * rng.nextGaussian());
        }
        return new Batch(Tensor.of(points, n, 2), Tensor.of(labels, n));
    }

    static Module mlp(long seed) {
        Rng rng = Rng.seed(seed);
        return new Sequential(new Linear(2, 16, rng), Activation.tanh(), new Linear(16, 2, rng));
    }

    static TrainConfig config(int epochs, double rate) {
        return new TrainConfig(
                epochs,
                new Sgd(0.9, false, Optimizer.Decay.NONE),
                new Schedule.Constant(rate),
                Objective.classification(0));
    }

    /// Images `[n, 6, 6, 1]` of noise with a bright corner that says the class of 4.
    static Batch corners(int n, long seed) {
        Rng rng = Rng.seed(seed);
        float[] images = new float[n * 36];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = rng.nextInt(4);
            for (int p = 0; p < 36; p++) {
                boolean bright = p / 18 == labels[i] / 2 && p % 6 / 3 == labels[i] % 2;
                images[36 * i + p] = (float) ((bright ? 1 : 0) + 0.5 * rng.nextGaussian());
            }
        }
        return new Batch(Tensor.of(images, n, 6, 6, 1), Tensor.of(labels, n));
    }

    /// Convolution, batch norm and dropout: parameters, buffers and a generator.
    static Module cnn(long seed) {
        Rng rng = Rng.seed(seed);
        return new Sequential(
                new Conv2d(Conv2d.Config.same(1, 4, 3), rng),
                new BatchNorm(4),
                Activation.relu(),
                new Flatten(),
                new Dropout(0.2, rng),
                new Linear(144, 4, rng));
    }

    /// A feed that adds noise, another in each epoch and batch, as an augmentation would.
    record Noisy(Feed feed, Rng rng) implements Feed {
        @Override
        public int batches() {
            return feed.batches();
        }

        @Override
        public String description() {
            return feed.description() + " with noise";
        }

        @Override
        public Iterator<Batch> epoch(int epoch, int from) {
            Iterator<Batch> plain = feed.epoch(epoch, from);
            Rng stream = rng.split(epoch);
            return new Iterator<>() {
                private int number = from;

                @Override
                public boolean hasNext() {
                    return plain.hasNext();
                }

                @Override
                public Batch next() {
                    Batch b = plain.next();
                    Tensor noise = stream.split(number++).normal(0, 0.1, b.inputs().shape().dims());
                    return new Batch(b.inputs().add(noise), b.targets());
                }
            };
        }
    }

    /// Writes down what a run tells.
    static final class Diary implements TrainListener {
        final List<String> events = new ArrayList<>();
        final Map<Long, Double> losses = new TreeMap<>();

        @Override
        public void onStart(Run run) {
            events.add("start at " + run.step());
        }

        @Override
        public void onStep(Step step) {
            events.add("step " + step.step());
            losses.put(step.step(), step.loss());
        }

        @Override
        public void onEvaluate(Evaluation evaluation) {
            events.add("evaluate " + evaluation.metrics().keySet());
        }

        @Override
        public void onEpochEnd(Epoch epoch) {
            events.add("epoch " + epoch.epoch() + " " + epoch.metrics().keySet());
        }

        @Override
        public void onCheckpoint(java.nio.file.Path file, boolean best) {
            events.add((best ? "best " : "") + file.getFileName());
        }

        @Override
        public void onStop(Stop stop) {
            events.add(stop.reason() + ": " + stop.message());
        }
    }

    /// Metrics that give the next of a list of scores each time.
    static Metrics scores(double... scores) {
        return new Metrics() {
            private int next;

            @Override
            public List<String> names() {
                return List.of("score");
            }

            @Override
            public Map<String, Double> measure(Module model) {
                return new LinkedHashMap<>(Map.of("score", scores[next++]));
            }
        };
    }

    /// Asks for a stop when a step is done.
    static TrainListener stopAt(long step, StopSignal signal) {
        return new TrainListener() {
            @Override
            public void onStep(Step done) {
                if (done.step() == step) {
                    signal.request();
                }
            }
        };
    }
}
