package javelin.tensor.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Places of blocks in as few elements as a greedy search finds: the largest first, each in the
/// smallest gap between those that are needed at the same time.
///
/// @param slots place of each block, in their order
/// @param slabs elements of each slab
/// @see "Pisarchyk and Lee, Efficient memory management for deep neural net inference, 2020,
///   section 5.2"
record Packing(List<Slot> slots, List<Integer> slabs) {
    /// Places start at multiples of this number of elements, a cache line of 32-bit numbers.
    static final int ALIGNMENT = 16;

    /// Place of a block.
    ///
    /// @param slab number of the slab
    /// @param offset first element in it
    record Slot(int slab, int offset) {}

    Packing {
        slots = List.copyOf(slots);
        slabs = List.copyOf(slabs);
    }

    /// Places for `blocks`, in slabs of at most `capacity` elements.
    ///
    /// @throws IllegalArgumentException if a block is larger than a slab
    static Packing of(List<Block> blocks, long capacity) {
        return new Search(blocks, capacity).packing();
    }

    private static final class Search {
        private final List<Block> blocks;
        private final long capacity;
        private final Slot[] slots;

        /// Blocks of each slab that have a place, by offset.
        private final List<List<Integer>> placed = new ArrayList<>();

        Search(List<Block> blocks, long capacity) {
            this.blocks = blocks;
            this.capacity = capacity;
            slots = new Slot[blocks.size()];
        }

        Packing packing() {
            IntStream.range(0, blocks.size())
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> -blocks.get(i).size())) // stable
                    .forEach(this::place);
            List<Integer> sizes = placed.stream().map(this::size).toList();
            return new Packing(List.of(slots), sizes);
        }

        private void place(int i) {
            if (blocks.get(i).size() > capacity) {
                throw new IllegalArgumentException(
                        "plan: %,d elements do not fit an array, which holds %,d"
                                .formatted(blocks.get(i).size(), capacity));
            }
            for (int slab = 0; slots[i] == null; slab++) {
                if (slab == placed.size()) {
                    placed.add(new ArrayList<>());
                }
                long offset = offset(blocks.get(i), placed.get(slab));
                if (offset + blocks.get(i).size() <= capacity) {
                    slots[i] = new Slot(slab, (int) offset);
                    placed.get(slab).add(i);
                    Collections.sort(
                            placed.get(slab), Comparator.comparingInt(k -> slots[k].offset()));
                }
            }
        }

        /// Start of the smallest gap that takes the block, or the end of all that is in its way.
        private long offset(Block block, List<Integer> slab) {
            long end = 0;
            long best = -1;
            long smallest = Long.MAX_VALUE;
            for (int k : slab) {
                if (!blocks.get(k).meets(block)) {
                    continue;
                }
                long gap = slots[k].offset() - end;
                if (gap >= block.size() && gap < smallest) {
                    smallest = gap;
                    best = end;
                }
                end = Math.max(end, aligned(slots[k].offset() + blocks.get(k).size()));
            }
            return best < 0 ? end : best;
        }

        private int size(List<Integer> slab) {
            return slab.stream()
                    .mapToInt(k -> Math.toIntExact(slots[k].offset() + blocks.get(k).size()))
                    .max()
                    .orElse(0);
        }

        private static long aligned(long position) {
            return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }
}
