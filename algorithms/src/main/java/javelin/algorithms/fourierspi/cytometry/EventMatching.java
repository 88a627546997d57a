package javelin.algorithms.fourierspi.cytometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What was found, against what was there.
///
/// @param cells true cells
/// @param events found events
/// @param detected cells in at least one event
/// @param missed cells in none
/// @param doubled cells in more than one
/// @param coincidences events with more than one cell
/// @param empty events without a cell
public record EventMatching(
        int cells, int events, int detected, int missed, int doubled, int coincidences, int empty) {
    /// Matches events along the flow with cells: a cell is in an event if its centre is.
    ///
    /// @param begins where events begin along the flow, metres, in any order
    /// @param ends where they end, metres
    /// @param truth true cells in order of y, as [CellStream#cells()] gives them
    /// @param slack by which events are widened on both sides, metres
    public static EventMatching events(
            double[] begins, double[] ends, List<Cell> truth, double slack) {
        if (begins.length != ends.length) {
            throw new IllegalArgumentException(
                    "event matching: needs an end for each begin, found %d begins and %d ends"
                            .formatted(begins.length, ends.length));
        }
        Checks.range("event matching", "slack", slack, 0, Double.MAX_VALUE);
        double[] ys = heights(truth);
        int[] times = new int[ys.length];
        int coincidences = 0;
        int empty = 0;
        for (int e = 0; e < begins.length; e++) {
            if (!(ends[e] >= begins[e])) {
                throw new IllegalArgumentException(
                        "event matching: event %d ends at %s m, before its begin at %s m"
                                .formatted(e, ends[e], begins[e]));
            }
            int inside = 0;
            for (int i = first(ys, begins[e] - slack);
                    i < ys.length && ys[i] <= ends[e] + slack;
                    i++) {
                times[i]++;
                inside++;
            }
            coincidences += inside > 1 ? 1 : 0;
            empty += inside == 0 ? 1 : 0;
        }
        int detected = 0;
        int doubled = 0;
        for (int t : times) {
            detected += t > 0 ? 1 : 0;
            doubled += t > 1 ? 1 : 0;
        }
        return new EventMatching(
                ys.length,
                begins.length,
                detected,
                ys.length - detected,
                doubled,
                coincidences,
                empty);
    }

    /// The true cell that each found place belongs to: pairs are made from the nearest on, each
    /// cell and each place once.
    ///
    /// @param xs places across the flow, metres
    /// @param ys places along the flow, metres
    /// @param truth true cells in order of y
    /// @param radius largest distance of a pair, metres
    /// @return number of the cell of each place, −1 for none
    public static int[] nearest(double[] xs, double[] ys, List<Cell> truth, double radius) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "event matching: needs an x for each y, found %d and %d"
                            .formatted(xs.length, ys.length));
        }
        Checks.positive("event matching", "radius", radius);
        double[] heights = heights(truth);
        var pairs = new ArrayList<Pair>();
        for (int k = 0; k < ys.length; k++) {
            for (int i = first(heights, ys[k] - radius);
                    i < heights.length && heights[i] <= ys[k] + radius;
                    i++) {
                double distance = Math.hypot(truth.get(i).x() - xs[k], heights[i] - ys[k]);
                if (distance <= radius) {
                    pairs.add(new Pair(k, i, distance));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::distance));
        int[] match = new int[ys.length];
        Arrays.fill(match, -1);
        boolean[] taken = new boolean[heights.length];
        for (Pair p : pairs) {
            if (match[p.place] < 0 && !taken[p.cell]) {
                match[p.place] = p.cell;
                taken[p.cell] = true;
            }
        }
        return match;
    }

    private record Pair(int place, int cell, double distance) {}

    private static double[] heights(List<Cell> truth) {
        double[] ys = new double[truth.size()];
        for (int i = 0; i < ys.length; i++) {
            ys[i] = truth.get(i).y();
            if (i > 0 && ys[i] < ys[i - 1]) {
                throw new IllegalArgumentException(
                        "event matching: cell %d lies before the one in front of it; sort the cells by y"
                                .formatted(i));
            }
        }
        return ys;
    }

    private static int first(double[] ys, double y) {
        int low = 0;
        int high = ys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ys[middle] < y) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Both together.
    public EventMatching plus(EventMatching other) {
        return new EventMatching(
                cells + other.cells,
                events + other.events,
                detected + other.detected,
                missed + other.missed,
                doubled + other.doubled,
                coincidences + other.coincidences,
                empty + other.empty);
    }

    /// Part of the cells that were detected, in `[0, 1]`; NaN without cells.
    public double detectionRate() {
        return (double) detected / cells;
    }

    /// Probability that the next cell of a Poisson flow arrives within a time, `1 − e^(−rate·t)`:
    /// with the time that a cell takes to pass, that it overlaps the next one.
    ///
    /// A cell overlaps its predecessor just as often: with either, `1 − e^(−2·rate·t)`.
    ///
    /// @param rate cells a second
    /// @param time seconds
    public static double expectedOverlap(double rate, double time) {
        Checks.range("expected overlap", "rate", rate, 0, Double.MAX_VALUE);
        Checks.range("expected overlap", "time", time, 0, Double.MAX_VALUE);
        return -Math.expm1(-rate * time);
    }
}
