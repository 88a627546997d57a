package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    private ProgressBar bar(boolean terminal, Duration every) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ProgressBar(out, terminal, every, () -> now += 250_000_000);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void printsALineEverySoOftenWithoutATerminal() {
        new FakeRun(0).play(bar(false, Duration.ofSeconds(2)), 20);
        assertThat(text())
                .isEqualTo(
                        """
                        epoch 1/3 [=====               ] step 8/30, loss 0.3397, 16 images/s, 0:06 left
                        epoch 1/3: loss 1.000, validation loss 0.3333, validation accuracy 0.000
                        epoch 2/3 [==========          ] step 16/30, loss 0.08286, 16 images/s, 0:04 left
                        epoch 2/3: loss 0.5000, validation loss 0.1667, validation accuracy 0.5000
                        done
                        """);
    }

    @Test
    void redrawsOneLineOnATerminal() {
        new FakeRun(0).play(bar(true, Duration.ofMillis(100)), 10);
        List<String> drawings = text().lines().toList(); // \r ends a line, too
        assertThat(drawings).hasSize(1 + 10 + 1 + 2);
        String epoch = drawings.get(11);
        assertThat(epoch).startsWith("epoch 1/3: loss 1.000").endsWith(" "); // covers the bar
    }

    @Test
    void timeLeftOfAResumedRunCountsItsOwnStepsOnly() {
        new FakeRun(20).play(bar(false, Duration.ofSeconds(1)), 24);
        assertThat(text()).contains("step 24/30, ").contains(", 0:02 left");
    }

    @Test
    void longTimesHaveHours() {
        assertThat(ProgressBar.time(59.4)).isEqualTo("0:59");
        assertThat(ProgressBar.time(3723)).isEqualTo("1:02:03");
    }
}
