/// Studies of Fourier single-pixel imaging, each a record of its settings with a method that runs
/// it.
package javelin.algorithms.fourierspi.experiment;
