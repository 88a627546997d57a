package javelin.nn.train;

import javelin.kernels.Scope;
import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.io.FormatException;
import javelin.nn.optim.Clip;
import javelin.nn.optim.Ema;
import javelin.nn.optim.Optimizer;
import javelin.nn.train.TrainListener.Epoch;
import javelin.nn.train.TrainListener.Evaluation;
import javelin.nn.train.TrainListener.Reason;
import javelin.nn.train.TrainListener.Step;
import javelin.nn.train.TrainListener.Stop;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Gradients;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The state of one run of a [Trainer] and its loop.
final class TrainRun implements Run {
    private final Module model;
    private final TrainConfig config;
    private final Saving saving;
    private final List<TrainListener> listeners;
    private final Feed train;
    private final @Nullable Metrics metrics;
    private final StopSignal signal;
    private final Optimizer.State optimizer;
    private final @Nullable Ema average;
    private final Map<String, String> settings;

    // What a checkpoint holds beside tensors.
    private long step;
    private int epoch = 1;
    private int batch; // batches of this epoch done
    private double lossSum; // over the examples of this epoch so far
    private long seen; // examples of this epoch so far
    private double best;
    private History history = History.empty();

    // The state before the running step, to go back to if it fails.
    private final Map<String, Tensor> buffersBefore = new LinkedHashMap<>();
    private Map<String, Rng.State> generatorsBefore = Map.of();

    // What a failure now would leave behind.
    private boolean inPass; // buffers and generators may be those of the running step
    private boolean inUpdate; // parameters may be half updated
    private long firstStep;

    private @Nullable String asked; // reason of a listener to stop
    private @Nullable Path lastFile;
    private @Nullable Path bestFile;

    TrainRun(
            Module model,
            TrainConfig config,
            Saving saving,
            List<TrainListener> listeners,
            Feed train,
            @Nullable Metrics metrics,
            StopSignal signal) {
        this.model = model;
        this.config = config;
        this.saving = saving;
        this.listeners = listeners;
        this.train = train;
        this.metrics = metrics;
        this.signal = signal;
        this.optimizer = config.optimizer().start(model.parameters());
        this.average = config.averageDecay() == 0 ? null : new Ema(model, config.averageDecay());
        this.settings = config.settings(model, train);
        this.best = saving.best() == null ? 0 : saving.best().worst();
        model.buffers().forEach((n, b) -> buffersBefore.put(n, Tensor.zerosLike(b)));
        checkMetric();
        checkKeys();
        if (train.batches() < 1) {
            throw new IllegalArgumentException("train: the feed has no batches");
        }
    }

    private void checkKeys() {
        var keys = new HashSet<String>();
        for (TrainListener l : listeners) {
            if (!l.state().isEmpty() && !keys.add(l.key())) {
                throw new IllegalArgumentException(
                        "train: two listeners keep their state under the key '%s'; give one another key"
                                .formatted(l.key()));
            }
        }
    }

    private void checkMetric() {
        Monitor wanted = saving.best();
        if (wanted != null && !metrics().contains(wanted.metric())) {
            throw new IllegalArgumentException(
                    "saving: no metric '%s' for the best checkpoint; this run has %s"
                            .formatted(wanted.metric(), metrics()));
        }
    }

    // ---- the loop ----

    Trainer.Outcome run() {
        try {
            makeFolder();
            tell(l -> l.onStart(this));
            Stop stop = loop();
            tell(l -> l.onStop(stop));
            return new Trainer.Outcome(stop, history, lastFile, bestFile);
        } catch (NotFiniteException e) {
            stopAfter(e, Reason.NOT_FINITE);
            throw e;
        } catch (RuntimeException | Error e) {
            stopAfter(e, Reason.FAILED);
            throw e;
        }
    }

    private Stop loop() {
        while (asked == null && epoch <= config.epochs()) {
            model.training(true);
            Iterator<Batch> batches = train.epoch(epoch, batch);
            while (batches.hasNext() && asked == null && !signal.isRequested()) {
                long start = System.nanoTime();
                Batch examples = batches.next();
                try (Scope _ = Scope.open()) {
                    step(examples, start);
                }
                if (saving.everySteps() > 0 && step % saving.everySteps() == 0) {
                    saveLast();
                }
            }
            saveLast(); // now, because an evaluation may be long and the process killed in it
            if (signal.isRequested()) {
                return stop(Reason.INTERRUPTED, "stopped on request");
            }
            if (!batches.hasNext()) {
                endEpoch();
            }
        }
        return asked != null
                ? stop(Reason.LISTENER, asked)
                : stop(Reason.FINISHED, "all %d epochs are done".formatted(config.epochs()));
    }

    private Stop stop(Reason reason, String message) {
        return new Stop(
                reason,
                "%s, after step %d of %d".formatted(message, step, totalSteps()),
                step,
                epoch - 1);
    }

    private void step(Batch examples, long start) {
        rememberState();
        inPass = true;
        Tensor loss = config.objective().loss(model, examples);
        double value = loss.item();
        if (!Double.isFinite(value)) {
            throw notFinite(examples, value);
        }
        Map<String, Tensor> gradients = gradients(loss);
        double norm = Clip.norm(gradients);
        if (!Double.isFinite(norm)) {
            throw notFinite(examples, value);
        }
        if (config.clipNorm() > 0) {
            gradients = Clip.byNorm(gradients, norm, config.clipNorm());
        }
        double rate = config.schedule().rate(step);
        inUpdate = true;
        optimizer.step(gradients, rate);
        if (average != null) {
            average.update(model);
        }
        step++;
        batch++;
        lossSum += value * examples.size();
        seen += examples.size();
        inUpdate = false;
        inPass = false;
        double seconds = (System.nanoTime() - start) / 1e9;
        var done = new Step(step, epoch, examples.size(), value, rate, norm, seconds);
        tell(l -> l.onStep(done));
    }

    private Map<String, Tensor> gradients(Tensor loss) {
        Gradients all = Autograd.backward(loss);
        var byName = new LinkedHashMap<String, Tensor>();
        model.parameters().forEach((name, p) -> byName.put(name, all.of(p)));
        return byName;
    }

    private void endEpoch() {
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", lossSum / seen);
        if (metrics != null) {
            Map<String, Double> measured = measure(metrics);
            var evaluation = new Evaluation(step, epoch, measured);
            tell(l -> l.onEvaluate(evaluation));
            values.putAll(measured);
        }
        var done = new Epoch(step, epoch, values);
        history = history.with(done);
        epoch++; // before a listener can fail: the epoch is in the history and must not end twice
        batch = 0;
        lossSum = 0;
        seen = 0;
        tell(l -> l.onEpochEnd(done));
        boolean isBest = isBest(values);
        saveLast();
        if (isBest) {
            saveBest();
        }
    }

    private Map<String, Double> measure(Metrics of) {
        Supplier<Map<String, Double>> work =
                () -> model.inference(() -> GradMode.off(() -> of.measure(model)));
        return average == null ? work.get() : average.with(model, work);
    }

    private boolean isBest(Map<String, Double> values) {
        Monitor monitor = saving.best();
        if (monitor == null) {
            return false;
        }
        double value = values.getOrDefault(monitor.metric(), Double.NaN);
        boolean better = monitor.better(value, best, 0);
        best = better ? value : best;
        return better;
    }

    private void tell(Consumer<TrainListener> event) {
        listeners.forEach(event);
    }

    /// Tells the listeners of a failure; what they throw themselves is added to it.
    private void stopAfter(Throwable failure, Reason reason) {
        if (reason == Reason.FAILED && !inUpdate && step > firstStep) {
            try {
                if (inPass) {
                    restoreState();
                }
                saveLast();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        var stop = new Stop(reason, String.valueOf(failure.getMessage()), step, epoch - 1);
        for (TrainListener l : listeners) {
            try {
                l.onStop(stop);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    // ---- numbers that are not finite ----

    private void rememberState() {
        generatorsBefore = generatorStates();
        model.buffers().forEach((name, b) -> before(name).assign(b));
    }

    private void restoreState() {
        model.loadGenerators(generatorsBefore);
        model.buffers().forEach((name, b) -> b.assign(before(name)));
    }

    private Tensor before(String buffer) {
        return Objects.requireNonNull(buffersBefore.get(buffer), buffer);
    }

    private NotFiniteException notFinite(Batch examples, double loss) {
        restoreState();
        String where =
                NonFinite.find(model, examples, () -> config.objective().loss(model, examples));
        restoreState();
        if (where == null) {
            where =
                    Double.isFinite(loss)
                            ? "the length of all gradients together, though each is finite"
                            : "the loss, but not when the step was run again";
        }
        String saved = "";
        if (saving.folder() != null) {
            Path file = saving.folder().resolve("notfinite.safetensors");
            save(file, false);
            saved = "the state before this step is in " + file;
        }
        return new NotFiniteException(step + 1, where, saved);
    }

    private Map<String, Rng.State> generatorStates() {
        var states = new LinkedHashMap<String, Rng.State>();
        model.generators().forEach((name, rng) -> states.put(name, rng.state()));
        return states;
    }

    // ---- checkpoints ----

    private void makeFolder() {
        Path folder = saving.folder();
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", null));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException(
                            "saving: cannot write checkpoints to %s: %s".formatted(folder, e), e));
        }
    }

    private void saveLast() {
        if (saving.folder() != null) {
            lastFile = saving.folder().resolve("last.safetensors");
            save(lastFile, false);
        }
    }

    private void saveBest() {
        if (saving.folder() != null) {
            bestFile = saving.folder().resolve("best.safetensors");
            save(bestFile, true);
        }
    }

    private void save(Path file, boolean isBest) {
        try {
            checkpoint().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(l -> l.onCheckpoint(file, isBest));
    }

    private Checkpoint checkpoint() {
        var tensors = new LinkedHashMap<String, Tensor>();
        model.state().forEach((name, t) -> tensors.put(Checkpoint.MODEL + name, t));
        optimizer.tensors().forEach((name, t) -> tensors.put(Checkpoint.OPTIMIZER + name, t));
        if (average != null) {
            average.state().forEach((name, t) -> tensors.put(Checkpoint.AVERAGE + name, t));
        }
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("configuration", settings);
        state.put("step", step);
        state.put("epoch", epoch);
        state.put("batch", batch);
        state.put("loss_sum", lossSum);
        state.put("seen", seen);
        state.put("best", Double.isFinite(best) ? best : null);
        state.put("optimizer", optimizer.numbers());
        var generators = new LinkedHashMap<String, Object>();
        generatorStates().forEach((name, s) -> generators.put(name, List.of(s.key(), s.counter())));
        state.put("generators", generators);
        var remembered = new LinkedHashMap<String, Object>();
        listeners.stream()
                .filter(l -> !l.state().isEmpty())
                .forEach(l -> remembered.put(l.key(), l.state()));
        state.put("listeners", remembered);
        state.put("history", history.toJson());
        return new Checkpoint(tensors, state);
    }

    /// Sets everything that [#checkpoint] wrote.
    void restore(Path file, Checkpoint from) throws FormatException {
        Settings.check(file, from.configuration(), settings);
        try {
            model.load(from.tensors(Checkpoint.MODEL));
            if (average != null) {
                average.load(from.tensors(Checkpoint.AVERAGE));
            }
            optimizer.load(from.tensors(Checkpoint.OPTIMIZER), from.state("optimizer"));
            var generators = new LinkedHashMap<String, Rng.State>();
            from.state("generators").forEach((name, s) -> generators.put(name, generator(s)));
            model.loadGenerators(generators);
            step = from.step();
            firstStep = step;
            epoch = from.epoch();
            batch = (int) from.number("batch");
            lossSum = from.number("loss_sum");
            seen = (long) from.number("seen");
            history = from.history();
            double saved = from.number("best");
            best = Double.isNaN(saved) ? best : saved;
            Map<String, @Nullable Object> remembered = from.state("listeners");
            for (TrainListener l : listeners) {
                if (remembered.get(l.key()) instanceof Map<?, ?> state) {
                    var numbers = new LinkedHashMap<String, Double>();
                    state.forEach((k, v) -> numbers.put((String) k, History.number(v)));
                    l.restore(numbers);
                }
            }
        } catch (ClassCastException | NullPointerException e) {
            throw new FormatException(
                    file.toString(), "holds no training state that this program can read", e);
        }
    }

    private static Rng.State generator(@Nullable Object json) {
        List<?> pair = (List<?>) Objects.requireNonNull(json);
        return new Rng.State((Long) pair.get(0), (Long) pair.get(1));
    }

    // ---- what listeners see ----

    @Override
    public Module model() {
        return model;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public int epochs() {
        return config.epochs();
    }

    @Override
    public long stepsPerEpoch() {
        return train.batches();
    }

    @Override
    public List<String> metrics() {
        List<String> names = new ArrayList<>(List.of("loss"));
        if (metrics != null) {
            names.addAll(metrics.names());
        }
        return names;
    }

    @Override
    public void stop(String reason) {
        asked = reason;
    }
}
