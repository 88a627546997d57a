package javelin.algorithms.fourierspi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// When which pattern is shown: the order in time of the samples of one line or frame. Estimators
/// know phases only; instrument, drift and de-skew know this.
///
/// @param grid pixels
/// @param frequencies measured coefficients, representatives of [Grid#halfPlane()]
/// @param scheme phases of each
/// @param shortcut whether real coefficients get only [Scheme#realPhases()]
/// @param samples samples in time order, as many of a pulse as [Scheme#samplesPerPulse()] at most
public record Schedule(
        Grid grid,
        List<Frequency> frequencies,
        Scheme scheme,
        boolean shortcut,
        List<Sample> samples) {

    /// One detected number.
    ///
    /// @param pulse number of the pulse that gives it
    /// @param coefficient index of the frequency, or −1 for the uniform pattern
    /// @param phase phase index
    public record Sample(int pulse, int coefficient, int phase) {
        public boolean isBase() {
            return coefficient < 0;
        }
    }

    public Schedule {
        frequencies = List.copyOf(frequencies);
        samples = List.copyOf(samples);
        if (frequencies.isEmpty()) {
            throw new IllegalArgumentException("schedule: needs at least one frequency");
        }
        if (!frequencies.stream().allMatch(grid::isInHalfPlane)
                || new HashSet<>(frequencies).size() < frequencies.size()) {
            throw new IllegalArgumentException(
                    "schedule: frequencies must be different members of the half plane");
        }
        var wanted = new HashSet<List<Integer>>();
        if (scheme.hasBase()) {
            wanted.add(List.of(-1, 0));
        }
        for (int k = 0; k < frequencies.size(); k++) {
            for (int s : phasesOf(grid, frequencies.get(k), scheme, shortcut)) {
                wanted.add(List.of(k, s));
            }
        }
        int before = 0;
        int shared = 0;
        for (Sample sample : samples) {
            shared = sample.pulse == before ? shared + 1 : 1;
            if (sample.pulse < before
                    || sample.pulse >= 1 << 28
                    || shared > scheme.samplesPerPulse()) {
                throw new IllegalArgumentException(
                        "schedule: pulse %d follows pulse %d; pulses count from 0 to 2^28 in time order, %d samples to each at most"
                                .formatted(sample.pulse, before, scheme.samplesPerPulse()));
            }
            before = sample.pulse;
            if (!wanted.remove(List.of(sample.coefficient, sample.phase))) {
                throw new IllegalArgumentException(
                        "schedule: coefficient %d, phase %d is extra or measured twice"
                                .formatted(sample.coefficient, sample.phase));
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "schedule: " + wanted.size() + " samples of coefficients are missing");
        }
    }

    /// Coefficient after coefficient, phases 0, π, π/2, 3π/2 for four steps (a linear drift then
    /// costs half as much as in the order of phases); the uniform pattern first.
    public static Schedule of(
            Grid grid, List<Frequency> frequencies, Scheme scheme, boolean shortcut) {
        List<Sample> samples = new ArrayList<>();
        int pulse = 0;
        if (scheme.hasBase()) {
            samples.add(new Sample(pulse++, -1, 0));
        }
        int taken = 0;
        for (int k = 0; k < frequencies.size(); k++) {
            for (int s : phasesOf(grid, frequencies.get(k), scheme, shortcut)) {
                samples.add(new Sample(pulse, k, s));
                if (++taken % scheme.samplesPerPulse() == 0) {
                    pulse++;
                }
            }
        }
        return new Schedule(grid, frequencies, scheme, shortcut, samples);
    }

    /// Light pulses, `M`.
    public int pulses() {
        return samples.stream().mapToInt(Sample::pulse).max().orElse(-1) + 1;
    }

    /// Measurements per pixel, `M/P`.
    public double compressionRatio() {
        return (double) pulses() / grid.pixels();
    }

    private static int[] phasesOf(Grid grid, Frequency f, Scheme scheme, boolean shortcut) {
        if (shortcut && grid.isSelfConjugate(f)) {
            return scheme.realPhases();
        }
        int steps = scheme.phases().length;
        return steps == 4 ? new int[] {0, 2, 1, 3} : IntStream.range(0, steps).toArray();
    }

    /// Coefficients from the samples in time order; real ones have an imaginary part of 0.
    ///
    /// @param b amplitude of the patterns
    /// @throws IllegalArgumentException if the number of samples does not fit or one is not finite
    public Complex[] estimate(double[] d, double b) {
        if (d.length != samples.size()) {
            throw new IllegalArgumentException(
                    "estimate: the schedule has %d samples, the measurement %d"
                            .formatted(samples.size(), d.length));
        }
        double base = 0;
        double[][] byPhase = new double[frequencies.size()][scheme.phases().length];
        for (int i = 0; i < d.length; i++) {
            if (!Double.isFinite(d[i])) {
                throw new IllegalArgumentException("estimate: sample " + i + " is " + d[i]);
            }
            Sample at = samples.get(i);
            if (at.isBase()) {
                base = d[i];
            } else {
                byPhase[at.coefficient][at.phase] = d[i];
            }
        }
        Complex[] f = new Complex[byPhase.length];
        for (int k = 0; k < f.length; k++) {
            boolean real = grid.isSelfConjugate(frequencies.get(k));
            if (real && shortcut) {
                f[k] = new Complex(scheme.estimateReal(byPhase[k], base, b), 0);
            } else {
                Complex any = scheme.estimate(byPhase[k], base, b);
                f[k] = real ? new Complex(any.re(), 0) : any;
            }
        }
        return f;
    }

    /// Frequency 0 from the mean of all samples, or from the uniform pattern if there is one,
    /// `(mean D − c)/a`, which costs no pulses of its own; unlike the estimate from phases it
    /// depends on the dark level.
    ///
    /// @param a mean level of the patterns
    /// @param dark light `c` that the detector sees besides
    /// @throws IllegalArgumentException if the phases of the scheme do not average out
    public double zeroFromMean(double[] d, double a, double dark) {
        if (d.length != samples.size()) {
            throw new IllegalArgumentException(
                    "zero from mean: the schedule has %d samples, the measurement %d"
                            .formatted(samples.size(), d.length));
        }
        if (scheme instanceof Scheme.QuarterSteps) {
            throw new IllegalArgumentException(
                    "zero from mean: the mean of all samples needs phases at equal angles, not "
                            + scheme.name());
        }
        double sum = 0;
        int n = 0;
        for (int i = 0; i < d.length; i++) {
            Sample at = samples.get(i);
            boolean counts =
                    scheme.hasBase()
                            ? at.isBase()
                            : !grid.isSelfConjugate(frequencies.get(at.coefficient));
            if (counts) {
                sum += d[i];
                n++;
            }
        }
        if (n == 0) {
            throw new IllegalArgumentException(
                    "zero from mean: the schedule has real coefficients only; take one that is not");
        }
        return (sum / n - dark) / a;
    }
}
