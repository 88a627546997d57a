/// Papers, one package each, and the command line.
@org.jspecify.annotations.NullMarked
module javelin.algorithms {
    requires transitive javelin.nn;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires org.knowm.xchart;
    requires static org.jspecify;
}
