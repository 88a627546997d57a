package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Schedule;
import javelin.tensor.Rng;

/// From light to numbers: detector, its memory of the pulse before, converter.
///
/// @param fullScale light of a blank at full transmission, in pixels
record Readout(InstrumentConfig config, double fullScale) {
    /// @param clean light of all samples, line by line, in pixels
    Recording read(Schedule schedule, double[] clean, int lines, Rng rng) {
        Detector detector = config.detector();
        double memory = detector.memory(config.laser().rate());
        int samples = schedule.samples().size();
        int outputs = schedule.scheme().samplesPerPulse();
        int bits = config.bits();
        double top = fullScale * InstrumentConfig.HEADROOM;
        double step = bits == 0 ? 0 : top / ((1 << bits) - 1);
        double[] before = new double[outputs];
        double[] values = new double[clean.length];
        short[] codes = new short[bits == 0 ? 0 : clean.length];
        int clipped = 0;
        double jitter = config.laser().energyJitter();
        long last = -1;
        double gain = 1;
        double divisor = 1;
        for (int i = 0; i < clean.length; i++) {
            Schedule.Sample at = schedule.samples().get(i % samples);
            long pulse = (long) (i / samples) * schedule.pulses() + at.pulse();
            if (pulse != last) { // both outputs of a pulse share its energy
                last = pulse;
                gain = jitter == 0 ? 1 : 1 + jitter * rng.nextGaussian();
                divisor = detector.reference(gain, rng);
            }
            double v = detector.detect(clean[i] / fullScale, pulse, gain, divisor, rng) * fullScale;
            if (memory > 0) {
                int output = i % outputs;
                v = i < outputs ? v : (1 - memory) * v + memory * before[output];
                before[output] = v;
            }
            if (bits > 0) {
                clipped += v < 0 || v > top ? 1 : 0;
                int code = (int) Math.rint(Math.clamp(v, 0, top) / step);
                codes[i] = (short) code;
                v = code * step;
            }
            values[i] = v;
        }
        return new Recording(lines, samples, values, codes, step, clipped);
    }
}
