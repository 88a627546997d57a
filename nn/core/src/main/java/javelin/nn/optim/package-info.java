/// Optimisers: how gradients become steps of the parameters. Hyper-parameters are records; what an
/// optimiser remembers is a [javelin.nn.optim.Optimizer.State] of its own.
package javelin.nn.optim;
