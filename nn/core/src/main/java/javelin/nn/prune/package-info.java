/// Cutting channels out of networks: which tensors share a channel, and the smaller network without
/// it.
///
/// | step | here |
/// |---|---|
/// | what must be cut together | [javelin.nn.prune.PruningGraph], found in the recorded ops |
/// | the channels that stay | [javelin.nn.prune.ChannelCut] |
/// | the wide network without their effect | [javelin.nn.prune.ChannelCut#mask] |
/// | the same function with fewer channels | [javelin.nn.prune.ChannelCut#rebuild] |
package javelin.nn.prune;
