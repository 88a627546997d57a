package javelin.algorithms.fourierspi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The order in which coefficients of the half plane are measured; every prefix of an order is a
/// coarser measurement. Frequencies count relative to the size of the grid, ties go by angle.
public enum SamplingOrder implements FrequencyOrder {
    /// Discs, `u² + v²`.
    CIRCULAR,
    /// Squares, `max(|u|, |v|)`.
    SQUARE,
    /// Diamonds, `|u| + |v|`.
    DIAMOND,
    /// Diamonds whose edges are walked there and back in turn.
    ZIGZAG,
    /// Squares from the centre outward, each walked along its edge, there and back in turn.
    SPIRAL,
    /// Ascending frequency of a line.
    LOW_1D;

    /// All coefficients of the half plane in this order.
    ///
    /// @throws IllegalArgumentException if a line's order is asked of a frame
    public List<Frequency> of(Grid grid) {
        if (this == LOW_1D && grid.ny() > 1) {
            throw new IllegalArgumentException(
                    "LOW_1D: orders a line, got %d rows".formatted(grid.ny()));
        }
        List<Frequency> half = new ArrayList<>(grid.halfPlane());
        ToDoubleFunction<Frequency> ring = f -> ring(f, grid);
        half.sort(
                Comparator.comparingDouble(ring)
                        .thenComparingDouble(f -> turned(f, grid) * Math.atan2(f.v(), f.u()))
                        .thenComparingInt(Frequency::v)
                        .thenComparingInt(Frequency::u));
        return half;
    }

    @Override
    public List<Frequency> first(Grid grid, int k) {
        List<Frequency> all = of(grid);
        if (k < 1 || k > all.size()) {
            throw new IllegalArgumentException(
                    "%s: the half spectrum has %d coefficients, asked for %d"
                            .formatted(this, all.size(), k));
        }
        return all.subList(0, k);
    }

    /// Equal for frequencies of one ring; exact, in integers, in units of `1/(nx·ny)`.
    private double ring(Frequency f, Grid grid) {
        long u = Math.abs((long) f.u() * grid.ny());
        long v = Math.abs((long) f.v() * grid.nx());
        return switch (this) {
            case CIRCULAR -> (double) (u * u + v * v);
            case SQUARE, SPIRAL -> Math.max(u, v);
            case DIAMOND, ZIGZAG -> u + v;
            case LOW_1D -> u;
        };
    }

    private int turned(Frequency f, Grid grid) {
        boolean walks = this == ZIGZAG || this == SPIRAL;
        long step = Math.max(1, Math.min(grid.nx(), grid.ny()));
        return walks && Math.round(ring(f, grid) / step) % 2 == 1 ? -1 : 1;
    }
}
