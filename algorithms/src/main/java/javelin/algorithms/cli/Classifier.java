package javelin.algorithms.cli;

import javelin.nn.Module;
import javelin.nn.data.augment.Normalize;
import javelin.nn.io.FormatException;
import javelin.nn.io.ModelFile;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A trained network with all that is needed to use it on pictures.
///
/// @param config architecture
/// @param network weights
/// @param pixels how the channels of pictures, with values from 0 to 1, are normalised
/// @param height rows of the input
/// @param width columns of the input
/// @param classes names of the classes
/// @param origin how it was made, for people
record Classifier(
        NetworkConfig config,
        Module network,
        Normalize pixels,
        int height,
        int width,
        List<String> classes,
        Map<String, @Nullable Object> origin) {
    /// Checks that the numbers of channels and classes are those of the network.
    Classifier {
        if (pixels.mean().size() != config.channels() || classes.size() != config.classes()) {
            throw new IllegalArgumentException(
                    "model: %d channels are normalised and %d classes named, but the network has %d and %d"
                            .formatted(
                                    pixels.mean().size(),
                                    classes.size(),
                                    config.channels(),
                                    config.classes()));
        }
        classes = List.copyOf(classes);
    }

    int channels() {
        return config.channels();
    }

    /// Writes a model file in one step.
    void save(Path file) throws IOException {
        ModelFile.save(
                file,
                new ModelFile.Model(
                        config.spec(),
                        network,
                        height,
                        width,
                        pixels.mean(),
                        pixels.std(),
                        classes,
                        origin));
    }

    /// Reads a model file; the network is made on the current backend, in inference mode.
    ///
    /// @throws FormatException if it is damaged or no model of a classifier
    /// @throws IOException if it cannot be read
    static Classifier load(Path file) throws IOException {
        ModelFile.Model model = ModelFile.open(file);
        try {
            return new Classifier(
                    Zoo.config(model.spec()),
                    model.network(),
                    new Normalize(model.mean(), model.std()),
                    model.height(),
                    model.width(),
                    model.classes(),
                    model.origin());
        } catch (IllegalArgumentException e) {
            throw new FormatException(
                    file.toString(), "holds no classifier (" + e.getMessage() + ")", e);
        }
    }
}
