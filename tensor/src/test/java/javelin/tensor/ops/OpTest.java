package javelin.tensor.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.tensor.Autograd;
import javelin.tensor.Graph;
import javelin.tensor.Op;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Walks the table [OpCases].
class OpTest {
    /// Rounding of float32 after some hundred operations on numbers of size 1.
    private static final double TOLERANCE = 100 * 0x1p-24;

    static List<OpCase> all() {
        return OpCases.ALL;
    }

    static Stream<OpCase> differentiable() {
        return OpCases.ALL.stream().filter(c -> c.orders() > 0);
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradientMatchesFiniteDifference(OpCase c) {
        c.check().orders(c.orders()).run();
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradientOfOneArgumentAloneIsTheSame(OpCase c) {
        Backends.with(
                Backends.reference(),
                () -> {
                    List<Tensor> x = c.check().arguments();
                    Tensor y = c.check().function().apply(x);
                    Tensor dy = Tensor.onesLike(y);
                    List<Tensor> real = x.stream().filter(Tensor::requiresGrad).toList();
                    List<Tensor> together = Autograd.vjp(y, dy, real, false);
                    for (int i = 0; i < real.size(); i++) {
                        Tensor alone = Autograd.vjp(y, dy, List.of(real.get(i)), false).getFirst();
                        assertThat(alone.doubles()).isEqualTo(together.get(i).doubles());
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void oneArgumentAloneKeepsEnough(OpCase c) {
        Backends.with(
                Backends.reference(),
                () -> {
                    for (int i = 0; i < c.check().samples().size(); i++) {
                        List<Tensor> x = c.check().arguments();
                        for (Tensor other : x) {
                            if (other != x.get(i) && other.requiresGrad()) {
                                other.requireGrad(false);
                            }
                        }
                        Tensor y = c.check().function().apply(x);
                        if (y.requiresGrad()) {
                            Autograd.vjp(y, Tensor.onesLike(y), List.of(x.get(i)), true);
                        }
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void dryRunGivesTheSameShapes(OpCase c) {
        assertThat(shapes(c, Backends.dry())).isEqualTo(shapes(c, Backends.reference()));
    }

    private static List<Shape> shapes(OpCase c, Backend on) {
        return results(c, on).stream().map(Tensor::shape).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBackendAgreesWithReference(OpCase c) {
        List<Tensor> expected = results(c, Backends.reference());
        for (Backend on : Backends.available().values()) {
            List<Tensor> found = results(c, on);
            for (int i = 0; i < found.size(); i++) {
                double[] a = values(found.get(i));
                double[] b = values(expected.get(i));
                double size = Arrays.stream(b).map(Math::abs).max().orElse(0);
                assertThat(a)
                        .as("result %d on %s", i, on.name())
                        .containsExactly(b, offset(TOLERANCE * Math.max(size, 1)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opencl", "cuda"})
    void deviceIsOneOfThem(String name) {
        boolean found = Backends.available().containsKey(name);
        assertThat(found || !System.getProperty("javelin.require", "").contains(name)).isTrue();
        assumeTrue(
                found, "op table not tried on %s: ".formatted(name) + Backends.absent().get(name));
    }

    /// The result, and the gradients of all arguments if it has some.
    private static List<Tensor> results(OpCase c, Backend on) {
        List<Tensor> drawn = Backends.with(Backends.cpu(), c.check()::arguments); // float32 values
        return Backends.with(
                on,
                () -> {
                    List<Tensor> x =
                            drawn.stream()
                                    .map(t -> t.detach().to(on))
                                    .map(t -> t.type().isFloat() ? t.requireGrad() : t)
                                    .toList();
                    Tensor y = c.check().function().apply(x);
                    if (c.orders() == 0) {
                        assertThat(y.requiresGrad()).isFalse();
                        return List.of(y);
                    }
                    List<Tensor> real = x.stream().filter(Tensor::requiresGrad).toList();
                    Tensor dy = Tensor.onesLike(y);
                    return Stream.concat(Stream.of(y), Autograd.vjp(y, dy, real, false).stream())
                            .toList();
                });
    }

    private static double[] values(Tensor x) {
        return x.type() == DType.I32
                ? Arrays.stream(x.ints()).asDoubleStream().toArray()
                : x.doubles();
    }

    @Test
    void everyOpHasACase() throws IOException, URISyntaxException {
        Set<Class<?>> tried = OpCases.ALL.stream().map(OpTest::lastOp).collect(Collectors.toSet());
        assertThat(tried).containsAll(opsOfThePackage());
    }

    private static Class<?> lastOp(OpCase c) {
        return Backends.with(
                Backends.dry(),
                () -> {
                    List<Tensor> x = c.check().arguments();
                    Graph graph = Graph.trace(() -> c.check().function().apply(x));
                    return graph.outputs().getFirst().op().getClass();
                });
    }

    private static List<Class<?>> opsOfThePackage() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Sum.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(classes.resolve("javelin/tensor/ops"))) {
            List<Class<?>> ops =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".class") && !f.startsWith("package-info"))
                            .map(f -> "javelin.tensor.ops." + f.substring(0, f.length() - 6))
                            .<Class<?>>map(OpTest::named)
                            .filter(Op.class::isAssignableFrom)
                            .filter(k -> !Modifier.isAbstract(k.getModifiers()))
                            .toList();
            assertThat(ops).hasSizeGreaterThan(60);
            return ops;
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
