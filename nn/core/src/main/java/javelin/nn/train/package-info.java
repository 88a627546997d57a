/// Training: the loop, what listens to it, checkpoints that resume exactly, evaluation.
package javelin.nn.train;
