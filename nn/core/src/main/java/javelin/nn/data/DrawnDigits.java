package javelin.nn.data;

import javelin.tensor.Rng;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Digits that the program draws itself, 28 × 28 grey, white on black: real work for a small
/// network where no data set is at hand.
///
/// Each digit has one to three skeletons of lines and arcs. A sample takes one, moves its points
/// smoothly (elastic distortion), turns, shears, scales and shifts it, draws it with a pen of
/// random width and pressure, and adds noise and now and then a stroke that belongs to no digit.
/// Sample `i` of a seed is the same whatever the count, and on every machine.
public final class DrawnDigits {
    /// Rows and columns of a sample.
    public static final int SIZE = 28;

    private static final int PIECES = 5;

    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    /// Per digit its skeletons, each a list of strokes, each a list of points `x, y` in the unit
    /// square (y downwards).
    private static final List<List<List<double[]>>> SKELETONS =
            List.of(
                    List.of(List.of(arc(.5, .5, .3, .45, 0, 360))),
                    List.of(
                            List.of(line(.5, .05, .5, .95)),
                            List.of(line(.3, .25, .52, .05, .52, .95)),
                            List.of(line(.3, .25, .5, .05, .5, .95), line(.28, .95, .72, .95))),
                    List.of(
                            List.of(
                                    join(
                                            arc(.5, .3, .28, .25, 190, 395),
                                            line(.2, .95),
                                            line(.8, .95))),
                            List.of(
                                    join(
                                            arc(.5, .3, .28, .25, 200, 400),
                                            arc(.35, .85, .1, .08, 60, 350)),
                                    line(.33, .93, .55, .86, .8, .95))),
                    List.of(
                            List.of(
                                    join(
                                            arc(.48, .28, .25, .23, 200, 450),
                                            arc(.46, .72, .3, .23, 270, 515))),
                            List.of(
                                    join(
                                            line(.22, .06, .75, .06, .45, .42),
                                            arc(.46, .69, .3, .26, 280, 515)))),
                    List.of(
                            List.of(line(.62, .05, .18, .65, .85, .65), line(.64, .35, .64, .95)),
                            List.of(line(.25, .08, .22, .52, .75, .52), line(.72, .08, .7, .95))),
                    List.of(
                            List.of(
                                    line(.78, .06, .3, .06),
                                    join(
                                            line(.3, .06, .26, .45),
                                            arc(.47, .67, .3, .27, 235, 505))),
                            List.of(
                                    join(
                                            line(.75, .07, .3, .07, .27, .47, .45, .4),
                                            arc(.47, .67, .29, .27, 290, 500)))),
                    List.of(
                            List.of(join(line(.68, .05, .4, .3), arc(.5, .7, .29, .25, 180, 540))),
                            List.of(
                                    join(
                                            arc(.62, .6, .4, .55, 260, 180),
                                            arc(.5, .7, .28, .24, 180, 540)))),
                    List.of(
                            List.of(line(.18, .07, .8, .07, .4, .95)),
                            List.of(line(.18, .07, .8, .07, .4, .95), line(.35, .5, .75, .5)),
                            List.of(line(.2, .2, .2, .07, .8, .07, .55, .45, .45, .95))),
                    List.of(
                            List.of(arc(.5, .28, .23, .22, 0, 360), arc(.5, .73, .29, .24, 0, 360)),
                            List.of(
                                    join(
                                            arc(.5, .28, .24, .22, 330, 90),
                                            arc(.5, .73, .28, .23, 270, 630),
                                            arc(.5, .28, .24, .22, 90, -30)))),
                    List.of(
                            List.of(
                                    arc(.48, .3, .27, .25, 0, 360),
                                    line(.75, .3, .72, .6, .6, .95)),
                            List.of(
                                    join(
                                            arc(.5, .3, .27, .24, 0, 360),
                                            line(.77, .3),
                                            arc(.47, .55, .3, .4, 0, 140)))));

    private DrawnDigits() {}

    /// Draws samples `0 … count−1` of a seed. Labels are random, all digits equally likely.
    public static ByteImages draw(int count, long seed) {
        Rng root = Rng.seed(seed);
        byte[][] pixels = new byte[count][];
        int[] labels = new int[count];
        IntStream.range(0, count)
                .parallel() // each sample has a stream of its own
                .forEach(i -> {
                    Rng rng = root.split(i);
                    labels[i] = rng.nextInt(10);
                    pixels[i] = draw(labels[i], rng);
                });
        return new ByteImages(SIZE, SIZE, 1, pixels, labels, CLASSES, null);
    }

    private static byte[] draw(int digit, Rng rng) {
        List<List<double[]>> skeletons = SKELETONS.get(digit);
        List<double[]> strokes = skeletons.get(rng.nextInt(skeletons.size()));
        var warp = new Warp(rng);
        double pen = between(rng, 0.7, 1.6); // half the width of the stroke in pixels
        double ink = between(rng, 0.7, 1);
        double[] field = new double[SIZE * SIZE];
        for (double[] stroke : strokes) {
            stamp(warp.apply(stroke), pen, ink, field);
        }
        if (rng.nextDouble() < 0.25) {
            stamp(scratch(rng), between(rng, 0.4, 0.8), between(rng, 0.3, 0.8), field);
        }
        double noise = between(rng, 0, 0.12);
        byte[] pixels = new byte[field.length];
        for (int i = 0; i < pixels.length; i++) {
            double value = field[i] + noise * between(rng, -1, 1);
            pixels[i] = (byte) Math.clamp(Math.round(255 * value), 0, 255);
        }
        return pixels;
    }

    /// From the digit's unit square to pixels.
    private static final class Warp {
        private final double[] elastic = new double[12];
        private final double a;
        private final double b;
        private final double c;
        private final double d;
        private final double x0;
        private final double y0;

        Warp(Rng rng) {
            double angle = Math.toRadians(between(rng, -18, 18));
            double shear = between(rng, -0.25, 0.25);
            double sx = between(rng, 12, 21);
            double sy = between(rng, 15, 22);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            a = sx * cos;
            b = sy * (shear * cos - sin);
            c = sx * sin;
            d = sy * (shear * sin + cos);
            x0 = SIZE / 2.0 + between(rng, -2.5, 2.5);
            y0 = SIZE / 2.0 + between(rng, -2.5, 2.5);
            for (int i = 0; i < elastic.length; i++) {
                elastic[i] = i % 3 == 2 ? between(rng, 0, 2 * Math.PI) : between(rng, -5, 5);
            }
        }

        double[] apply(double[] points) {
            double[] moved = new double[points.length];
            for (int i = 0; i < points.length; i += 2) {
                double u = points[i] - 0.5;
                double v = points[i + 1] - 0.5;
                double x = u + 0.045 * (wave(0, u, v) + wave(3, u, v));
                double y = v + 0.045 * (wave(6, u, v) + wave(9, u, v));
                moved[i] = x0 + a * x + b * y;
                moved[i + 1] = y0 + c * x + d * y;
            }
            return moved;
        }

        /// One of the plane waves whose sum is the elastic distortion.
        private double wave(int at, double u, double v) {
            return StrictMath.sin(elastic[at] * u + elastic[at + 1] * v + elastic[at + 2]);
        }
    }

    /// Draws a line of points with a round pen; the ink of crossing strokes does not add up.
    private static void stamp(double[] points, double pen, double ink, double[] field) {
        for (int i = 0; i + 3 < points.length; i += 2) {
            double x1 = points[i];
            double y1 = points[i + 1];
            double dx = points[i + 2] - x1;
            double dy = points[i + 3] - y1;
            double length = Math.max(dx * dx + dy * dy, 1e-12);
            double reach = pen + 1;
            int top = pixel(Math.min(y1, y1 + dy) - reach);
            int bottom = pixel(Math.max(y1, y1 + dy) + reach);
            int left = pixel(Math.min(x1, x1 + dx) - reach);
            int right = pixel(Math.max(x1, x1 + dx) + reach);
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    double px = x + 0.5 - x1;
                    double py = y + 0.5 - y1;
                    double t = Math.clamp((px * dx + py * dy) / length, 0, 1);
                    double ex = px - t * dx;
                    double ey = py - t * dy;
                    double distance = Math.sqrt(ex * ex + ey * ey);
                    double cover = Math.clamp(pen + 0.5 - distance, 0, 1); // antialiasing
                    field[y * SIZE + x] = Math.max(field[y * SIZE + x], ink * cover);
                }
            }
        }
    }

    private static int pixel(double at) {
        return Math.clamp((int) Math.floor(at), 0, SIZE - 1);
    }

    /// A short stroke somewhere.
    private static double[] scratch(Rng rng) {
        double x = between(rng, 0, SIZE);
        double y = between(rng, 0, SIZE);
        return new double[] {x, y, x + between(rng, -7, 7), y + between(rng, -7, 7)};
    }

    private static double between(Rng rng, double low, double high) {
        return low + (high - low) * rng.nextDouble();
    }

    /// The given points with others between them, so that the line can bend.
    private static double[] line(double... points) {
        DoubleStream.Builder all = DoubleStream.builder();
        for (int i = 0; i + 3 < points.length; i += 2) {
            for (int k = 0; k < PIECES; k++) {
                double t = (double) k / PIECES;
                all.add(points[i] + t * (points[i + 2] - points[i]));
                all.add(points[i + 1] + t * (points[i + 3] - points[i + 1]));
            }
        }
        return all.add(points[points.length - 2]).add(points[points.length - 1]).build().toArray();
    }

    /// Points of an ellipse, from one angle to another in degrees; 0 is right, 90 below.
    private static double[] arc(double x, double y, double rx, double ry, double from, double to) {
        int n = (int) Math.ceil(Math.abs(to - from) / 15) + 1;
        double[] points = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = Math.toRadians(from + (to - from) * i / (n - 1));
            points[2 * i] = x + rx * StrictMath.cos(angle);
            points[2 * i + 1] = y + ry * StrictMath.sin(angle);
        }
        return points;
    }

    private static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }
}
