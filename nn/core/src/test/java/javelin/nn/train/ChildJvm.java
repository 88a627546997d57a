package javelin.nn.train;

import javelin.kernels.Backend;
import javelin.nn.Module;
import javelin.tensor.Tensor;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Starts another JVM on a class of the tests, with the classes that this one runs.
final class ChildJvm {
    private ChildJvm() {}

    static ProcessBuilder run(Class<?> main, String... options) {
        Set<String> path = new LinkedHashSet<>();
        for (Class<?> c : List.of(main, Module.class, Tensor.class, Backend.class)) {
            path.add(root(c));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", String.join(System.getProperty("path.separator"), path)));
        command.add(main.getName());
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /// Folder or jar that a class was loaded from.
    private static String root(Class<?> c) {
        String file = c.getName().substring(c.getName().lastIndexOf('.') + 1) + ".class";
        String url = c.getResource(file).toString();
        String root = url.substring(0, url.length() - c.getName().length() - ".class".length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.indexOf('!'));
        }
        return Path.of(URI.create(root)).toString();
    }
}
