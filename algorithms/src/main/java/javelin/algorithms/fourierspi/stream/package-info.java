/// Samples that arrive without end: a ring of blocks between the converter and the reconstruction,
/// at the instrument's pace, with everything that was too late counted.
package javelin.algorithms.fourierspi.stream;
