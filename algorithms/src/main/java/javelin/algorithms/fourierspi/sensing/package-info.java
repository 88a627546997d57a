/// Compressed sensing with random binary illumination, and Hadamard imaging: what Fourier
/// single-pixel imaging is compared with.
///
/// | part | source | where |
/// |---|---|---|
/// | pseudo-random binary sequences | ITU-T O.150 | [javelin.algorithms.fourierspi.sensing.Prbs] |
/// | scrambled Hadamard ensemble | Gan, Do and Tran, 2008 | [javelin.algorithms.fourierspi.sensing.WalshMeasurement] |
/// | total variation, augmented Lagrangian | Li, Yin, Jiang and Zhang, 2013 | [javelin.algorithms.fourierspi.sensing.TotalVariation] |
/// | ℓ1 in a transform | Beck and Teboulle, 2009; O'Donoghue and Candès, 2015 | [javelin.algorithms.fourierspi.sensing.Fista] |
/// | lines by ADMM | Boyd et al., 2011 | [javelin.algorithms.fourierspi.sensing.LineAdmm] |
/// | linear reconstruction | least norm; Tikhonov and Arsenin, 1977 | [javelin.algorithms.fourierspi.sensing.OneShot] |
/// | Hadamard imaging | Pratt, Kane and Andrews, 1969 | [javelin.algorithms.fourierspi.sensing.HadamardImaging] |
/// | order of patterns | Sun et al., 2017; Yu, 2019 | [javelin.algorithms.fourierspi.sensing.HadamardOrder] |
///
/// [javelin.algorithms.fourierspi.sensing.Comparison] puts them and Fourier imaging to the same
/// test: equal pulses and noise, weights by [javelin.algorithms.fourierspi.sensing.Tuning], times
/// by [javelin.algorithms.fourierspi.sensing.FairTiming].
///
/// Everything computes in 32 bits on the engine's kernels, with as many threads as its backend has.
/// Images are row-major arrays with values around `[0, 1]`. Measurements are products with entries
/// ±1; [javelin.algorithms.fourierspi.sensing.Pulses] makes them from pulses of light, which are
/// never negative.
package javelin.algorithms.fourierspi.sensing;
