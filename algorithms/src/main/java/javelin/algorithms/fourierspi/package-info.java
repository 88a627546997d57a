/// Fourier single-pixel imaging: sinusoidal light, one detector, one number per pulse.
///
/// Guo, Chen, Wang, Guo, Liu, Zhu, Cheng, Yu, Yang, Chen and Xie, High-speed compressive microscopy
/// of flowing cells using sinusoidal illumination patterns, IEEE Photonics Journal 9(1), 2017.
/// Followed from its abstract: the body of the paper was not at hand.
///
/// | of the method | here |
/// |---|---|
/// | pattern `a + b·cos(2πkx/N + φ)` and its detected energy | [Pattern] |
/// | coefficient from phase steps | [Scheme] |
/// | order of pulses in time | [Schedule] |
/// | which frequencies are measured | [SamplingOrder], [SparseOrders] |
/// | conjugate symmetry, unmeasured coefficients 0 | [Grid], [Reconstruction], [LineReconstruction], [FrameReconstruction] |
/// | the instrument with its imperfections, calibration, motion | `instrument` |
/// | compressed sensing and Hadamard imaging, for comparison | `sensing` |
package javelin.algorithms.fourierspi;
