package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Scalars and pictures for TensorBoard, in an event file of its own for each start of a run.
///
/// | tag | when |
/// |---|---|
/// | `step/loss`, `step/rate`, `step/gradient_norm`, `step/images_per_second` | every so many steps |
/// | `epoch/…`, one for each metric | each epoch |
///
/// The file is named `events.out.tfevents.SECONDS.javelin.PROCESS`; no host name is written.
public final class TensorBoardLog implements TrainListener {
    private final Path folder;
    private final int every;
    private @Nullable EventFile file;

    /// Log in `folder` with scalars of every step.
    public TensorBoardLog(Path folder) {
        this(folder, 1);
    }

    /// Log in `folder` with scalars of every `every`-th step.
    ///
    /// @throws IllegalArgumentException if `every` is less than 1
    public TensorBoardLog(Path folder, int every) {
        if (every < 1) {
            throw new IllegalArgumentException(
                    "tensorboard: steps between two rows must be at least 1, got " + every);
        }
        this.folder = folder;
        this.every = every;
    }

    @Override
    public void onStart(Run run) {
        attempt(() -> {
            Files.createDirectories(folder);
            EventFile opened = new EventFile(unused());
            file = opened;
            if (run.step() > 0) {
                opened.start(run.step() + 1);
            }
        });
    }

    private Path unused() {
        String name =
                String.format(
                        Locale.ROOT,
                        "events.out.tfevents.%010d.javelin.%d",
                        System.currentTimeMillis() / 1000,
                        ProcessHandle.current().pid());
        Path path = folder.resolve(name);
        for (int n = 1; Files.exists(path); n++) {
            path = folder.resolve(name + "." + n);
        }
        return path;
    }

    @Override
    public void onStep(Step s) {
        EventFile to = file;
        if (to == null || s.step() % every != 0) {
            return;
        }
        attempt(() -> {
            to.scalar("step/loss", s.step(), s.loss());
            to.scalar("step/rate", s.step(), s.rate());
            to.scalar("step/gradient_norm", s.step(), s.gradientNorm());
            to.scalar("step/images_per_second", s.step(), s.examples() / s.seconds());
        });
    }

    @Override
    public void onEpochEnd(Epoch epoch) {
        EventFile to = file;
        if (to == null) {
            return;
        }
        attempt(() -> {
            for (var metric : epoch.metrics().entrySet()) {
                to.scalar("epoch/" + metric.getKey(), epoch.step(), metric.getValue());
            }
        });
    }

    /// Adds a picture, for instance samples of a generator.
    ///
    /// @param png the picture as a PNG file
    /// @throws IllegalStateException if no run has started
    public void image(String tag, long step, int height, int width, byte[] png) {
        EventFile to = file;
        if (to == null) {
            throw new IllegalStateException("tensorboard: no run is going on; add pictures in one");
        }
        attempt(() -> to.image(tag, step, height, width, png));
    }

    @Override
    public void onStop(Stop stop) {
        EventFile to = file;
        file = null;
        if (to != null) {
            attempt(to::close);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new UncheckedIOException(
                    new IOException(
                            "tensorboard: cannot write in %s: %s".formatted(folder, why), e));
        }
    }
}
