package javelin.bench;

import javelin.kernels.Backends;
import javelin.nn.io.AtomicFile;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Options of both commands: what to measure, and where to write it.
final class Selection {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "S",
            description =
                    "What to measure: ${COMPLETION-CANDIDATES}. Other libraries know neither"
                            + " pool-norm, elementwise nor spi.",
            completionCandidates = Names.class)
    private String suite = "";

    @Option(
            names = "--shapes",
            paramLabel = "NAME|REGEX",
            description =
                    "A size by name, or all whose names contain the expression, for instance resnet50.*@1$.")
    private String shapes = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of every library. Default: 1.")
    private int threads = 1;

    @Option(names = "--quick", description = "Fewer sizes and repetitions: minutes, not hours.")
    private boolean quick;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description =
                    "Number of JVMs, one after the other. Default: 10 for run, 5 for peers, 1 with --quick.")
    private @Nullable Integer forks;

    @Option(
            names = "--tune",
            paramLabel = "F",
            description =
                    "Choose the way of each prepared convolution by measurement, and remember it in"
                            + " this file.")
    private @Nullable Path tune;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write the results as JSON; '-' is standard output.")
    private @Nullable Path json;

    @Option(names = "--md", paramLabel = "F", description = "Write the table as Markdown.")
    private @Nullable Path markdown;

    /// Names of the suites.
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of(Suite.values()).stream().map(Suite::toString).iterator();
        }
    }

    /// An exception for wrong usage.
    ParameterException wrong(String sentence) {
        if (command == null) {
            throw new IllegalStateException("options are not part of a command");
        }
        return new ParameterException(command.commandLine(), sentence);
    }

    /// Checks everything that can be wrong before any work.
    Suite suite() {
        if (threads < 1 || threads > 1024) {
            throw wrong("--threads must be from 1 to 1024, got " + threads);
        }
        if (forks != null && (forks < 1 || forks > 100)) {
            throw wrong("--forks must be from 1 to 100, got " + forks);
        }
        if (json != null && !STANDARD_OUTPUT.equals(json)) {
            requireWritable(json);
        }
        for (Path file : new Path[] {markdown, tune}) {
            if (file != null) {
                requireWritable(file);
            }
        }
        if (json != null && markdown != null && isSame(json, markdown)) {
            throw wrong("--json and --md name the same file, " + json);
        }
        Backends.cpu(); // a switch of the JVM without a meaning is told before other JVMs start
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads > processors) {
            System.err.printf(
                    "note: threads asked for: %d, processors here: %d%n", threads, processors);
        }
        try {
            return Suite.named(suite);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isSame(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }

    private void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (STANDARD_OUTPUT.equals(file)) {
            throw wrong("only --json may be '-'");
        }
        if (Files.isDirectory(file)) {
            throw wrong(file + ": is a folder, expected the name of a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw wrong(file + ": cannot be written, it needs a folder that exists");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".javelin", ".tmp"));
        } catch (IOException _) {
            throw wrong(file + ": cannot be written, its folder takes no files");
        }
    }

    /// The command line as a shell takes it, without the files that results go to.
    private String commandLine() {
        var words = new ArrayList<>(List.of("./javelin", "bench"));
        boolean isFile = false;
        List<String> given =
                command == null
                        ? List.of()
                        : command.root().commandLine().getParseResult().originalArgs();
        for (String word : given) {
            boolean names = word.equals("--json") || word.equals("--md") || word.equals("--tune");
            if (!isFile && !names && !word.matches("--(json|md|tune)=.*")) {
                words.add(word.matches("[\\w./=:,@+-]*") ? word : "'" + word + "'");
            }
            isFile = names;
        }
        if (tune != null) {
            words.add("--tune FILE");
        }
        return String.join(" ", words);
    }

    /// Problems of a question that the options pick.
    List<Problem> pick(Suite of, Suite.Question question) {
        return pick(of, question, shapes);
    }

    /// The same with other names or another expression than that of `--shapes`.
    List<Problem> pick(Suite of, Suite.Question question, String shapes) {
        try {
            return of.pick(question, shapes, quick);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    String shapes() {
        return shapes;
    }

    int threads() {
        return threads;
    }

    /// What a JVM of ours is started with.
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-Djavelin.threads=" + threads));
        if (tune != null) {
            flags.add("-Djavelin.tune=" + tune.toAbsolutePath());
        }
        return flags;
    }

    boolean quick() {
        return quick;
    }

    int forks(int usual) {
        return forks != null ? forks : quick ? 1 : usual;
    }

    /// Prints the table and writes the files that are asked for.
    ///
    /// @param fields what the report holds besides suite, threads and machine
    void report(
            Suite of,
            Map<String, ? extends @Nullable Object> fields,
            List<String> head,
            List<List<String>> rows,
            List<String> notes)
            throws IOException {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("suite", of.toString());
        var origin = new LinkedHashMap<String, @Nullable Object>();
        origin.put("command", commandLine());
        origin.put("threads", threads);
        origin.putAll(Machine.fields());
        all.putAll(origin);
        all.putAll(fields);
        if (json != null && STANDARD_OUTPUT.equals(json)) {
            System.out.print(Json.pretty(all));
        } else {
            Tables.plain(head, rows).forEach(System.out::println);
            notes.forEach(System.out::println);
            if (json != null) {
                AtomicFile.write(json, Json.pretty(all));
            }
        }
        if (markdown != null) {
            AtomicFile.write(markdown, Tables.markdown("bench " + of, origin, head, rows, notes));
        }
    }
}
