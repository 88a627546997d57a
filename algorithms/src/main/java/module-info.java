/// Papers, one package each, and the command line.
@org.jspecify.annotations.NullMarked
module javelin.algorithms {
    requires transitive javelin.nn;
    requires info.picocli;
    requires java.desktop;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports javelin.algorithms.report;

    opens javelin.algorithms.cli to
            info.picocli;
}
