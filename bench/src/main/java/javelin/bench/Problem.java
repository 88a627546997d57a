package javelin.bench;

/// Something to time.
public interface Problem {
    /// Name by which `--shapes` finds it, for instance `resnet50/layer1.0.conv2@16`; `@16` is the
    /// batch size.
    String name();

    /// Kind of problem, over which mean ratios are taken.
    String group();

    /// Name with sizes, for a table.
    String description();

    /// What one call has to do.
    Work work();

    /// What a second brings, in the units of the problem; empty where [#work] says it all.
    ///
    /// @param ms time of a call in milliseconds
    default String rate(double ms) {
        return "";
    }
}
