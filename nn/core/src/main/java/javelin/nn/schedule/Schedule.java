package javelin.nn.schedule;

import java.util.List;

/// Learning rate of each step. Steps count from 0; a schedule is a pure function, so a resumed run
/// needs nothing but the number of its step.
public sealed interface Schedule {
    /// Learning rate of step `step ≥ 0`.
    double rate(long step);

    /// The same rate always.
    record Constant(double rate) implements Schedule {
        /// Checks the rate.
        public Constant {
            check("constant", rate);
        }

        @Override
        public double rate(long step) {
            return rate;
        }
    }

    /// The rate times `factor` after every `every` steps.
    record Step(double rate, long every, double factor) implements Schedule {
        /// Checks the ranges.
        public Step {
            check("step", rate);
            check("step", "every", every);
        }

        @Override
        public double rate(long step) {
            long times = step / every;
            return rate * Math.pow(factor, (double) times);
        }
    }

    /// The rate times `factor` at each of the given steps.
    record MultiStep(double rate, List<Long> at, double factor) implements Schedule {
        /// Checks the rate and copies the list.
        public MultiStep {
            check("multi-step", rate);
            at = List.copyOf(at);
        }

        @Override
        public double rate(long step) {
            long passed = at.stream().filter(s -> s <= step).count();
            return rate * Math.pow(factor, (double) passed);
        }
    }

    /// Half a cosine from `rate` down to `end` over `steps` steps, then `end`.
    ///
    /// @see "Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, Eq.
    ///   (5)"
    record Cosine(double rate, double end, long steps) implements Schedule {
        /// Checks the ranges.
        public Cosine {
            check("cosine", rate);
            check("cosine", "steps", steps);
        }

        @Override
        public double rate(long step) {
            double t = Math.min(1, (double) step / steps);
            return end + (rate - end) * (1 + Math.cos(Math.PI * t)) / 2;
        }
    }

    /// Up along half a cosine from `peak / start` to `peak` in the first `rise` of the steps, then
    /// down along another to `peak / (start · end)`.
    ///
    /// @param peak highest rate
    /// @param steps length of the whole
    /// @param rise share of the steps in which the rate rises, in `(0, 1)`
    /// @param start what the peak is divided by at the start
    /// @param end what the first rate is divided by at the end
    /// @see "Smith and Topin, Super-convergence, 2018"
    record OneCycle(double peak, long steps, double rise, double start, double end)
            implements Schedule {
        /// Checks the ranges.
        public OneCycle {
            check("one-cycle", peak);
            check("one-cycle", "steps", steps);
            if (!(rise > 0 && rise < 1)) {
                throw new IllegalArgumentException(
                        "schedule one-cycle: rise must be in (0, 1), got " + rise);
            }
        }

        /// 30 % rise from a 25th of the peak, and down to a 10,000th of that.
        public OneCycle(double peak, long steps) {
            this(peak, steps, 0.3, 25, 1e4);
        }

        @Override
        public double rate(long step) {
            double first = peak / start;
            double top = rise * steps;
            if (step < top) {
                return between(first, peak, step / top);
            }
            double down = steps - top;
            return between(peak, first / end, Math.min(1, (step - top) / down));
        }

        private static double between(double from, double to, double t) {
            return to + (from - to) * (1 + Math.cos(Math.PI * t)) / 2;
        }
    }

    /// `(rate − end) · (1 − step/steps)^power + end`, then `end`.
    record Polynomial(double rate, double end, long steps, double power) implements Schedule {
        /// Checks the ranges.
        public Polynomial {
            check("polynomial", rate);
            check("polynomial", "steps", steps);
        }

        @Override
        public double rate(long step) {
            double left = 1 - Math.min(1, (double) step / steps);
            return end + (rate - end) * Math.pow(left, power);
        }
    }

    /// In a straight line from `from` times its first rate to the first rate of `then`, over
    /// `steps` steps; after that `then`, which starts at its own step 0.
    record WarmUp(long steps, double from, Schedule then) implements Schedule {
        /// Checks the length.
        public WarmUp {
            check("warm-up", "steps", steps);
        }

        @Override
        public double rate(long step) {
            if (step >= steps) {
                return then.rate(step - steps);
            }
            double t = (double) step / steps;
            return then.rate(0) * (from + (1 - from) * t);
        }
    }

    private static void check(String name, double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "schedule %s: the rate must be at least 0 and finite, got %s"
                            .formatted(name, rate));
        }
    }

    private static void check(String name, String what, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "schedule %s: %s must be at least 1, got %d".formatted(name, what, steps));
        }
    }
}
