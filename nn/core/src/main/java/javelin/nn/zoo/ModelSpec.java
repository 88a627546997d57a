package javelin.nn.zoo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is needed to build a network again: its family and all its widths.
///
/// @param family name of the family, one of [Zoo#families()]
/// @param configuration settings by name; values are numbers, booleans, texts, or lists of them
public record ModelSpec(String family, Map<String, Object> configuration) {
    /// Copies the map, in its order.
    public ModelSpec {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    }
}
