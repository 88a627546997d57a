package javelin.tensor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class PackingTest {
    /// Up to a hundred blocks, most of them short-lived.
    private static List<Block> random(long seed) {
        Rng rng = Rng.seed(seed);
        List<Block> blocks = new ArrayList<>();
        int n = 1 + rng.nextInt(100);
        for (int i = 0; i < n; i++) {
            int first = rng.nextInt(50);
            int length = rng.nextInt(rng.nextInt(10) == 0 ? 50 : 4);
            blocks.add(new Block(rng.nextInt(1000), first, first + length));
        }
        return blocks;
    }

    private static void assertApart(List<Block> blocks, Packing packing) {
        for (int i = 0; i < blocks.size(); i++) {
            Packing.Slot a = packing.slots().get(i);
            long end = a.offset() + blocks.get(i).size();
            assertThat(end).isLessThanOrEqualTo(packing.slabs().get(a.slab()));
            for (int k = 0; k < i; k++) {
                Packing.Slot b = packing.slots().get(k);
                if (a.slab() == b.slab() && blocks.get(i).meets(blocks.get(k))) {
                    boolean apart =
                            end <= b.offset() || b.offset() + blocks.get(k).size() <= a.offset();
                    assertThat(apart).as("%s and %s of %s", a, b, blocks).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void blocksThatMeetLieApart(long seed) {
        List<Block> blocks = random(seed);
        Packing one = Packing.of(blocks, 1 << 20);
        assertThat(one.slabs()).hasSize(1);
        assertApart(blocks, one);
        long padded = blocks.stream().mapToLong(b -> (b.size() + 15) / 16 * 16).sum();
        assertThat((long) one.slabs().getFirst()).isLessThanOrEqualTo(padded);
        assertApart(blocks, Packing.of(blocks, 1500)); // several slabs
    }

    @Test
    void aChainNeedsTwoNeighbours() {
        List<Block> chain = IntStream.range(0, 20).mapToObj(i -> new Block(160, i, i + 1)).toList();
        assertThat(Packing.of(chain, 1 << 20).slabs()).containsExactly(320);
    }

    @Test
    void theSmallestGapIsTaken() {
        List<Block> blocks =
                List.of(
                        new Block(64, 0, 9), // 0
                        new Block(48, 0, 1), // 64
                        new Block(40, 0, 9), // 112
                        new Block(32, 0, 1), // 160
                        new Block(30, 0, 9), // 192
                        new Block(20, 5, 6)); // fits both gaps
        assertThat(Packing.of(blocks, 1 << 20).slots().getLast())
                .isEqualTo(new Packing.Slot(0, 160));
    }

    @Test
    void blocksMoreThanASlabHoldsOpenAnother() {
        Packing packing = Packing.of(List.of(new Block(60, 0, 0), new Block(60, 0, 0)), 100);
        assertThat(packing.slabs()).containsExactly(60, 60);
        assertThatThrownBy(() -> Packing.of(List.of(new Block(101, 0, 0)), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("plan: 101 elements do not fit an array, which holds 100");
    }
}
