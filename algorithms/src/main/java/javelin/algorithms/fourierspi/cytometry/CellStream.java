package javelin.algorithms.fourierspi.cytometry;

import javelin.algorithms.fourierspi.Scene;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Cells that flow through the field, for ever where there are none. Light that passes several
/// cells is weakened by each: transmissions multiply.
///
/// Immutable, for any number of threads. A row costs what the cells in it cost.
public final class CellStream implements Scene {
    private final List<Cell> cells; // by y
    private final double[] ys;
    private final double[] heights; // half height with soft edge
    private final double[] widths;
    private final double[] cosines;
    private final double[] sines;
    private final double edge;
    private final double field;
    private final double reach; // largest half height

    /// The given cells.
    ///
    /// @param edge scale of the logistic edges, metres
    /// @param field width of the field, metres
    public CellStream(Collection<Cell> cells, double edge, double field) {
        Checks.positive("cell stream", "edge", edge);
        Checks.positive("cell stream", "field", field);
        this.edge = edge;
        this.field = field;
        List<Cell> sorted = new ArrayList<>(cells);
        sorted.sort(Comparator.comparingDouble(Cell::y));
        this.cells = List.copyOf(sorted);
        int n = sorted.size();
        ys = new double[n];
        heights = new double[n];
        widths = new double[n];
        cosines = new double[n];
        sines = new double[n];
        double most = 0;
        for (int i = 0; i < n; i++) {
            Cell c = sorted.get(i);
            // an ellipse's edge is softer along its long axis, by the root of the ratio of axes
            double stretch = Math.sqrt(Math.max(c.ellipticity(), 1 / c.ellipticity()));
            double soft = Logistic.REACH * edge * stretch;
            ys[i] = c.y();
            heights[i] = c.halfHeight() + soft;
            widths[i] = c.halfWidth() + soft;
            cosines[i] = Math.cos(c.angle());
            sines[i] = Math.sin(c.angle());
            most = Math.max(most, heights[i]);
        }
        reach = most;
    }

    /// Cells that arrive independently of each other: a Poisson process.
    ///
    /// @param rate mean number of cells a second
    /// @param speed of the flow, metres a second
    /// @param duration of the stream, seconds; centres lie at `0 ≤ y < speed·duration`
    /// @param seed the same seed gives the same stream
    public static CellStream poisson(
            CellModel model, double rate, double speed, double duration, long seed) {
        Checks.positive("cell stream", "rate", rate);
        Checks.positive("cell stream", "speed", speed);
        Checks.positive("cell stream", "duration", duration);
        if (rate * duration > 1e7) {
            throw new IllegalArgumentException(
                    "cell stream: found about "
                            + rate * duration
                            + " cells; take at most ten million, or several streams");
        }
        Rng arrivals = Rng.seed(seed);
        Rng looks = arrivals.split();
        List<Cell> cells = new ArrayList<>();
        double time = wait(rate, arrivals);
        while (time < duration) {
            cells.add(model.draw(speed * time, looks));
            time += wait(rate, arrivals);
        }
        return new CellStream(cells, model.visibleEdge(), model.field());
    }

    private static double wait(double rate, Rng rng) {
        return -StrictMath.log(1 - rng.nextDouble()) / rate;
    }

    /// The true cells, by y.
    public List<Cell> cells() {
        return cells;
    }

    /// Width of the field, metres.
    public double field() {
        return field;
    }

    @Override
    public void row(double y, double[] line) {
        Arrays.fill(line, 1);
        for (int i = firstFrom(y - reach); i < ys.length && ys[i] <= y + reach; i++) {
            if (Math.abs(y - ys[i]) < heights[i]) {
                shade(i, y - ys[i], line);
            }
        }
    }

    /// Number of the first cell at or after `y`.
    private int firstFrom(double y) {
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

    private void shade(int i, double dy, double[] line) {
        Cell cell = cells.get(i);
        double part = field / line.length;
        // midpoint rule; half an edge's scale apart its error is below 1e-3 of the absorbance
        int points = (int) Math.max(1, Math.ceil(2 * part / edge));
        int from = (int) Math.max(0, Math.floor((cell.x() - widths[i]) / part));
        int to = (int) Math.min(line.length, Math.ceil((cell.x() + widths[i]) / part));
        double perEdge = 1 / edge;
        double body = cell.diameter() / 2 * perEdge;
        double core = cell.nucleus() * body;
        double nucleus = cell.nucleus() > 0 ? cell.nucleusAbsorbance() : 0;
        double alongAxis = Math.sqrt(1 / cell.ellipticity()) * perEdge;
        double acrossAxis = Math.sqrt(cell.ellipticity()) * perEdge;
        double c = cosines[i];
        double s = sines[i];
        for (int at = from; at < to; at++) {
            double taken = 0;
            for (int k = 0; k < points; k++) {
                double dx = (at + (k + 0.5) / points) * part - cell.x();
                double u = (dx * c + dy * s) * alongAxis;
                double v = (dy * c - dx * s) * acrossAxis;
                double radius = Math.sqrt(u * u + v * v);
                taken += cell.absorbance() * Logistic.interpolated(body - radius);
                if (nucleus > 0) {
                    taken += nucleus * Logistic.interpolated(core - radius);
                }
            }
            line[at] *= 1 - taken / points;
        }
    }

    /// Which cells share a height with another one, so that a trigger sees both as one event.
    ///
    /// @param gap empty length along the flow that keeps two cells apart, metres
    public boolean[] coincident(double gap) {
        return near(true, gap);
    }

    /// Which cells touch or cover another one, taken as discs.
    public boolean[] touching() {
        return near(false, 0);
    }

    private boolean[] near(boolean flowOnly, double gap) {
        boolean[] near = new boolean[ys.length];
        for (int i = 0; i < ys.length; i++) {
            Cell a = cells.get(i);
            for (int j = i + 1; j < ys.length && ys[j] - ys[i] < 2 * reach + gap; j++) {
                Cell b = cells.get(j);
                boolean close =
                        flowOnly
                                ? b.y() - a.y() < a.halfHeight() + b.halfHeight() + gap
                                : Math.hypot(b.x() - a.x(), b.y() - a.y())
                                        < (a.diameter() + b.diameter()) / 2;
                if (close) {
                    near[i] = true;
                    near[j] = true;
                }
            }
        }
        return near;
    }
}
