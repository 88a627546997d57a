package javelin.algorithms.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/// `javelin spi`: single-pixel imaging of a user's own pictures and measurements.
@Command(
        name = "spi",
        description =
                "Fourier single-pixel imaging: simulates the camera, writes its patterns,"
                        + " reconstructs measured numbers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SpiSimulateCommand.class,
            SpiPatternsCommand.class,
            SpiReconstructCommand.class
        })
final class SpiCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(
                self.commandLine(),
                "a command is missing; choose one of "
                        + String.join(", ", self.subcommands().keySet()));
    }
}
