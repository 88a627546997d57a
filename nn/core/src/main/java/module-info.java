/// Networks: layers, losses, optimisers, data, training and model files.
@org.jspecify.annotations.NullMarked
module javelin.nn {
    requires transitive javelin.tensor;
    requires static org.jspecify;

    exports javelin.nn.io;
}
