package javelin.algorithms.fourierspi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

class LineStreamTest {
    private static final Grid GRID = Grid.line(128);
    private static final Schedule SCHEDULE =
            Schedule.of(GRID, SamplingOrder.LOW_1D.first(GRID, 8), new Scheme.Steps(4), false);

    private static short[] codes(int lines) {
        Rng rng = Rng.seed(1);
        short[] codes = new short[lines * 32];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) rng.nextInt(4096);
        }
        return codes;
    }

    private static LineReconstruction plan() {
        return LineReconstruction.ideal(SCHEDULE, 0.5, 128);
    }

    @Test
    void everyLineArrivesAsReconstructedAlone() {
        short[] codes = codes(3 * 16);
        float[] expected = new float[3 * 16 * 128];
        plan().run(codes, 0, 0.01, 3 * 16, expected, 0);
        var next = new AtomicLong();
        var wrong = new AtomicInteger();
        var result =
                new LineStream(16, 4, 0)
                        .run(
                                codes,
                                0.01,
                                plan(),
                                0.3,
                                (x, count, first) -> {
                                    int at = (int) (first % 48) * 128;
                                    boolean same =
                                            Arrays.equals(
                                                    x,
                                                    0,
                                                    count * 128,
                                                    expected,
                                                    at,
                                                    at + count * 128);
                                    wrong.addAndGet(same && first == next.getAndAdd(count) ? 0 : 1);
                                });
        assertThat(wrong).hasValue(0);
        assertThat(result.lost()).isZero();
        assertThat(result.lines()).isEqualTo(next.get()).isGreaterThan(100);
        assertThat(result.busySeconds()).isLessThanOrEqualTo(result.seconds());
    }

    @Test
    void keepsTheRateAskedFor() {
        var result =
                new LineStream(16, 64, 20_000).run(codes(16), 0.01, plan(), 0.5, (_, _, _) -> {});
        assertThat(result.lines() + result.lost()).isBetween(2_000L, 10_100L);
        assertThat(result.p99Latency()).isGreaterThanOrEqualTo(result.medianLatency());
    }

    @Test
    void whatComesTooFastIsCountedAsLost() {
        var result =
                new LineStream(16, 2, 100_000)
                        .run(
                                codes(16),
                                0.01,
                                plan(),
                                0.3,
                                (_, _, _) -> {
                                    long until = System.nanoTime() + 2_000_000;
                                    while (System.nanoTime() < until) {
                                        Thread.onSpinWait();
                                    }
                                });
        assertThat(result.lost()).isGreaterThan(result.lines());
    }

    @Test
    void theRingNeitherLosesNorRepeats() throws InterruptedException {
        var ring = new Ring<>(3, AtomicLong::new);
        int n = 100_000;
        Thread producer =
                new Thread(() -> {
                    for (long i = 0; i < n; i++) {
                        AtomicLong block = ring.free();
                        while (block == null) {
                            LockSupport.parkNanos(1_000);
                            block = ring.free();
                        }
                        block.setPlain(i);
                        ring.publish();
                    }
                });
        producer.start();
        for (long i = 0; i < n; i++) {
            AtomicLong block = ring.next();
            while (block == null) {
                LockSupport.parkNanos(1_000);
                block = ring.next();
            }
            assertThat(Objects.requireNonNull(block).getPlain()).isEqualTo(i);
            ring.release();
        }
        producer.join();
        assertThat(ring.next()).isNull();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> new LineStream(0, 4, 0)).hasMessageContaining("blocks");
        assertThatThrownBy(
                        () -> LineStream.UNPACED.run(new short[7], 1, plan(), 1, (_, _, _) -> {}))
                .hasMessageContaining("7 samples");
    }
}
