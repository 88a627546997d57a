/// Neural networks: layers, losses, optimisers, data, training, files, and a zoo of networks.
@org.jspecify.annotations.NullMarked
module javelin.nn {
    requires transitive javelin.tensor;
    requires java.desktop; // decoders of PNG, JPEG, BMP and GIF
    requires static org.jspecify;

    exports javelin.nn;
    exports javelin.nn.data;
    exports javelin.nn.data.augment;
    exports javelin.nn.init;
    exports javelin.nn.io;
    exports javelin.nn.layers;
    exports javelin.nn.loss;
    exports javelin.nn.metrics;
    exports javelin.nn.optim;
    exports javelin.nn.prune;
    exports javelin.nn.schedule;
    exports javelin.nn.train;
    exports javelin.nn.zoo;
}
