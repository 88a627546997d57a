package javelin.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.View;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

/// The reference of convolution against numbers by hand and against its own adjoints.
class ConvTest {
    private static final Backend ON = Backends.reference();

    @Test
    void slidesTheFilterWithoutFlippingIt() {
        View x = view(Shape.of(1, 2, 3, 1), 1, 2, 3, 4, 5, 6);
        View w = view(Shape.of(2, 2, 1, 1), 1, 10, 100, 1000);
        View y = zeros(Shape.of(1, 1, 2, 1));

        ON.run(new Conv2d(Geometry.UNIT), List.of(x, w), y);

        assertThat(ON.downloadDoubles(y)).containsExactly(1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000);
    }

    @Test
    void paddingCountsAsZero() {
        View x = view(Shape.of(1, 1, 2, 1), 1, 2);
        View w = view(Shape.of(1, 3, 1, 1), 1, 10, 100);
        View y = zeros(Shape.of(1, 1, 2, 1));

        ON.run(new Conv2d(new Geometry(1, 1, 0, 0, 1, 1, 1, 1, 1)), List.of(x, w), y);

        assertThat(ON.downloadDoubles(y)).containsExactly(10 + 200, 1 + 20);
    }

    @Test
    void groupsSeeTheirOwnChannels() {
        View x = view(Shape.of(1, 1, 1, 4), 1, 2, 3, 4);
        View w = view(Shape.of(1, 1, 2, 2), 1, 10, 100, 1000);
        View y = zeros(Shape.of(1, 1, 1, 2));

        ON.run(new Conv2d(Geometry.UNIT.groups(2)), List.of(x, w), y);

        assertThat(ON.downloadDoubles(y)).containsExactly(1 + 200, 30 + 4000);
    }

    @Test
    void threeKernelsAreOneTrilinearForm() {
        var geometry = new Geometry(2, 1, 1, 0, 2, 1, 1, 2, 2);
        Shape xs = Shape.of(2, 7, 8, 4);
        Shape ws = Shape.of(3, 2, 2, 6);
        Shape ys = Shape.of(2, geometry.outH(7, 3), geometry.outW(8, 2), 6);
        View x = random(xs, 1);
        View w = random(ws, 2);
        View dy = random(ys, 3);
        View y = zeros(ys);
        View dx = zeros(xs);
        View dw = zeros(ws);

        ON.run(new Conv2d(geometry), List.of(x, w), y);
        ON.run(new Conv2dInput(geometry), List.of(dy, w), dx);
        ON.run(new Conv2dWeight(geometry), List.of(x, dy), dw);

        double form = dot(y, dy);
        assertThat(dot(dx, x)).isCloseTo(form, within(1e-10));
        assertThat(dot(dw, w)).isCloseTo(form, within(1e-10));
    }

    private static double dot(View a, View b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += a.doubles()[i] * b.doubles()[i];
        }
        return sum;
    }

    private static View view(Shape shape, double... values) {
        return View.of(ON.upload(values), shape);
    }

    private static View zeros(Shape shape) {
        return view(shape, new double[shape.length()]);
    }

    private static View random(Shape shape, long seed) {
        var random = new SplittableRandom(seed);
        return view(shape, random.doubles(shape.size(), -1, 1).toArray());
    }
}
