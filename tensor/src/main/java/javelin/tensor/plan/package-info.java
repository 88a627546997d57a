/// Inference sessions: a traced graph as a short list of prepared kernels on planned memory.
package javelin.tensor.plan;
