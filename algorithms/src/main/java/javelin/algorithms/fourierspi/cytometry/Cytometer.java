package javelin.algorithms.fourierspi.cytometry;

import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.stream.LineStream;
import javelin.algorithms.fourierspi.stream.Ring;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/// The whole chain from samples to classified cells: trigger, reconstruction, segmentation,
/// features, class.
///
/// @param finder how events are cut out of the stream
/// @param segmentation how cells are cut out of an event
/// @param pitch distance of two lines, metres
/// @param classifier class of a cell by its [Features#toArray()]; used by several threads at once
public record Cytometer(
        EventFinder.Config finder,
        Segmentation.Config segmentation,
        double pitch,
        ToIntFunction<double[]> classifier) {
    private static final int WAITING = 256; // events between the two threads

    /// Checks the pitch.
    public Cytometer {
        Checks.positive("cytometer", "pitch", pitch);
    }

    /// The same with another classifier.
    public Cytometer with(ToIntFunction<double[]> other) {
        return new Cytometer(finder, segmentation, pitch, other);
    }

    /// What was found in a recording.
    ///
    /// @param begins first line of each event, margins included, metres from the first line of all
    /// @param ends its last line, metres
    /// @param cells the cells, by event
    @SuppressWarnings("ArrayRecordComponent") // lists of numbers to read, never compared
    public record Found(double[] begins, double[] ends, List<MeasuredCell> cells) {
        /// Copies the list.
        public Found {
            cells = List.copyOf(cells);
        }
    }

    /// Finds the cells of a recording, on this thread.
    ///
    /// @param codes samples of all lines, unsigned
    /// @param step value of one step of the converter
    /// @param plan reconstruction, used by this call alone meanwhile
    /// @throws IllegalArgumentException if `codes` are no whole number of lines
    public Found run(short[] codes, double step, LineReconstruction plan) {
        if (codes.length % plan.samples() != 0) {
            throw new IllegalArgumentException(
                    "cytometer: %d samples are not whole lines of %d"
                            .formatted(codes.length, plan.samples()));
        }
        var events = new ArrayList<CellEvent>();
        var find = new EventFinder(finder, plan, step);
        var sink =
                new EventFinder.Sink() {
                    @Override
                    public CellEvent free() {
                        return new CellEvent(plan.pixels());
                    }

                    @Override
                    public void found(CellEvent event) {
                        events.add(event);
                    }
                };
        find.lines(codes, 0, codes.length / plan.samples(), sink);
        find.finish(sink);
        double[] begins = new double[events.size()];
        double[] ends = new double[events.size()];
        var cells = new ArrayList<MeasuredCell>();
        var analysis = new CellAnalysis(segmentation);
        double shift = (plan.border() - 0.5) * segmentation.field() / plan.pixels();
        for (int e = 0; e < begins.length; e++) {
            CellEvent event = events.get(e);
            begins[e] = event.first() * pitch;
            ends[e] = (event.first() + event.rows() - 1) * pitch;
            for (FoundCell c : analyse(analysis, event)) {
                int kind = classifier.applyAsInt(c.features().toArray());
                cells.add(
                        new MeasuredCell(
                                c.x() + shift, begins[e] + c.y(), c.cut(), c.features(), kind));
            }
        }
        return new Found(begins, ends, cells);
    }

    private List<FoundCell> analyse(CellAnalysis analysis, CellEvent event) {
        return analysis.analyse(
                event.lines(), event.rows(), event.background().length, pitch, event.background());
    }

    /// What came out of a stream.
    ///
    /// @param stream lines, lost lines, times
    /// @param events number of events
    /// @param cells number of cells
    /// @param kinds how many of each class
    /// @param seconds from the first block to the last class
    @SuppressWarnings("ArrayRecordComponent") // a table to read, never compared
    public record Streamed(
            LineStream.Result stream, long events, long cells, long[] kinds, double seconds) {
        /// Cells per second through the whole chain.
        public double rate() {
            return cells / seconds;
        }
    }

    /// Runs on a stream, on two threads: this one finds and reconstructs events, the other one
    /// analyses and classifies them; when events pile up, this one does so too.
    ///
    /// @param stream how samples arrive
    /// @param codes samples of whole blocks of the stream, which are repeated
    /// @param step value of one step of the converter
    /// @param plan reconstruction, used by this call alone meanwhile
    /// @param kinds number of classes
    /// @param time seconds to run
    public Streamed stream(
            LineStream stream,
            short[] codes,
            double step,
            LineReconstruction plan,
            int kinds,
            double time) {
        Checks.atLeast("cytometer", "kinds", kinds, 1);
        var ring = new Ring<>(WAITING, () -> new CellEvent(plan.pixels()));
        var mine = new Counter(kinds);
        var other = new Counter(kinds);
        var analyst = new Analyst(ring, other);
        Thread thread = new Thread(analyst, "javelin-cells");
        thread.setDaemon(true);
        var find = new EventFinder(finder, plan, step);
        var spare = new CellEvent(plan.pixels());
        var sink =
                new EventFinder.Sink() {
                    @Override
                    public CellEvent free() {
                        CellEvent event = ring.free();
                        return event == null ? spare : event;
                    }

                    @Override
                    public void found(CellEvent event) {
                        if (event == spare) {
                            mine.take(event);
                        } else {
                            ring.publish();
                        }
                    }
                };
        thread.start();
        long start = System.nanoTime();
        LineStream.Result result;
        try {
            result =
                    stream.run(
                            codes,
                            plan.samples(),
                            time,
                            (block, _) ->
                                    find.lines(block, 0, block.length / plan.samples(), sink));
            find.finish(sink);
        } finally {
            analyst.ended = true;
            join(thread);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (analyst.failure != null) {
            throw analyst.failure;
        }
        long[] counts = new long[kinds];
        long cells = 0;
        for (int k = 0; k < kinds; k++) {
            counts[k] = mine.kinds[k] + other.kinds[k];
            cells += counts[k];
        }
        return new Streamed(result, find.events(), cells, counts, seconds);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Analyses events and counts their cells, on one thread.
    private final class Counter {
        private final CellAnalysis analysis = new CellAnalysis(segmentation);
        private final long[] kinds;

        Counter(int kinds) {
            this.kinds = new long[kinds];
        }

        void take(CellEvent event) {
            for (FoundCell c : analyse(analysis, event)) {
                kinds[classifier.applyAsInt(c.features().toArray())]++;
            }
        }
    }

    /// The second thread.
    private static final class Analyst implements Runnable {
        private final Ring<CellEvent> ring;
        private final Counter counter;
        private volatile boolean ended;
        private volatile @Nullable RuntimeException failure;

        Analyst(Ring<CellEvent> ring, Counter counter) {
            this.ring = ring;
            this.counter = counter;
        }

        @Override
        public void run() {
            while (true) {
                boolean last = ended; // before the look: nothing comes after it
                CellEvent event = ring.next();
                if (event != null) {
                    try {
                        counter.take(event);
                    } catch (RuntimeException e) {
                        failure = e; // the first thread throws it; events go on being taken
                    }
                    ring.release();
                } else if (last) {
                    return;
                } else {
                    LockSupport.parkNanos(20_000);
                }
            }
        }
    }
}
