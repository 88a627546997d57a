/// Layers: parameters plus a `forward` that applies ops. Images are `[n, h, w, c]`.
package javelin.nn.layers;
