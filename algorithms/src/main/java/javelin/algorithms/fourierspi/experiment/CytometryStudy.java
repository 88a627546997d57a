package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.cytometry.Cell;
import javelin.algorithms.fourierspi.cytometry.CellModel;
import javelin.algorithms.fourierspi.cytometry.CellNetwork;
import javelin.algorithms.fourierspi.cytometry.CellStream;
import javelin.algorithms.fourierspi.cytometry.Cytometer;
import javelin.algorithms.fourierspi.cytometry.Discriminant;
import javelin.algorithms.fourierspi.cytometry.EventFinder;
import javelin.algorithms.fourierspi.cytometry.EventMatching;
import javelin.algorithms.fourierspi.cytometry.MeasuredCell;
import javelin.algorithms.fourierspi.cytometry.Resampling;
import javelin.algorithms.fourierspi.cytometry.RocCurve;
import javelin.algorithms.fourierspi.cytometry.Segmentation;
import javelin.algorithms.fourierspi.cytometry.Threshold;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.LineCamera;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.instrument.Recording;
import javelin.algorithms.fourierspi.stream.LineStream;
import javelin.kernels.cpu.Workers;
import javelin.nn.metrics.ConfusionMatrix;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Imaging flow cytometry: how well cells of three classes are found, measured and told apart, and
/// how many a second two threads get through.
///
/// @param preset line camera
/// @param parts instrument, with a converter
/// @param training cells that the classifiers learn from
/// @param test other cells that they are judged by
/// @param seed of cells, noise and first weights
public record CytometryStudy(
        Preset preset, InstrumentConfig parts, int training, int test, long seed) {
    /// Classes of cells.
    public static final int KINDS = Cell.Kind.values().length;

    /// Cells a second of the paper.
    public static final double ARRIVALS = 100_000;

    /// Distance of two cells that pass one by one, metres: that of 100,000 a second at 5 m/s.
    private static final double SPACING = 50e-6;

    /// A place belongs to the cell whose centre is this near, metres.
    private static final double NEAR = 6e-6;

    /// Pixels of a line at least: ten coefficients resolve no more, and the fewer, the less a cell
    /// costs.
    private static final int LEAST_PIXELS = 28;

    /// Empty lines in front of the cells, for trigger and background, as part of the flow.
    private static final int LEAD = 300;

    /// Cells of one recording: recordings are independent of each other.
    private static final int PIECE = 200;

    /// Area of the smallest cell, square metres: a disc of 4.4 µm.
    private static final double LEAST_AREA = 15e-12;

    /// Blocks of the ring: a sixth of a second at the instrument's pace.
    private static final int BRIDGE = 1024;

    private static final int SHOWN_LINES = 60;

    private static final double SHRINKAGE = 0.05;

    public CytometryStudy {
        if (training < 10 * KINDS || test < 1) {
            throw new IllegalArgumentException(
                    "cytometry study: needs %d cells to learn from and one to be judged by, got %d and %d"
                            .formatted(10 * KINDS, training, test));
        }
        if (parts.bits() == 0) {
            throw new IllegalArgumentException("cytometry study: needs a converter, found none");
        }
    }

    /// How good cells are found and told apart.
    ///
    /// @param events what the trigger found against the true cells
    /// @param found part of the cells that were found in an image
    /// @param spurious places that are no cell, or a cell once more
    /// @param correlation of measured and true diameters
    /// @param linear classes by linear discriminant analysis
    /// @param quadratic by quadratic discriminant analysis
    /// @param network by a small neural network
    /// @param areas of the receiver operating characteristic of each class against the others,
    ///   linear discriminant
    @SuppressWarnings("ArrayRecordComponent") // a table to read, never compared
    public record Accuracy(
            EventMatching events,
            double found,
            int spurious,
            double correlation,
            ConfusionMatrix linear,
            ConfusionMatrix quadratic,
            ConfusionMatrix network,
            double[] areas) {}

    /// What is found of a flow of cells in random order.
    ///
    /// @param events what the trigger found against the true cells
    /// @param overlapping part of the cells that share a height with another one
    /// @param found part of the cells that were found in an image
    /// @param spurious places that are no cell, or a cell once more
    /// @param linear classes of the cells that were found
    /// @param picture transmission of a part of the flow on square pixels, row by row
    /// @param width its pixels per row
    @SuppressWarnings("ArrayRecordComponent") // a picture to look at, never compared
    public record Flow(
            EventMatching events,
            double overlapping,
            double found,
            int spurious,
            ConfusionMatrix linear,
            float[] picture,
            int width) {}

    /// How fast the chain is.
    ///
    /// @param arrivals cells a second in the stream at the instrument's pace
    /// @param needed lines per second of the instrument
    /// @param free as fast as it goes
    /// @param paced at the instrument's pace
    public record Throughput(
            double arrivals, double needed, Cytometer.Streamed free, Cytometer.Streamed paced) {}

    /// Classifiers that have learned, and the chain they belong to.
    private record Trained(
            LineCamera camera,
            Cytometer cytometer,
            Discriminant linear,
            Discriminant quadratic,
            CellNetwork network) {}

    /// Cells that pass one by one.
    public Accuracy accuracy(Workers workers) {
        Trained t = train(workers);
        List<Piece> pieces = single(t.camera, t.cytometer, test, 2, workers);
        var linear = new ConfusionMatrix(KINDS);
        var quadratic = new ConfusionMatrix(KINDS);
        var network = new ConfusionMatrix(KINDS);
        List<Pair> pairs = pairs(pieces);
        double[][] x = features(pairs);
        int[] answers = t.network.predict(x);
        double[][] scores = new double[KINDS][pairs.size()];
        for (int i = 0; i < x.length; i++) {
            int truth = pairs.get(i).cell.kind().label();
            linear.add(truth, t.linear.predict(x[i]));
            quadratic.add(truth, t.quadratic.predict(x[i]));
            network.add(truth, answers[i]);
            double[] p = t.linear.probabilities(x[i]);
            for (int k = 0; k < KINDS; k++) {
                scores[k][i] = p[k];
            }
        }
        double[] areas = new double[KINDS];
        for (int k = 0; k < KINDS; k++) {
            boolean[] positive = new boolean[pairs.size()];
            for (int i = 0; i < positive.length; i++) {
                positive[i] = pairs.get(i).cell.kind().label() == k;
            }
            areas[k] = RocCurve.of(scores[k], positive).area();
        }
        return new Accuracy(
                events(pieces),
                found(pieces),
                spurious(pieces),
                correlation(pairs),
                linear,
                quadratic,
                network,
                areas);
    }

    /// Cells that arrive independently of each other, 100,000 a second on average.
    public Flow flow(Workers workers) {
        Trained t = train(workers);
        double speed = parts(preset).speed();
        double time = PIECE / ARRIVALS;
        int count = Math.max(1, test / PIECE);
        Piece[] pieces = new Piece[count];
        workers.run(
                count,
                i -> {
                    CellStream cells =
                            CellStream.poisson(
                                    CellModel.threeClasses(),
                                    ARRIVALS,
                                    speed,
                                    time,
                                    seed * 1000 + 500 + i);
                    pieces[i] = piece(t.camera, t.cytometer, cells, 3, i);
                });
        List<Piece> all = Arrays.asList(pieces);
        var linear = new ConfusionMatrix(KINDS);
        for (Pair p : pairs(all)) {
            linear.add(p.cell.kind().label(), p.measured.kind());
        }
        int cells = 0;
        int overlapping = 0;
        for (Piece p : all) {
            for (boolean b : p.stream.coincident(0)) {
                cells++;
                overlapping += b ? 1 : 0;
            }
        }
        int wide = preset.pixels();
        return new Flow(
                events(all),
                (double) overlapping / cells,
                found(all),
                spurious(all),
                linear,
                picture(t.camera, all.getFirst().stream, wide),
                wide);
    }

    /// The beginning of a flow, all its lines reconstructed.
    private float[] picture(LineCamera camera, CellStream cells, int wide) {
        double pitch = camera.instrument().pitch();
        float[] lines =
                camera.shoot(cells, SHOWN_LINES, 0, wide, Rng.seed(seed).split(9)).picture();
        float[] blank = new float[wide];
        Arrays.fill(blank, 1);
        var image = new Segmentation(Segmentation.Config.of(preset.field()));
        image.segment(lines, SHOWN_LINES, wide, pitch, blank);
        float[] picture = new float[image.rows() * wide];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = 1 - image.absorbance(i / wide, i % wide);
        }
        return picture;
    }

    /// Cells a second of a stream of samples in which 100,000 a second arrive at random.
    ///
    /// @param seconds of each of the two runs
    public Throughput throughput(double seconds, Workers workers) {
        Trained t = train(workers);
        LineStream stream = new LineStream(256, BRIDGE, 0);
        double rate = t.camera.instrument().lineRate();
        double pitch = t.camera.instrument().pitch();
        int blocks = (int) Math.max(1, Math.ceil(test / ARRIVALS * rate / stream.blockLines()));
        int lines = blocks * stream.blockLines();
        CellStream cells =
                CellStream.poisson(
                        CellModel.threeClasses(),
                        ARRIVALS,
                        parts(preset).speed(),
                        lines / rate,
                        seed * 1000 + 900);
        Recording[] records = new Recording[blocks];
        workers.run(
                blocks,
                b ->
                        records[b] =
                                t.camera
                                        .instrument()
                                        .record(
                                                cells,
                                                stream.blockLines(),
                                                b * stream.blockLines() * pitch,
                                                Rng.seed(seed).split(10_000 + b)));
        short[] codes = new short[lines * t.camera.instrument().schedule().samples().size()];
        int values = codes.length / blocks;
        for (int b = 0; b < blocks; b++) {
            System.arraycopy(records[b].codes(), 0, codes, b * values, values);
        }
        double step = records[0].step();
        var plan = t.camera.reconstruction(pixels());
        t.cytometer.stream(stream, codes, step, plan, KINDS, Math.min(5, seconds)); // compilers
        return new Throughput(
                cells.cells().size() / (lines / rate),
                rate,
                t.cytometer.stream(stream, codes, step, plan, KINDS, seconds),
                t.cytometer.stream(stream.withRate(rate), codes, step, plan, KINDS, seconds));
    }

    /// Cells of a recording, and what was found of them.
    private record Piece(CellStream stream, Cytometer.Found found, int[] match) {}

    /// A cell and what was measured of it.
    private record Pair(Cell cell, MeasuredCell measured) {}

    private int pixels() {
        return Math.max(LEAST_PIXELS, 2 * preset.coefficients() + 4);
    }

    private InstrumentConfig parts(Preset line) {
        return line.config(parts);
    }

    private Trained train(Workers workers) {
        var camera = new LineCamera(parts(preset), preset.schedule(), Rng.seed(seed).split(0));
        double field = preset.field();
        var blind =
                new Cytometer(
                        EventFinder.Config.of(1e-4),
                        new Segmentation.Config(
                                field, Resampling.CUBIC, Threshold.OTSU, 0.1, LEAST_AREA, 0.2),
                        camera.instrument().pitch(),
                        _ -> 0);
        List<Pair> pairs = pairs(single(camera, blind, training, 1, workers));
        double[][] x = features(pairs);
        int[] labels = pairs.stream().mapToInt(p -> p.cell.kind().label()).toArray();
        var linear = Discriminant.fit(Discriminant.Kind.LINEAR, x, labels, KINDS, SHRINKAGE);
        return new Trained(
                camera,
                blind.with(linear::predict),
                linear,
                Discriminant.fit(Discriminant.Kind.QUADRATIC, x, labels, KINDS, SHRINKAGE),
                CellNetwork.fit(CellNetwork.Config.of(seed), x, labels, KINDS));
    }

    /// Cells one by one, at nearly equal distances.
    private List<Piece> single(
            LineCamera camera, Cytometer cytometer, int count, int purpose, Workers workers) {
        int pieces = (count + PIECE - 1) / PIECE;
        Piece[] all = new Piece[pieces];
        workers.run(
                pieces,
                i -> {
                    Rng rng = Rng.seed(seed).split(100L * purpose + i);
                    CellModel model = CellModel.threeClasses();
                    List<Cell> cells = new ArrayList<>();
                    for (int c = i * PIECE; c < Math.min(count, (i + 1) * PIECE); c++) {
                        double y = (cells.size() + 1 + 0.2 * (rng.nextDouble() - 0.5)) * SPACING;
                        cells.add(model.draw(y, rng));
                    }
                    var stream = new CellStream(cells, model.visibleEdge(), model.field());
                    all[i] = piece(camera, cytometer, stream, purpose, i);
                });
        return Arrays.asList(all);
    }

    private Piece piece(
            LineCamera camera, Cytometer cytometer, CellStream stream, int purpose, int number) {
        double pitch = camera.instrument().pitch();
        List<Cell> cells = stream.cells();
        double end = cells.isEmpty() ? 0 : cells.getLast().y();
        int lines = LEAD + (int) Math.ceil((end + SPACING) / pitch);
        Recording r =
                camera.instrument()
                        .record(
                                stream,
                                lines,
                                -LEAD * pitch,
                                Rng.seed(seed).split(1000L * purpose + number));
        Cytometer.Found found = cytometer.run(r.codes(), r.step(), camera.reconstruction(pixels()));
        // frequency 0, which tells most of where a cell is, comes first in a line
        double first = -LEAD * pitch;
        double[] xs = new double[found.cells().size()];
        double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = found.cells().get(i).x();
            ys[i] = first + found.cells().get(i).y();
        }
        for (int e = 0; e < found.begins().length; e++) {
            found.begins()[e] += first;
            found.ends()[e] += first;
        }
        return new Piece(stream, found, EventMatching.nearest(xs, ys, cells, NEAR));
    }

    private static List<Pair> pairs(List<Piece> pieces) {
        List<Pair> pairs = new ArrayList<>();
        for (Piece p : pieces) {
            for (int i = 0; i < p.match.length; i++) {
                if (p.match[i] >= 0) {
                    pairs.add(new Pair(p.stream.cells().get(p.match[i]), p.found.cells().get(i)));
                }
            }
        }
        return pairs;
    }

    private static double[][] features(List<Pair> pairs) {
        return pairs.stream().map(p -> p.measured.features().toArray()).toArray(double[][]::new);
    }

    private static double found(List<Piece> pieces) {
        int cells = pieces.stream().mapToInt(p -> p.stream.cells().size()).sum();
        return (double) pairs(pieces).size() / cells;
    }

    private static int spurious(List<Piece> pieces) {
        int places = pieces.stream().mapToInt(p -> p.match.length).sum();
        return places - pairs(pieces).size();
    }

    private static EventMatching events(List<Piece> pieces) {
        return pieces.stream()
                .map(p ->
                        EventMatching.events(p.found.begins(), p.found.ends(), p.stream.cells(), 0))
                .reduce(EventMatching::plus)
                .orElseThrow();
    }

    private static double correlation(List<Pair> pairs) {
        int n = pairs.size();
        double mx = pairs.stream().mapToDouble(p -> p.cell.diameter()).sum() / n;
        double my = pairs.stream().mapToDouble(p -> p.measured.features().diameter()).sum() / n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (Pair p : pairs) {
            double dx = p.cell.diameter() - mx;
            double dy = p.measured.features().diameter() - my;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xy / Math.sqrt(xx * yy);
    }
}
