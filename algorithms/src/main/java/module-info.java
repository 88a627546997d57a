/// Papers, one package each, and the command line.
@org.jspecify.annotations.NullMarked
module javelin.algorithms {
    requires transitive javelin.nn;
    requires com.google.zxing;
    requires info.picocli;
    requires java.desktop;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports javelin.algorithms.dcp;
    exports javelin.algorithms.dcp.experiment;
    exports javelin.algorithms.fourierspi;
    exports javelin.algorithms.fourierspi.cytometry;
    exports javelin.algorithms.fourierspi.experiment;
    exports javelin.algorithms.fourierspi.files;
    exports javelin.algorithms.fourierspi.instrument;
    exports javelin.algorithms.fourierspi.recognition;
    exports javelin.algorithms.fourierspi.sensing;
    exports javelin.algorithms.fourierspi.stream;
    exports javelin.algorithms.fourierspi.targets;
    exports javelin.algorithms.report;

    opens javelin.algorithms.cli to
            info.picocli;
}
