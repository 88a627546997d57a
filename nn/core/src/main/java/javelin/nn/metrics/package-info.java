/// Measures of how good a network is; plain numbers, no gradients.
package javelin.nn.metrics;
