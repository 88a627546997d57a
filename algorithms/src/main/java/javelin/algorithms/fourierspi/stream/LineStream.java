package javelin.algorithms.fourierspi.stream;

import javelin.algorithms.fourierspi.LineReconstruction;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// Reconstructs a stream of samples while it arrives. One thread plays the converter: it copies
/// samples block by block into a ring, at a given rate or as fast as they are taken. The calling
/// thread combines phases and sums coefficients to pixels, and hands each block of lines on.
///
/// At a given rate a block that finds the ring full is lost, as it would be in an instrument, and
/// its lines are counted; nothing waits.
///
/// @param blockLines lines of a block
/// @param ringBlocks blocks of the ring
/// @param rate lines per second; 0 for as fast as they are taken, then none are lost
public record LineStream(int blockLines, int ringBlocks, double rate) {
    /// Blocks of 256 lines; 256 of them bridge a tenth of a second at 625,000 lines a second.
    public static final LineStream UNPACED = new LineStream(256, 256, 0);

    /// Lines that are reconstructed and handed on at once: their pixels stay in the second-level
    /// cache.
    private static final int PIECE = 32;

    private static final int MOST_LATENCIES = 1 << 16;

    public LineStream {
        if (blockLines < 1 || ringBlocks < 2 || !(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "stream: needs blocks of 1 line or more, 2 blocks or more and a rate of 0 or more, got %d, %d, %s"
                            .formatted(blockLines, ringBlocks, rate));
        }
    }

    /// The same at another rate.
    public LineStream withRate(double linesPerSecond) {
        return new LineStream(blockLines, ringBlocks, linesPerSecond);
    }

    /// Takes the reconstructed lines of a block.
    @FunctionalInterface
    public interface Sink {
        /// Takes lines.
        ///
        /// @param x lines `[count, pixels]`, valid during the call
        /// @param first number of the first of them since the start
        void lines(float[] x, int count, long first);
    }

    /// What happened.
    ///
    /// @param lines lines that were reconstructed
    /// @param lost lines that found the ring full
    /// @param seconds from the first block to the last
    /// @param busySeconds time of that in which the reconstructing thread had work
    /// @param medianLatency seconds from the arrival of a block to the end of its work
    /// @param p99Latency the same for 99 of 100 blocks
    /// @param collections pauses of the garbage collector meanwhile
    /// @param collectionSeconds time of these
    public record Result(
            long lines,
            long lost,
            double seconds,
            double busySeconds,
            double medianLatency,
            double p99Latency,
            long collections,
            double collectionSeconds) {
        /// Reconstructed lines per second.
        public double rate() {
            return lines / seconds;
        }
    }

    private static final class Block {
        final short[] codes;
        long number;
        long arrived;

        Block(int values) {
            codes = new short[values];
        }
    }

    /// Runs for a time.
    ///
    /// @param codes samples of whole blocks, unsigned, which are repeated
    /// @param step value of one step of the converter
    /// @param seconds time to run
    /// @throws IllegalArgumentException if `codes` are no whole number of blocks
    public Result run(
            short[] codes, double step, LineReconstruction plan, double seconds, Sink sink) {
        int values = blockLines * plan.samples();
        if (codes.length == 0 || codes.length % values != 0) {
            throw new IllegalArgumentException(
                    "stream: %d samples are not whole blocks of %d"
                            .formatted(codes.length, values));
        }
        var ring = new Ring<>(ringBlocks, () -> new Block(values));
        float[] lines = new float[Math.multiplyExact(PIECE, plan.pixels())];
        long[] latencies = new long[MOST_LATENCIES];
        long[] collectionsBefore = collections();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        var converter = new Converter(ring, codes, values, start, end);
        Thread thread = new Thread(converter, "javelin-converter");
        thread.setDaemon(true);
        thread.start();
        long busy = 0;
        long blocks = 0;
        long last = start;
        while (true) {
            boolean ended = converter.ended; // before the look: nothing comes after it
            Block block = ring.next();
            if (block == null) {
                if (ended) {
                    break;
                }
                LockSupport.parkNanos(20_000); // on one processor the converter needs it
                continue;
            }
            long begin = System.nanoTime();
            for (int l = 0; l < blockLines; l += PIECE) {
                int some = Math.min(PIECE, blockLines - l);
                plan.run(block.codes, l * plan.samples(), step, some, lines, 0);
                sink.lines(lines, some, block.number * blockLines + l);
            }
            last = System.nanoTime();
            busy += last - begin;
            latencies[(int) (blocks % MOST_LATENCIES)] = last - block.arrived;
            blocks++;
            ring.release();
        }
        long[] collectionsAfter = collections();
        long[] sorted = Arrays.copyOf(latencies, (int) Math.min(blocks, MOST_LATENCIES));
        Arrays.sort(sorted);
        return new Result(
                blocks * blockLines,
                converter.lost * blockLines,
                (last - start) * 1e-9,
                busy * 1e-9,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                collectionsAfter[0] - collectionsBefore[0],
                (collectionsAfter[1] - collectionsBefore[1]) * 1e-3);
    }

    private static double percentile(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (part * (sorted.length - 1))] * 1e-9;
    }

    /// Number and milliseconds of all pauses so far.
    private static long[] collections() {
        long[] sums = new long[2];
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            sums[0] += Math.max(0, bean.getCollectionCount());
            sums[1] += Math.max(0, bean.getCollectionTime());
        }
        return sums;
    }

    /// Plays the converter.
    private final class Converter implements Runnable {
        private final Ring<Block> ring;
        private final short[] codes;
        private final int values;
        private final long start;
        private final long end;
        private long lost;
        private volatile boolean ended;

        Converter(Ring<Block> ring, short[] codes, int values, long start, long end) {
            this.ring = ring;
            this.codes = codes;
            this.values = values;
            this.start = start;
            this.end = end;
        }

        @Override
        public void run() {
            double nanosPerBlock = rate == 0 ? 0 : blockLines / rate * 1e9;
            int at = 0;
            for (long n = 0; System.nanoTime() < end; n++) {
                if (rate > 0) {
                    await(start + (long) ((n + 1) * nanosPerBlock));
                }
                Block block = ring.free();
                while (block == null && rate == 0 && System.nanoTime() < end) {
                    LockSupport.parkNanos(200_000);
                    block = ring.free();
                }
                if (block == null) {
                    lost++;
                } else {
                    System.arraycopy(codes, at, block.codes, 0, values);
                    block.number = n;
                    block.arrived = System.nanoTime();
                    ring.publish();
                }
                at = (at + values) % codes.length;
            }
            ended = true; // makes `lost` visible, too
        }

        private static void await(long time) {
            for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
