package javelin.algorithms.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/// `javelin run`: the experiment of a paper.
@Command(
        name = "run",
        description = "Runs the experiment of a paper and writes its report.",
        synopsisSubcommandLabel = "PAPER",
        subcommands = {FourierSpiCommand.class, DcpCommand.class})
final class RunCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(
                self.commandLine(),
                "a paper is missing; choose one of "
                        + String.join(", ", self.subcommands().keySet()));
    }
}
