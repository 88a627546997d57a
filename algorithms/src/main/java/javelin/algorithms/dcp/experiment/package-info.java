/// The experiment on channel pruning: methods at equal rate and equal training, adaptive stopping,
/// measured speed.
package javelin.algorithms.dcp.experiment;
