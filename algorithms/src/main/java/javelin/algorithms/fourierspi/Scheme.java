package javelin.algorithms.fourierspi;

import java.util.stream.IntStream;

/// Which phases of a sinusoid are shown, and how the detected numbers give a Fourier coefficient.
///
/// With the pattern `a + b·cos(2πkx/N + φ)` the detector sees `D_φ = a·ΣI + c + b·(Re F·cos φ + Im
/// F·sin φ)`. Numbers are indexed by phase, never by time; see [Schedule] for the time.
public sealed interface Scheme {
    /// The scheme of a name: `3-step`, `4-step` and so on, `3-step-90`, `2-step-base`,
    /// `complementary`.
    ///
    /// @throws IllegalArgumentException if there is none
    static Scheme named(String name) {
        return switch (name) {
            case "3-step-90" -> new QuarterSteps();
            case "2-step-base" -> new TwoStepsAndBase();
            case "complementary" -> new Complementary();
            default -> {
                if (!name.matches("[1-9]\\d{0,2}-step")) {
                    throw new IllegalArgumentException(
                            "scheme: there is no '%s'; choose 3-step, 4-step, … up to 999-step, 3-step-90, 2-step-base or complementary"
                                    .formatted(name));
                }
                yield new Steps(Integer.parseInt(name.substring(0, name.indexOf('-'))));
            }
        };
    }

    /// Its name, as [#named] takes it.
    default String name() {
        return switch (this) {
            case Steps s -> s.steps + "-step";
            case QuarterSteps _ -> "3-step-90";
            case TwoStepsAndBase _ -> "2-step-base";
            case Complementary _ -> "complementary";
        };
    }

    /// Phases in radians, by phase index.
    double[] phases();

    /// Phase indices that suffice where the coefficient is real.
    int[] realPhases();

    /// Whether one uniform pattern of level `a` is shown besides.
    default boolean hasBase() {
        return false;
    }

    /// Numbers that one pulse gives: two where both outputs of the modulator are detected.
    default int samplesPerPulse() {
        return 1;
    }

    /// The coefficient.
    ///
    /// @param d numbers by phase index
    /// @param base number of the uniform pattern, not read if there is none
    /// @param b amplitude of the pattern
    Complex estimate(double[] d, double base, double b);

    /// A real coefficient from the numbers of [#realPhases()] alone.
    default double estimateReal(double[] d, double base, double b) {
        int[] at = realPhases();
        return (d[at[0]] - d[at[1]]) / (b * (1 - Math.cos(phases()[at[1]])));
    }

    /// Phases `2πs/S`: `F = 2/(S·b)·Σ_s D_s·e^(jφ_s)`; any constant in all numbers cancels.
    ///
    /// @param steps `S`, at least 3
    record Steps(int steps) implements Scheme {
        public Steps {
            if (steps < 3) {
                throw new IllegalArgumentException(
                        "scheme: needs 3 steps or more, got %d; two phases go with a uniform pattern, 2-step-base"
                                .formatted(steps));
            }
        }

        @Override
        public double[] phases() {
            return IntStream.range(0, steps).mapToDouble(s -> 2 * Math.PI * s / steps).toArray();
        }

        @Override
        public int[] realPhases() {
            return new int[] {0, steps / 2};
        }

        @Override
        public Complex estimate(double[] d, double base, double b) {
            double re = 0;
            double im = 0;
            for (int s = 0; s < steps; s++) {
                double phase = 2 * Math.PI * s / steps;
                re += d[s] * Math.cos(phase);
                im += d[s] * Math.sin(phase);
            }
            return new Complex(2 * re / (steps * b), 2 * im / (steps * b));
        }
    }

    /// Phases 0, π/2, π: `F = [(D₀ − D_π) + j(2D_π/2 − D₀ − D_π)] / 2b`.
    record QuarterSteps() implements Scheme {
        @Override
        public double[] phases() {
            return new double[] {0, Math.PI / 2, Math.PI};
        }

        @Override
        public int[] realPhases() {
            return new int[] {0, 2};
        }

        @Override
        public Complex estimate(double[] d, double base, double b) {
            return new Complex((d[0] - d[2]) / (2 * b), (2 * d[1] - d[0] - d[2]) / (2 * b));
        }
    }

    /// Phases 0 and π/2 against one uniform pattern: `F = [(D₀ − D_b) + j(D_π/2 − D_b)] / b`.
    record TwoStepsAndBase() implements Scheme {
        @Override
        public double[] phases() {
            return new double[] {0, Math.PI / 2};
        }

        @Override
        public int[] realPhases() {
            return new int[] {0};
        }

        @Override
        public boolean hasBase() {
            return true;
        }

        @Override
        public Complex estimate(double[] d, double base, double b) {
            return new Complex((d[0] - base) / b, (d[1] - base) / b);
        }

        @Override
        public double estimateReal(double[] d, double base, double b) {
            return (d[0] - base) / b;
        }
    }

    /// Phases 0 and π/2, both outputs of the modulator detected: each pulse gives `D_φ` and
    /// `D_φ+π`, two pulses a whole set of four phases.
    record Complementary() implements Scheme {
        private static final Steps FOUR = new Steps(4);

        @Override
        public double[] phases() {
            return FOUR.phases();
        }

        @Override
        public int[] realPhases() {
            return FOUR.realPhases();
        }

        @Override
        public int samplesPerPulse() {
            return 2;
        }

        @Override
        public Complex estimate(double[] d, double base, double b) {
            return FOUR.estimate(d, base, b);
        }
    }
}
