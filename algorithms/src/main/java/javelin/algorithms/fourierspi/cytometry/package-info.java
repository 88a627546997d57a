/// Imaging flow cytometry on reconstructed lines: cells that flow by are found, cut out, measured
/// and told apart.
///
/// | step | here |
/// |---|---|
/// | cells and their flow, for simulations | [CellModel], [Cell], [CellStream] |
/// | which lines hold a cell, from the total light | [Trigger] |
/// | what a line without cells looks like | [Background] |
/// | absorbance on square pixels, threshold, separate cells | [Segmentation], [Resampling], [Threshold] |
/// | measured values | [CellAnalysis], [FoundCell], [Features] |
/// | class of a cell | [Discriminant], [CellNetwork] |
/// | how good that is | [javelin.nn.metrics.ConfusionMatrix], [RocCurve], [EventMatching] |
///
/// Lengths are metres, times seconds, angles radians. Absorbance is the loss of transmission,
/// background minus image, not its logarithm.
///
/// A [CellAnalysis] or a [Trigger] belongs to one thread; a fitted [Discriminant] and a
/// [CellStream] serve any number.
package javelin.algorithms.fourierspi.cytometry;
