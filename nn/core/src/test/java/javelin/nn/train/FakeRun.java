package javelin.nn.train;

import javelin.nn.Module;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run that never trains, for tests of listeners.
final class FakeRun implements Run {
    long step;
    final List<String> stops = new ArrayList<>();

    FakeRun(long step) {
        this.step = step;
    }

    @Override
    public Module model() {
        return new Module() {
            @Override
            public Tensor forward(Tensor x) {
                return x;
            }
        };
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public int epoch() {
        return (int) (step / 10) + 1;
    }

    @Override
    public int epochs() {
        return 3;
    }

    @Override
    public long stepsPerEpoch() {
        return 10;
    }

    @Override
    public List<String> metrics() {
        return List.of("loss", "validation_loss", "validation_accuracy");
    }

    @Override
    public void stop(String reason) {
        stops.add(reason);
    }

    /// Tells a listener what a whole run would, from the step after [#step] to step `to`.
    void play(TrainListener listener, long to) {
        listener.onStart(this);
        while (step < to) {
            int epoch = epoch();
            step++;
            listener.onStep(new TrainListener.Step(step, epoch, 4, 1.0 / step, 0.1, 2.5, 0.25));
            if (step % 10 == 0) {
                listener.onEpochEnd(new TrainListener.Epoch(step, epoch, metrics(1.0 / epoch)));
            }
        }
        listener.onStop(
                new TrainListener.Stop(TrainListener.Reason.FINISHED, "done", step, epoch()));
    }

    static Map<String, Double> metrics(double value) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("loss", value);
        metrics.put("validation_loss", value / 3);
        metrics.put("validation_accuracy", 1 - value);
        return metrics;
    }
}
