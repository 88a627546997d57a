package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
    @Test
    void sampleDependsOnSeedAndNumberOnly() {
        ByteImages few = DrawnDigits.draw(10, 7);
        ByteImages many = DrawnDigits.draw(50, 7);
        ByteImages other = DrawnDigits.draw(10, 8);
        for (int i = 0; i < 10; i++) {
            assertThat(many.picture(i).pixels()).isEqualTo(few.picture(i).pixels());
            assertThat(many.label(i)).isEqualTo(few.label(i));
        }
        assertThat(other.picture(0).pixels()).isNotEqualTo(few.picture(0).pixels());
    }

    @Test
    void digitsAreEquallyLikelyAndVisible() {
        ByteImages digits = DrawnDigits.draw(2000, 1);
        for (int count : digits.histogram()) {
            assertThat(count).isBetween(140, 260); // 200 ± 4.5 standard deviations
        }
        for (int i = 0; i < digits.size(); i++) {
            int ink = 0;
            for (byte b : digits.picture(i).pixels()) {
                ink += (b & 0xff) > 128 ? 1 : 0;
            }
            assertThat(ink).as("sample %d", i).isBetween(10, 400);
        }
    }

    /// Otherwise it would be too easy to be a demonstration, or too hard to be learnt.
    @Test
    void nearestNeighbourIsRightOftenButNotAlways() {
        ByteImages digits = DrawnDigits.draw(1200, 2);
        int right = 0;
        for (int i = 1000; i < 1200; i++) {
            right += digits.label(nearest(digits, i, 1000)) == digits.label(i) ? 1 : 0;
        }
        assertThat(right).isBetween(110, 180);
    }

    private static int nearest(ByteImages digits, int i, int among) {
        byte[] x = digits.picture(i).pixels();
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int j = 0; j < among; j++) {
            byte[] y = digits.picture(j).pixels();
            long distance = 0;
            for (int k = 0; k < x.length; k++) {
                int d = (x[k] & 0xff) - (y[k] & 0xff);
                distance += (long) d * d;
            }
            if (distance < least) {
                least = distance;
                best = j;
            }
        }
        return best;
    }
}
