package javelin.algorithms.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Objects;

/// Entry of the command line.
@Command(
        name = "javelin",
        description = "Trains, runs and looks at neural networks, in plain Java.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DevicesCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            InspectCommand.class,
            PruneCommand.class,
            RunCommand.class,
            SpiCommand.class
        },
        footer = {
            "",
            "Benchmarks are a program of their own: see './javelin bench --help'.",
            "Exit code: 0 done, 1 the work failed, 2 wrong usage.",
            "Environment: JAVELIN_DATA folder of data sets, JAVELIN_JAVA a JDK, JAVELIN_OPTS"
                    + " options of the JVM."
        })
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
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((e, _) -> wrongUsage(e, main.debug));
        line.setExecutionExceptionHandler((e, at, _) -> failed(e, at, main.debug));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return failed(e, line, main.debug);
        } catch (ExceptionInInitializerError e) { // a switch of the JVM without a meaning
            Throwable cause = e.getCause() == null ? e : e.getCause();
            int code = failed(cause, line, main.debug);
            return cause instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : code;
        }
    }

    /// `--help` and `--version` on every level.
    private static void standard(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.versionProvider(new Version());
        spec.usageMessage().sortOptions(false);
        line.getSubcommands().values().forEach(Main::standard);
    }

    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(
                self.commandLine(),
                "a command is missing; choose one of "
                        + String.join(", ", self.subcommands().keySet()));
    }

    private static int wrongUsage(ParameterException e, boolean debug) {
        CommandLine at = e.getCommandLine();
        String name = at.getCommandSpec().qualifiedName();
        at.getErr().println(name + ": " + sentence(e, at) + "; see '" + name + " --help'");
        if (debug) {
            e.printStackTrace(at.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String sentence(ParameterException e, CommandLine at) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return Failures.lowerCase(String.valueOf(e.getMessage()).replaceAll("\\R\\s*", " "));
        }
        String word = unmatched.getUnmatched().getFirst();
        boolean commands = !at.getSubcommands().isEmpty();
        List<String> known =
                word.startsWith("-") || !commands
                        ? at.getCommandSpec().options().stream()
                                .map(CommandLine.Model.OptionSpec::longestName)
                                .toList()
                        : List.copyOf(at.getSubcommands().keySet());
        if (word.startsWith("-")) {
            return "unknown option '%s'%s".formatted(word, Suggestion.text(word, known));
        }
        return commands
                ? Suggestion.unknown("command", word, known)
                : "unexpected argument '%s'".formatted(word);
    }

    private static int failed(Throwable e, CommandLine at, boolean debug) {
        at.getErr().println(at.getCommandSpec().qualifiedName() + ": " + Failures.sentence(e));
        if (debug) {
            e.printStackTrace(at.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// `--version`.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "javelin " + number(),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
            };
        }

        static String number() {
            ModuleDescriptor self = Main.class.getModule().getDescriptor();
            return self == null // on a class path
                    ? "(version unknown)"
                    : self.version().map(Object::toString).orElse("(version unknown)");
        }
    }
}
