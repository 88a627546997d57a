/// Discrimination-aware channel pruning (DCP).
///
/// Zhuang, Tan, Zhuang, Liu, Guo, Wu, Huang and Zhu, Discrimination-aware channel pruning for deep
/// neural networks, NeurIPS 2018, with its supplement; the order of work of Liu et al.,
/// Discrimination-aware network pruning for deep model compression, TPAMI 2021, as an option. Where
/// paper and the authors' two code releases differ, both are options.
///
/// | of the paper | here |
/// |---|---|
/// | `‖W‖_{2,0} ≤ κ_l`, Eq. (2) and (7) | [PruningRate], [StopRule.Budget] |
/// | reconstruction loss `L_M`, Eq. (3) | [LayerProblem] |
/// | additional classifier, Eq. (4) and (5) | [LossHead] |
/// | joint objective, Eq. (6) | [LayerProblem] |
/// | problem (8) and its steps, Eq. (9) | [SubProblem] |
/// | stopping condition, Eq. (10) | [StopRule.Adaptive] |
/// | places of the additional losses | [Blocks] |
/// | Algorithm 1 | [Dcp] |
/// | Algorithm 2 | [GreedySelection], with the size of a gradient in [ScoreNorm] |
/// | Algorithm S1, training with two losses | [StageTraining] |
/// | which channels are pruned, the small network | [PrunedLayer], [javelin.nn.prune] |
/// | random DCP, reconstruction only, weight sum, slimming, training from scratch | [Criterion] |
/// | training of the small network | [FineTuning] |
///
/// Not here: the face network's training, ILSVRC-12, APoZ.
///
/// | deviation | reason |
/// |---|---|
/// | `κ = c − ⌊η·c⌋` although the paper prints `⌈η·c⌉` | its tables and both releases have it so |
/// | selection on fixed images without augmentation | same seed, same channels |
/// | the last epoch of a stage counts, not the best on the test set | that would leak the test set |
/// | a fit that is worse than the one before is replaced ([DcpConfig#safeguard]) | the objective of nested problems cannot grow |
/// | in (S3) gradients use activations of the one forward pass and weights after (S2) | as in the authors' first release |
/// | network slimming takes the same part of each layer | so that all methods give one architecture |
package javelin.algorithms.dcp;
