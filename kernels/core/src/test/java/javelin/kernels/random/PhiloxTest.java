package javelin.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Known answers of Philox4x32-10, from the file `kat_vectors` of the Random123 distribution.
class PhiloxTest {
    @Test
    void zeros() {
        assertThat(block(0, 0, 0, 0, 0))
                .containsExactly(0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8);
    }

    @Test
    void ones() {
        assertThat(block(-1, -1, -1, -1, -1))
                .containsExactly(0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD);
    }

    @Test
    void digitsOfPi() {
        long key = 0x299F31D0_A4093822L;
        assertThat(block(key, 0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344))
                .containsExactly(0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1);
    }

    @Test
    void counterRunsOverThe32BitBorder() {
        int[] two = new int[8];
        Philox.fill(7, 0xFFFF_FFFFL, two, 2);
        int[] second = new int[4];
        Philox.block(7, 0, 1, 0, 0, second, 0);
        assertThat(two).endsWith(second);
    }

    private static int[] block(long key, int c0, int c1, int c2, int c3) {
        int[] words = new int[4];
        Philox.block(key, c0, c1, c2, c3, words, 0);
        return words;
    }
}
