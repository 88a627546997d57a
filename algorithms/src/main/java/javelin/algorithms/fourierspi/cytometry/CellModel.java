package javelin.algorithms.fourierspi.cytometry;

import javelin.tensor.Rng;

import java.util.List;

/// What random cells are like, and how sharply they are seen.
///
/// @param types the classes with their shares
/// @param absorbance of bodies, uniform in this interval
/// @param nucleusAbsorbance what nuclei take in addition, in `[0, 1]`
/// @param ellipticity ratio of axes, uniform in this interval
/// @param edge scale of the logistic edge of a cell, metres
/// @param blur standard deviation of the optics' Gaussian blur, metres
/// @param field width of the field across the flow, metres
public record CellModel(
        List<Type> types,
        Interval absorbance,
        double nucleusAbsorbance,
        Interval ellipticity,
        double edge,
        double blur,
        double field) {
    /// Numbers from `low` to `high`.
    public record Interval(double low, double high) {
        /// Checks the order.
        public Interval {
            if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "interval: low must not be above high, found " + low + " and " + high);
            }
        }

        double draw(Rng rng) {
            return low + (high - low) * rng.nextDouble();
        }
    }

    /// One class of cells.
    ///
    /// @param kind its name
    /// @param share how frequent it is, relative to the other types
    /// @param diameter mean of the normal distribution of diameters, metres
    /// @param spread its standard deviation, metres; four of them are the widest deviation drawn
    /// @param nucleus diameter of the nucleus over that of the cell; `[0, 0]` for none
    public record Type(
            Cell.Kind kind, double share, double diameter, double spread, Interval nucleus) {
        /// Checks the ranges.
        public Type {
            Checks.positive("type " + kind, "share", share);
            Checks.range("type " + kind, "spread", spread, 0, Double.MAX_VALUE);
            Checks.positive("type " + kind, "diameter less 4 spreads", diameter - 4 * spread);
            Checks.range("type " + kind, "nucleus", nucleus.low, 0, 1);
            Checks.range("type " + kind, "nucleus", nucleus.high, 0, 1);
        }
    }

    /// Cells keep this distance to the border of the field, metres.
    private static final double MARGIN = 1e-6;

    /// Checks the ranges; copies the list.
    public CellModel {
        types = List.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("cell model: needs a type of cell, found none");
        }
        Checks.range("cell model", "absorbance", absorbance.low, 0, 1);
        Checks.range("cell model", "nucleusAbsorbance", nucleusAbsorbance, 0, 1);
        Checks.range("cell model", "largest absorbance", absorbance.high + nucleusAbsorbance, 0, 1);
        Checks.positive("cell model", "ellipticity", ellipticity.low);
        Checks.positive("cell model", "edge", edge);
        Checks.range("cell model", "blur", blur, 0, Double.MAX_VALUE);
        Checks.positive("cell model", "field", field);
        for (Type type : types) {
            double stretch = Math.sqrt(Math.max(ellipticity.high, 1 / ellipticity.low));
            double widest = (type.diameter + 4 * type.spread) * stretch;
            if (widest + 2 * MARGIN > field) {
                throw new IllegalArgumentException(
                        "cell model: cells "
                                + type.kind
                                + " can be "
                                + widest
                                + " m wide, more than a field of "
                                + field
                                + " m; widen the field or take smaller cells");
            }
        }
    }

    /// Three classes, equally frequent: 8 µm without nucleus, 12 µm with a large and with a small
    /// one; absorbance 0.25 to 0.4 and 0.28 more in nuclei; axes 0.9 to 1.1; a blur of 0.4 µm; a
    /// field of 40 µm.
    public static CellModel threeClasses() {
        return new CellModel(
                List.of(
                        new Type(Cell.Kind.A, 1, 8e-6, 0.7e-6, new Interval(0, 0)),
                        new Type(Cell.Kind.B, 1, 12e-6, 1.1e-6, new Interval(0.55, 0.7)),
                        new Type(Cell.Kind.C, 1, 12e-6, 1.1e-6, new Interval(0.2, 0.35))),
                new Interval(0.25, 0.4),
                0.28,
                new Interval(0.9, 1.1),
                0.15e-6,
                0.4e-6,
                40e-6);
    }

    /// Scale of the logistic edge as it is seen, metres: `√(edge² + 3·blur²/π²)`.
    ///
    /// The slope of a logistic edge of scale `s` is a distribution of variance `π²s²/3`; blur adds
    /// its own variance. The edge that results has the variance of the true convolution.
    public double visibleEdge() {
        return Math.sqrt(edge * edge + 3 * blur * blur / (Math.PI * Math.PI));
    }

    /// A random cell somewhere across the flow, whole within the field.
    ///
    /// @param y place of its centre along the flow, metres
    public Cell draw(double y, Rng rng) {
        Type type = type(rng.nextDouble());
        double z = rng.nextGaussian();
        while (Math.abs(z) > 4) {
            z = rng.nextGaussian();
        }
        double diameter = type.diameter + type.spread * z;
        double nucleus = type.nucleus.draw(rng);
        double axes = ellipticity.draw(rng);
        double angle = Math.PI * rng.nextDouble();
        double body = absorbance.draw(rng);
        double core = nucleus > 0 ? nucleusAbsorbance : 0;
        var middle = new Cell(type.kind, field / 2, y, diameter, nucleus, axes, angle, body, core);
        double reach = middle.halfWidth() + MARGIN;
        double x = reach + (field - 2 * reach) * rng.nextDouble();
        return new Cell(type.kind, x, y, diameter, nucleus, axes, angle, body, core);
    }

    private Type type(double u) {
        double all = 0;
        for (Type t : types) {
            all += t.share;
        }
        double left = u * all;
        for (Type t : types) {
            left -= t.share;
            if (left < 0) {
                return t;
            }
        }
        return types.getLast();
    }
}
