package javelin.algorithms.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Curves over a common horizontal axis, as SVG.
///
/// Values that are not finite leave a gap. A curve of many points is drawn as the mean of each of
/// at most [#MOST_POINTS] stretches, so a long run does not make a heavy page.
///
/// @param x label of the horizontal axis
/// @param y label of the vertical axis
/// @param logarithmic whether the vertical axis is; values that are not positive leave a gap then
/// @param curves what to draw
public record LineChart(String x, String y, boolean logarithmic, List<Curve> curves) {
    /// Most points of a curve that are drawn.
    public static final int MOST_POINTS = 400;

    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 28;
    private static final int BOTTOM = 44;

    /// Told apart also by readers who do not see all colours: blue, orange, green, violet (Okabe
    /// and Ito, Color universal design, 2008).
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"};

    /// Copies the list.
    public LineChart {
        curves = List.copyOf(curves);
    }

    /// One curve.
    ///
    /// @param name text of the legend
    /// @param x horizontal positions, ascending
    /// @param y values
    @SuppressWarnings("ArrayRecordComponent") // points to draw, never compared
    public record Curve(String name, double[] x, double[] y) {
        /// Checks that each position has a value.
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException(
                        "chart: curve '%s' has %d positions and %d values"
                                .formatted(name, x.length, y.length));
            }
        }

        /// Values at 1, 2, 3, ….
        public static Curve of(String name, double... y) {
            double[] x = new double[y.length];
            java.util.Arrays.setAll(x, i -> i + 1);
            return new Curve(name, x, y);
        }
    }

    /// The drawing, an `svg` element.
    public String svg() {
        List<Curve> drawn = curves.stream().map(this::thinned).toList();
        Range xs = Range.of(drawn.stream().map(Curve::x).toList());
        Range ys = Range.of(drawn.stream().map(Curve::y).toList()).padded();
        var out = new StringBuilder();
        out.append(
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        for (double tick : logarithmic ? ys.decades() : ys.ticks(5)) {
            double at = vertical(tick, ys);
            line(out, LEFT, at, WIDTH - RIGHT, at);
            text(out, LEFT - 6, at + 4, "end", number(logarithmic ? Math.pow(10, tick) : tick));
        }
        for (double tick : xs.ticks(8)) {
            double at = horizontal(tick, xs);
            line(out, at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 4);
            text(out, at, HEIGHT - BOTTOM + 18, "middle", number(tick));
        }
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", x);
        text(out, 4, 14, "start", y);
        double legend = LEFT + 90;
        for (int i = 0; i < drawn.size(); i++) {
            Curve c = drawn.get(i);
            String colour = COLOURS[i % COLOURS.length];
            String dash = i < COLOURS.length ? "" : " stroke-dasharray=\"5 3\"";
            out.append(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s points=\"%s\"/>\n"
                            .formatted(colour, dash, points(c, xs, ys)));
            out.append(
                    at(
                            "<line x1=\"%.1f\" y1=\"10\" x2=\"%.1f\" y2=\"10\" stroke=\"%s\" stroke-width=\"2.5\"%s/>\n",
                            legend, legend + 18, colour, dash));
            text(out, legend + 23, 14, "start", c.name);
            legend += 45 + 7 * c.name.length();
        }
        return out.append("</svg>").toString();
    }

    /// Means of stretches; the logarithm of the values if the axis is logarithmic.
    private Curve thinned(Curve c) {
        int stretch = Math.max(1, (c.x.length + MOST_POINTS - 1) / MOST_POINTS);
        int n = (c.x.length + stretch - 1) / stretch;
        double[] xs = new double[n];
        double[] ys = new double[n];
        for (int i = 0; i < n; i++) {
            int from = i * stretch;
            int to = Math.min(c.x.length, from + stretch);
            for (int j = from; j < to; j++) {
                xs[i] += c.x[j] / (to - from);
                ys[i] += c.y[j] / (to - from);
            }
            if (logarithmic) {
                ys[i] = ys[i] > 0 ? Math.log10(ys[i]) : Double.NaN;
            }
        }
        return new Curve(c.name, xs, ys);
    }

    private static String points(Curve c, Range xs, Range ys) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < c.x.length; i++) {
            if (Double.isFinite(c.y[i])) {
                points.add(at("%.1f,%.1f", horizontal(c.x[i], xs), vertical(c.y[i], ys)));
            }
        }
        return String.join(" ", points);
    }

    private static double horizontal(double x, Range r) {
        return LEFT + (x - r.low) / r.width() * (WIDTH - LEFT - RIGHT);
    }

    private static double vertical(double y, Range r) {
        return HEIGHT - BOTTOM - (y - r.low) / r.width() * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(StringBuilder out, double x1, double y1, double x2, double y2) {
        out.append(
                at(
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" stroke-opacity=\"0.18\"/>\n",
                        x1, y1, x2, y2));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String text) {
        out.append(
                at(
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"currentColor\">%s</text>\n",
                        x, y, anchor, Report.escape(text)));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private static String at(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String number(double v) {
        return Math.abs(v) >= 1e5 || (v != 0 && Math.abs(v) < 1e-3)
                ? at("%.0e", v)
                : new java.math.BigDecimal(at("%.4g", v)).stripTrailingZeros().toPlainString();
    }

    /// An interval of numbers that is not empty.
    private record Range(double low, double high) {
        static Range of(List<double[]> values) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] some : values) {
                for (double v : some) {
                    if (Double.isFinite(v)) {
                        low = Math.min(low, v);
                        high = Math.max(high, v);
                    }
                }
            }
            if (low > high) {
                return new Range(0, 1);
            }
            return low == high ? new Range(low - 0.5, high + 0.5) : new Range(low, high);
        }

        double width() {
            return high - low;
        }

        /// A little wider, so that curves do not lie on the border.
        Range padded() {
            return new Range(low - 0.04 * width(), high + 0.04 * width());
        }

        /// Round numbers inside, about as many as wanted.
        double[] ticks(int wanted) {
            double rough = width() / wanted;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : 5);
            List<Double> ticks = new ArrayList<>();
            for (double t = Math.ceil(low / step); t * step <= high; t++) {
                ticks.add(t * step);
            }
            return ticks.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /// Logarithms of 1, 2 and 5 times the powers of ten; of the powers alone where there are
        /// many.
        double[] decades() {
            double[] digits = width() > 3 ? new double[] {1} : new double[] {1, 2, 5};
            List<Double> ticks = new ArrayList<>();
            for (double power = Math.floor(low); power <= high; power++) {
                for (double digit : digits) {
                    double tick = power + Math.log10(digit);
                    if (tick >= low && tick <= high) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks.size() < 2
                    ? ticks(5)
                    : ticks.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }
}
