package javelin.algorithms.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class LineChartTest {
    private static String svg(boolean logarithmic, double... y) {
        return new LineChart("x", "y", logarithmic, List.of(LineChart.Curve.of("c", y))).svg();
    }

    private static String points(String svg) {
        int at = svg.indexOf("points=\"") + 8;
        return svg.substring(at, svg.indexOf('"', at));
    }

    @Test
    void curveGoesFromCornerToCorner() {
        String[] points = points(svg(false, 0, 1)).split(" ");
        assertThat(points).hasSize(2);
        assertThat(points[0]).startsWith("64.0,"); // left border
        assertThat(points[1]).startsWith("704.0,"); // right border
        double first = Double.parseDouble(points[0].split(",", -1)[1]);
        double last = Double.parseDouble(points[1].split(",", -1)[1]);
        assertThat(last).isLessThan(first); // upwards
    }

    @Test
    void longCurvesAreThinned() {
        double[] y = new double[10_000];
        java.util.Arrays.setAll(y, i -> Math.sin(i / 500.0));
        assertThat(points(svg(false, y)).split(" ")).hasSize(LineChart.MOST_POINTS);
    }

    @Test
    void valuesThatAreNotFiniteLeaveGaps() {
        assertThat(points(svg(false, 1, Double.NaN, 2)).split(" ")).hasSize(2);
        assertThat(points(svg(true, 1, 0, 2)).split(" ")).hasSize(2);
        assertThat(svg(false, Double.NaN)).doesNotContain("NaN");
    }

    @Test
    void logarithmicAxesHaveRoundNumbers() {
        assertThat(svg(true, 0.3, 2.6)).contains(">0.5<", ">1<", ">2<").doesNotContain(">1.585<");
        assertThat(svg(true, 3, 3.3)).contains("text-anchor=\"end\"");
    }

    @Test
    void constantAndEmptyCurvesAreDrawn() {
        assertThat(svg(false, 3, 3, 3)).doesNotContain("NaN", "Infinity");
        assertThat(svg(false)).doesNotContain("NaN", "Infinity");
    }

    @Test
    void lengthsMustAgree() {
        assertThatThrownBy(() -> new LineChart.Curve("c", new double[2], new double[3]))
                .hasMessage("chart: curve 'c' has 2 positions and 3 values");
    }
}
