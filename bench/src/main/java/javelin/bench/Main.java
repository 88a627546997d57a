package javelin.bench;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;

/// Entry of `javelin bench`.
@Command(
        name = "javelin bench",
        description = "Measures kernels and networks, alone or beside other libraries.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, PeersCommand.class},
        footer = {"", "Exit code: 0 done, 1 the work failed, 2 wrong usage."})
public final class Main implements Runnable {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print a stack trace when something fails.")
    private boolean debug;

    @Spec private @Nullable CommandSpec spec;

    private Main() {}

    /// Runs a command and ends the JVM with its exit code.
    public static void main(String... args) {
        int code = run(args);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /// Runs a command with output on [System#out] and [System#err].
    ///
    /// @return the exit code
    static int run(String... args) {
        var main = new Main();
        var line = new CommandLine(main);
        line.setOut(new PrintWriter(System.out, true, System.out.charset()));
        line.setErr(new PrintWriter(System.err, true, System.err.charset()));
        standard(line);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((e, _) -> wrongUsage(e, main.debug));
        line.setExecutionExceptionHandler((e, at, _) -> failed(e, at, main.debug));
        try {
            return line.execute(args);
        } catch (ExceptionInInitializerError e) { // a switch of the JVM without a meaning
            Throwable cause = e.getCause() == null ? e : e.getCause();
            line.getErr().println("javelin bench: " + sentence(cause));
            return CommandLine.ExitCode.USAGE;
        }
    }

    private static void standard(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.versionProvider(new Version());
        spec.usageMessage().sortOptions(false);
        line.getSubcommands().values().forEach(Main::standard);
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "a command is missing; choose one of run, peers");
    }

    private static int wrongUsage(ParameterException e, boolean debug) {
        CommandLine at = e.getCommandLine();
        String name = at.getCommandSpec().qualifiedName();
        String said = sentence(e);
        String sentence = Character.toLowerCase(said.charAt(0)) + said.substring(1);
        at.getErr().println("%s: %s; see '%s --help'".formatted(name, sentence, name));
        if (debug) {
            e.printStackTrace(at.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine at, boolean debug) {
        at.getErr().println(at.getCommandSpec().qualifiedName() + ": " + sentence(e));
        if (debug) {
            e.printStackTrace(at.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\R\\s*", " ");
    }

    /// `--version`.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"javelin bench", "commit " + Machine.fields().get("commit")};
        }
    }
}
