package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks a training run to end well: it finishes the current step, writes its last checkpoint and
/// returns. May be used from any thread.
///
/// ```java
/// try (var stop = StopSignal.onExit(Duration.ofSeconds(30))) {
///     trainer.fit(train, validation, stop);
/// }
/// ```
public final class StopSignal implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Thread hook;

    /// Signal that is given by [#request] only.
    public StopSignal() {}

    /// Signal that is also given when the JVM is asked to end (Ctrl-C, `SIGTERM`). The JVM then
    /// waits until this is closed, but not longer than `atMost`.
    public static StopSignal onExit(Duration atMost) {
        var signal = new StopSignal();
        Thread hook = Thread.ofPlatform().name("javelin-stop").unstarted(() -> signal.end(atMost));
        signal.hook = hook;
        Runtime.getRuntime().addShutdownHook(hook);
        return signal;
    }

    /// Asks for the end.
    public void request() {
        asked.countDown();
    }

    /// Whether the end was asked for.
    public boolean isRequested() {
        return asked.getCount() == 0;
    }

    /// Says that everything is saved: a JVM that waits may go.
    @Override
    public void close() {
        done.countDown();
        Thread installed = hook;
        hook = null;
        if (installed == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(installed);
        } catch (IllegalStateException _) {
            // the JVM is ending: the hook is running and sees that all is done
        }
    }

    private void end(Duration atMost) {
        request();
        try {
            if (!done.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                System.getLogger("javelin.nn")
                        .log(
                                Level.WARNING,
                                "stop: the run did not end within {0} s; what it did since its last"
                                        + " checkpoint is lost",
                                atMost.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
