package javelin.nn.prune;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// Channels that the same layers make and read, and what of which tensor belongs to each.
///
/// @param name layer that makes them
/// @param channels number of channels; each can be cut by itself
/// @param slices what belongs to the channels
/// @param obstacle why none of them can be cut; null if they can
public record ChannelGroup(
        String name, int channels, List<Slice> slices, @Nullable String obstacle) {
    /// Copies the list.
    public ChannelGroup {
        slices = List.copyOf(slices);
    }

    /// What a tensor has to do with a channel.
    public enum Role {
        /// It makes the channel: filters of a convolution, columns of a linear layer.
        MAKES,
        /// It goes along with the channel: bias, batch norm, slope, depthwise filter.
        FOLLOWS,
        /// It reads the channel: the input side of a convolution or a linear layer.
        READS
    }

    /// Part of a tensor that belongs to the channels.
    ///
    /// @param tensor name in the state of the network
    /// @param axis along which its positions are cut
    /// @param role what the tensor does with the channels
    /// @param positions for each channel its positions along the axis, ascending; a linear layer
    ///   behind a flattened image has one per pixel
    @SuppressWarnings("ArrayRecordComponent") // a table, compared by content below
    public record Slice(String tensor, int axis, Role role, int[][] positions) {
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Slice s
                    && tensor.equals(s.tensor)
                    && axis == s.axis
                    && role == s.role
                    && Arrays.deepEquals(positions, s.positions);
        }

        @Override
        public int hashCode() {
            return tensor.hashCode() + 31 * axis;
        }
    }

    /// Whether the channels can be cut.
    public boolean isFree() {
        return obstacle == null;
    }

    /// Whether several layers make the channels, as those of a residual sum.
    public boolean isJoined() {
        return makers().size() > 1;
    }

    /// Names of the weights that make the channels.
    public List<String> makers() {
        return tensors(Role.MAKES);
    }

    /// Names of the weights that read the channels.
    public List<String> readers() {
        return tensors(Role.READS);
    }

    private List<String> tensors(Role role) {
        return slices.stream().filter(s -> s.role == role).map(Slice::tensor).toList();
    }
}
