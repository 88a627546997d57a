package javelin.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Runs a case on backends and on the reference backend and compares.
///
/// All see the same 32-bit inputs. Operands lie at the start of their buffer or in the middle of a
/// larger one, where the elements around them must stay untouched. All operands are compared after
/// the run: those that are only read must be as before.
public final class Equivalence {
    private static final Backend REFERENCE = Backends.reference();
    private static final double[] SPECIALS = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0.0,
        -0.0,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        -3e-39f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };
    private static final int SMALL_SPECIALS = SPECIALS.length - 2;

    /// How much space lies before and behind each operand.
    private static final int MARGIN = 5;

    private static final int GUARD = 12345;

    /// Number of a trial without extraordinary values that no other test uses.
    private static final int ORDINARY = -1;

    private Equivalence() {}

    /// Runs a case in every way it allows.
    ///
    /// @throws AssertionError at the first difference
    public static void check(KernelCase c, List<? extends Backend> backends) {
        for (int trial = 0; trial < trials(c); trial++) {
            List<double[]> values = values(c, trial);
            List<double[]> expected = expected(c, values);
            double[] magnitude = magnitude(c, values);
            for (Backend backend : backends) {
                for (int margin : new int[] {0, MARGIN}) {
                    var way = new Way(backend, trial, margin);
                    compare(c, way, run(c, way, values), expected, magnitude);
                }
            }
        }
    }

    /// One way to run a case.
    private record Way(Backend backend, int trial, int margin) {}

    /// Number of sets of values a case is run with: plain ones, then with many specials, then with
    /// one special each.
    public static int trials(KernelCase c) {
        return c.specials() == KernelCase.Specials.NONE ? 1 : 8;
    }

    /// Results of a case as raw bits, all operands one behind the other.
    public static List<int[]> bits(KernelCase c, Backend backend, int trial) {
        List<View> views = upload(c, backend, values(c, trial), 0);
        backend.run(c.kernel(), views.subList(1, views.size()), views.getFirst());
        backend.synchronize();
        return bits(backend, views);
    }

    /// The same from a bound kernel that was first run on other values in the same memory.
    public static List<int[]> boundBits(KernelCase c, Backend backend, int trial) {
        List<View> views = upload(c, backend, values(c, ORDINARY), 0);
        Runnable bound = bind(c, backend, views);
        for (int i = 0; i < 3; i++) {
            bound.run();
        }
        List<View> fresh = upload(c, backend, values(c, trial), 0);
        for (int k = 0; k < views.size(); k++) {
            overwrite(views.get(k), fresh.get(k));
        }
        bound.run();
        backend.synchronize();
        return bits(backend, views);
    }

    /// The kernel of a case, bound to operands with ordinary values.
    public static Runnable bind(KernelCase c, Backend backend) {
        return bind(c, backend, upload(c, backend, values(c, ORDINARY), 0));
    }

    private static Runnable bind(KernelCase c, Backend backend, List<View> views) {
        List<View> inputs = views.subList(1, views.size());
        List<Shape> shapes = inputs.stream().map(View::shape).toList();
        return backend.prepare(c.kernel(), shapes, Map.of(), views.getFirst().shape())
                .bind(inputs, views.getFirst());
    }

    private static void overwrite(View old, View fresh) {
        switch ((HostBuffer) old.buffer()) {
            case HostBuffer.Floats f ->
                    System.arraycopy(fresh.floats(), 0, f.array(), 0, fresh.length());
            case HostBuffer.Ints f ->
                    System.arraycopy(fresh.ints(), 0, f.array(), 0, fresh.length());
            case HostBuffer.Doubles f ->
                    System.arraycopy(fresh.doubles(), 0, f.array(), 0, fresh.length());
        }
    }

    private static List<int[]> bits(Backend backend, List<View> views) {
        List<int[]> bits = new ArrayList<>();
        for (View v : views) {
            int[] b;
            if (v.type() == DType.I32) {
                b = backend.downloadInts(v);
            } else {
                float[] f = backend.downloadFloats(v);
                b = new int[f.length];
                for (int i = 0; i < f.length; i++) {
                    b[i] = Float.floatToIntBits(f[i]);
                }
            }
            bits.add(b);
        }
        return bits;
    }

    /// All operands after a run of the reference backend.
    private static List<double[]> expected(KernelCase c, List<double[]> values) {
        return run(c, new Way(REFERENCE, 0, 0), values).stream()
                .map(v -> read(REFERENCE, v))
                .toList();
    }

    /// What the kernel makes of the absolute values: the scale of its rounding errors.
    private static double[] magnitude(KernelCase c, List<double[]> values) {
        return c.tolerance().terms() == 0
                ? new double[0]
                : expected(c, values.stream().map(Equivalence::absolute).toList()).getFirst();
    }

    private static double[] absolute(double[] v) {
        return Arrays.stream(v).map(Math::abs).toArray();
    }

    private static List<View> run(KernelCase c, Way way, List<double[]> values) {
        List<View> views = upload(c, way.backend(), values, way.margin());
        way.backend().run(c.kernel(), views.subList(1, views.size()), views.getFirst());
        way.backend().synchronize();
        return views;
    }

    private static void compare(
            KernelCase c, Way way, List<View> views, List<double[]> expected, double[] magnitude) {
        for (int k = 0; k < views.size(); k++) {
            double[] e = expected.get(k);
            double[] a = read(way.backend(), views.get(k));
            for (int i = 0; i < e.length; i++) {
                double scale = k == 0 && magnitude.length > 0 ? magnitude[i] : 0;
                if (!agree(e[i], a[i], c.tolerance(), scale)) {
                    throw new AssertionError(
                            "%s: %s differs at %d, expected %s, got %s (kernel %s, backend %s, values %d, margin %d)"
                                    .formatted(
                                            c.name(),
                                            k == 0 ? "output" : "input " + (k - 1),
                                            i,
                                            e[i],
                                            a[i],
                                            c.kernel(),
                                            way.backend().name(),
                                            way.trial(),
                                            way.margin()));
                }
            }
            checkMargins(c, way.backend(), views.get(k), way.margin());
        }
    }

    private static boolean agree(double e, double a, KernelCase.Tolerance t, double scale) {
        if (Double.isNaN(e) || Double.isNaN(a)) {
            return Double.isNaN(e) && Double.isNaN(a);
        }
        double rounded = (float) e;
        if (rounded == a) {
            return true;
        }
        if (Double.isInfinite(rounded) || Double.isInfinite(a)) {
            // about to overflow: the other side must be near the largest number
            return !Double.isInfinite(e)
                    && Math.signum(a) == Math.signum(e)
                    && Math.min(Math.abs(a), Math.abs(e)) > 0.999 * Float.MAX_VALUE;
        }
        double allowed =
                t.ulps() * Math.ulp((float) e) + t.terms() * 0x1p-24 * scale + t.absolute();
        return Math.abs(e - a) <= allowed;
    }

    /// Values of the output first, then of the inputs.
    private static List<double[]> values(KernelCase c, int trial) {
        var random = new SplittableRandom(c.name().hashCode() * 31L + trial);
        List<double[]> values = new ArrayList<>();
        values.add(values(c.output(), random));
        for (KernelCase.Operand o : c.inputs()) {
            double[] v = values(o, random);
            if (trial > 0 && o.type() != DType.I32) {
                scatterSpecials(v, c.specials(), trial == 1 ? 0.3 : 1.0 / (v.length + 1), random);
            }
            values.add(v);
        }
        return values;
    }

    private static double[] values(KernelCase.Operand o, SplittableRandom random) {
        double[] v = new double[o.shape().length()];
        for (int i = 0; i < v.length; i++) {
            v[i] =
                    o.type() == DType.I32
                            ? random.nextInt((int) o.low(), (int) o.high() + 1)
                            : (float) (o.low() + random.nextDouble() * (o.high() - o.low()));
        }
        return v;
    }

    private static void scatterSpecials(
            double[] v, KernelCase.Specials which, double share, SplittableRandom random) {
        int kinds = which == KernelCase.Specials.ALL ? SPECIALS.length : SMALL_SPECIALS;
        for (int i = 0; i < v.length; i++) {
            if (random.nextDouble() < share) {
                v[i] = SPECIALS[random.nextInt(kinds)];
            }
        }
    }

    private static List<View> upload(
            KernelCase c, Backend backend, List<double[]> values, int margin) {
        List<View> views = new ArrayList<>();
        views.add(upload(c.output(), backend, values.getFirst(), margin));
        for (int i = 0; i < c.inputs().size(); i++) {
            views.add(upload(c.inputs().get(i), backend, values.get(i + 1), margin));
        }
        return views;
    }

    private static View upload(KernelCase.Operand o, Backend backend, double[] v, int margin) {
        Buffer buffer;
        if (o.type() == DType.I32) {
            int[] all = new int[v.length + 2 * margin];
            Arrays.fill(all, GUARD);
            for (int i = 0; i < v.length; i++) {
                all[margin + i] = (int) v[i];
            }
            buffer = backend.upload(all);
        } else {
            double[] all = new double[v.length + 2 * margin];
            Arrays.fill(all, GUARD);
            System.arraycopy(v, 0, all, margin, v.length);
            buffer = backend.upload(all);
        }
        return new View(buffer, margin, o.shape());
    }

    private static void checkMargins(KernelCase c, Backend backend, View v, int margin) {
        if (margin == 0) {
            return;
        }
        double[] all = read(backend, View.of(v.buffer(), Shape.of((int) v.buffer().size())));
        for (int i = 0; i < margin; i++) {
            if (all[i] != GUARD || all[all.length - 1 - i] != GUARD) {
                throw new AssertionError(c.name() + ": wrote outside of its output");
            }
        }
    }

    private static double[] read(Backend backend, View v) {
        return v.type() == DType.I32
                ? Arrays.stream(backend.downloadInts(v)).asDoubleStream().toArray()
                : backend.downloadDoubles(v);
    }
}
