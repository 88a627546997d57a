package javelin.nn.train;

import javelin.nn.Module;

import java.util.List;
import java.util.Map;

/// Measures a network after an epoch, in inference mode.
public interface Metrics {
    /// Names of what is measured, in order.
    List<String> names();

    /// Values by name. The model is in inference mode and nothing is recorded.
    Map<String, Double> measure(Module model);
}
