/// Files: model files, safetensors, JSON, and writing that leaves no half-written file.
package javelin.nn.io;
