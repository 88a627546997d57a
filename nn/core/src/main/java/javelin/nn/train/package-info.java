/// Training: the loop, what listens to it, checkpoints that resume exactly, evaluation.
///
/// [javelin.nn.train.Trainer] runs the loop; everything else is optional and plugs in:
///
/// | to | use |
/// |---|---|
/// | see how it goes | [javelin.nn.train.ProgressBar], [javelin.nn.train.CsvLog], [javelin.nn.train.TensorBoardLog] |
/// | stop early | [javelin.nn.train.EarlyStopping], [javelin.nn.train.StopSignal] |
/// | go on later, to the same bits | [javelin.nn.train.Checkpoint] |
/// | judge the result | [javelin.nn.train.Evaluator], [javelin.nn.train.Prediction] |
package javelin.nn.train;
