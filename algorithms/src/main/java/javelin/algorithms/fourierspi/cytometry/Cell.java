package javelin.algorithms.fourierspi.cytometry;

/// A cell of the flow: an ellipse that absorbs light, with or without a darker nucleus in its
/// middle. The area of the ellipse is that of a disc of `diameter`; its half axes are
/// `diameter/2·√ellipticity` along `angle` and `diameter/2/√ellipticity` across.
///
/// @param kind what the cell is
/// @param x place of the centre across the flow, metres
/// @param y place of the centre along the flow, metres
/// @param diameter of the disc of equal area, metres
/// @param nucleus diameter of the nucleus over that of the cell, in `[0, 1)`; 0 for none
/// @param ellipticity ratio of the two axes, above 0
/// @param angle from the x axis to the axis that `ellipticity` stretches, radians
/// @param absorbance part of the light that the body takes, in `[0, 1]`
/// @param nucleusAbsorbance what the nucleus takes in addition; the sum is at most 1
public record Cell(
        Kind kind,
        double x,
        double y,
        double diameter,
        double nucleus,
        double ellipticity,
        double angle,
        double absorbance,
        double nucleusAbsorbance) {
    /// The classes of cells to tell apart.
    public enum Kind {
        /// Small, no nucleus to see.
        A(0),
        /// Large with a large nucleus.
        B(1),
        /// Large with a small nucleus.
        C(2);

        private final int label;

        Kind(int label) {
            this.label = label;
        }

        /// Number of the class, from 0.
        public int label() {
            return label;
        }
    }

    /// Checks the ranges.
    public Cell {
        Checks.positive("cell", "diameter", diameter);
        Checks.positive("cell", "ellipticity", ellipticity);
        Checks.range("cell", "nucleus", nucleus, 0, 1);
        Checks.range("cell", "absorbance", absorbance, 0, 1);
        Checks.range(
                "cell", "absorbance of body and nucleus", absorbance + nucleusAbsorbance, 0, 1);
        Checks.range("cell", "nucleusAbsorbance", nucleusAbsorbance, 0, 1);
        Checks.finite("cell", "x", x);
        Checks.finite("cell", "y", y);
        Checks.finite("cell", "angle", angle);
    }

    /// Half the height of the cell along the flow, metres, without its soft edge.
    public double halfHeight() {
        double s = Math.sin(angle);
        double c = Math.cos(angle);
        return diameter / 2 * Math.sqrt(s * s * ellipticity + c * c / ellipticity);
    }

    /// Half the width of the cell across the flow, metres, without its soft edge.
    public double halfWidth() {
        double s = Math.sin(angle);
        double c = Math.cos(angle);
        return diameter / 2 * Math.sqrt(c * c * ellipticity + s * s / ellipticity);
    }

    /// Transmission of the cell at a point.
    ///
    /// `T = 1 − a·σ((1 − ρ)·d/2e) − b·σ((q − ρ)·d/2e)`, `ρ` the elliptical radius that is 1 on the
    /// outline, `σ` the logistic function.
    ///
    /// @param px across the flow, metres
    /// @param py along the flow, metres
    /// @param edge scale `e` of the edges, metres
    public double transmission(double px, double py, double edge) {
        double dx = px - x;
        double dy = py - y;
        double s = Math.sin(angle);
        double c = Math.cos(angle);
        double u = dx * c + dy * s;
        double v = dy * c - dx * s;
        double radius = Math.sqrt(u * u / ellipticity + v * v * ellipticity);
        double body = absorbance * Logistic.exact((diameter / 2 - radius) / edge);
        double core = nucleusAbsorbance * Logistic.exact((nucleus * diameter / 2 - radius) / edge);
        return 1 - body - (nucleus > 0 ? core : 0);
    }
}
