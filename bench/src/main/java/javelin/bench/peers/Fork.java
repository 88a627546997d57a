package javelin.bench.peers;

import javelin.bench.Implementations;
import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Mode;
import javelin.bench.Problem;
import javelin.bench.Suite;
import javelin.bench.network.NetworkCase;
import javelin.bench.network.NetworkProblem;
import javelin.bench.train.TrainCase;
import javelin.bench.train.TrainProblem;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;

/// One JVM of a comparison: solves each problem with ours and every library that is there, compares
/// the results, then times them in turns. Prints a line of JSON per problem.
public final class Fork {
    /// Beginning of a line with a result; native libraries may print other lines.
    static final String ROW = "row ";

    private final Suite suite;
    private final AlternatingTimer timer;
    private final List<Peer> peers = new ArrayList<>();
    private final Set<String> groupsSeen = new HashSet<>();
    private final PrintStream out;

    /// @param out where the results go
    Fork(Suite suite, int threads, AlternatingTimer timer, PrintStream out) {
        this.suite = suite;
        this.timer = timer;
        this.out = out;
        for (ServiceLoader.Provider<Peer> p : ServiceLoader.load(Peer.class).stream().toList()) {
            open(p, threads);
        }
    }

    /// Entry of the JVM.
    ///
    /// @param args suite, threads, name or expression of the sizes, `quick` or `full`
    public static void main(String... args) {
        int threads = Integer.parseInt(args[1]);
        AlternatingTimer timer =
                args[3].equals("quick")
                        ? AlternatingTimer.quick(threads)
                        : AlternatingTimer.full(threads);
        boolean good = new Fork(Suite.named(args[0]), threads, timer, System.out).measure(args[2]);
        System.out.flush();
        System.exit(good ? 0 : 1); // libraries may have left threads
    }

    /// A library that is not there must not end the run, whatever it throws.
    private void open(ServiceLoader.Provider<Peer> provider, int threads) {
        String name = provider.type().getSimpleName();
        try {
            Peer peer = provider.get();
            name = peer.name();
            if (peer.knows(suite)) {
                peer.open(threads);
                peers.add(peer);
            }
        } catch (LinkageError | RuntimeException e) {
            System.err.printf("%s: does not load here and is left out (%s)%n", name, cause(e));
        }
    }

    private static Throwable cause(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }

    /// Measures all problems that `shapes` picks; false if a result of ours was wrong.
    boolean measure(String shapes) {
        boolean good = true;
        for (Suite.Question q : suite.questions()) {
            for (Problem p : suite.pick(q, shapes, false)) {
                try {
                    out.println(ROW + Json.write(compare(p)));
                    out.flush();
                } catch (IllegalStateException e) {
                    System.err.println(e.getMessage());
                    good = false;
                }
            }
        }
        return good;
    }

    private Map<String, @Nullable Object> compare(Problem problem) {
        var contenders = new LinkedHashMap<String, Contender>();
        try {
            meet(problem, contenders);
            AlternatingTimer with =
                    groupsSeen.add(problem.group())
                            ? timer.warming(1_000_000_000) // the compilers' first sight of it
                            : timer;
            List<Double> ms = with.time(List.copyOf(contenders.values()));
            return row(problem, List.copyOf(contenders.keySet()), ms);
        } finally {
            contenders.values().forEach(Contender::close);
        }
    }

    private static Map<String, @Nullable Object> row(
            Problem problem, List<String> names, List<Double> ms) {
        var others = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 1; i < names.size(); i++) {
            others.put(names.get(i), ms.get(i));
        }
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("group", problem.group());
        row.put("shape", problem.description());
        row.put("ours_ms", ms.getFirst());
        row.put("peers", others);
        return row;
    }

    /// Makes ours, which is first, and the others, and compares their results.
    private void meet(Problem problem, Map<String, Contender> into) {
        switch (problem) {
            case KernelProblem p -> {
                var ours = new KernelCase(p, Implementations.named("cpu"), Mode.WARM);
                ours.check();
                into.put("ours", Ours.of(ours));
                float[] expected = ours.result();
                peers.forEach(
                        peer -> invite(peer, () -> peer.kernel(p, ours), expected, problem, into));
            }
            case NetworkProblem p -> {
                var ours = new NetworkCase(p, Implementations.named("cpu"));
                into.put("ours", Ours.of(ours));
                float[] expected = ours.run().clone();
                peers.forEach(
                        peer -> invite(peer, () -> peer.network(p, ours), expected, problem, into));
            }
            case TrainProblem p -> {
                var ours = new TrainCase(p, Implementations.named("cpu"));
                var others = new LinkedHashMap<Peer, Contender>();
                peers.forEach(peer -> begin(peer, p, ours, others)); // from the same weights
                into.put("ours", Ours.of(ours));
                float[] expected = {(float) ours.step()};
                others.forEach((peer, c) -> invite(peer, () -> c, expected, problem, into));
            }
            default -> throw new IllegalStateException("peers: nothing to do for " + problem);
        }
    }

    private static void begin(
            Peer peer, TrainProblem problem, TrainCase ours, Map<Peer, Contender> into) {
        try {
            Contender contender = peer.train(problem, ours);
            if (contender != null) {
                into.put(peer, contender);
            }
        } catch (LinkageError | RuntimeException e) {
            leaveOut(peer, problem, e);
        }
    }

    private static void leaveOut(Peer peer, Problem problem, Throwable e) {
        System.err.printf(
                "%s fails at %s and is left out (%s)%n", peer.name(), problem.name(), cause(e));
    }

    /// Takes a contender in if its result is that of ours.
    private static void invite(
            Peer peer,
            Supplier<@Nullable Contender> offer,
            float[] expected,
            Problem problem,
            Map<String, Contender> into) {
        Contender contender = null;
        try {
            contender = offer.get();
            if (contender != null) {
                NetworkCase.requireClose(problem.name(), contender.result(), expected);
                into.put(peer.name(), contender);
            }
        } catch (IllegalStateException e) {
            System.err.printf("%s disagrees with ours: %s%n", peer.name(), e.getMessage());
        } catch (LinkageError | RuntimeException e) {
            leaveOut(peer, problem, e);
        }
        if (contender != null && !into.containsKey(peer.name())) {
            contender.close();
        }
    }
}
