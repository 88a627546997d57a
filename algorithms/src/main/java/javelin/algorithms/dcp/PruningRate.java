package javelin.algorithms.dcp;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Part of the channels of each layer that goes, `η`, as an exact decimal: `0.29 · 100` channels
/// are 29, which binary numbers get wrong.
///
/// @param removed part that goes, above 0 and below 1
/// @param multiple the number of channels that stay is rounded up to a multiple of this, where the
///   layer has that many; 1 for as computed
public record PruningRate(BigDecimal removed, int multiple) {
    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is violated
    public PruningRate {
        if (removed.signum() <= 0 || removed.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "rate: the part of channels to remove must be above 0 and below 1, got "
                            + removed.toPlainString());
        }
        if (multiple < 1) {
            throw new IllegalArgumentException(
                    "rate: channels are rounded to a multiple of at least 1, got " + multiple);
        }
    }

    /// From a decimal such as `0.3`.
    ///
    /// @throws IllegalArgumentException if it is no number above 0 and below 1
    public static PruningRate of(String decimal) {
        BigDecimal value;
        try {
            value = new BigDecimal(decimal.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "rate: expected a number above 0 and below 1 such as 0.3, got '%s'"
                            .formatted(decimal),
                    e);
        }
        return new PruningRate(value, 1);
    }

    /// The same, with what stays rounded up to a multiple.
    public PruningRate roundedTo(int channels) {
        return new PruningRate(removed, channels);
    }

    /// Channels of `c` that stay, `κ = c − ⌊η·c⌋`, rounded up as wanted; at least 1.
    public int kept(int c) {
        BigDecimal gone = removed.multiply(BigDecimal.valueOf(c)).setScale(0, RoundingMode.FLOOR);
        int kept = c - gone.intValueExact();
        return Math.min(c, Math.ceilDiv(kept, multiple) * multiple);
    }
}
