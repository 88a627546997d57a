package javelin.nn.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Filter;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class AugmentTest {
    static Stream<Augment> all() {
        return Stream.of(
                new RandomCrop(4, Border.ZERO),
                new RandomCrop(2, Border.REFLECT),
                new HorizontalFlip(0.5),
                new ColorJitter(0.4, 0.4, 0.4),
                new Cutout(3),
                new Normalize(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.2, 0.2)),
                new RandomAffine(20, 0.2, 2),
                Augment.none().then(new HorizontalFlip(1)).then(new Cutout(2)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameNumbersGiveTheSameImage(Augment augment) {
        for (int seed = 0; seed < 20; seed++) {
            FloatImage a = augment.apply(ramp(7, 6, 3), Rng.seed(seed));
            FloatImage b = augment.apply(ramp(7, 6, 3), Rng.seed(seed));
            assertThat(a.values()).isEqualTo(b.values()).hasSize(7 * 6 * 3);
            for (float x : a.values()) {
                assertThat(x).isFinite();
            }
        }
    }

    @Test
    void cropMovesWholePixels() {
        boolean moved = false;
        for (int seed = 0; seed < 30; seed++) {
            FloatImage y = new RandomCrop(1, Border.ZERO).apply(ramp(3, 3, 1), Rng.seed(seed));
            float centre = y.values()[4];
            assertThat(centre * 9 + 0.5f).isBetween(0f, 9.5f);
            moved |= y.values()[0] == 0 && y.values()[4] == ramp(3, 3, 1).values()[0];
        }
        assertThat(moved).isTrue(); // down and right by one happens in one of nine
    }

    @Test
    void reflectionDoesNotRepeatTheEdge() {
        assertThat(Border.REFLECT.place(-1, 4)).isEqualTo(1);
        assertThat(Border.REFLECT.place(4, 4)).isEqualTo(2);
        assertThat(Border.REFLECT.place(-7, 4)).isEqualTo(1);
        assertThat(Border.REFLECT.place(5, 1)).isZero();
        assertThat(Border.ZERO.place(-1, 4)).isEqualTo(-1);
    }

    @Test
    void flipTwiceIsTheSame() {
        FloatImage once = new HorizontalFlip(1).apply(ramp(2, 3, 2), Rng.seed(1));
        assertThat(once.values()).startsWith(ramp(2, 3, 2).values()[4], ramp(2, 3, 2).values()[5]);
        assertThat(new HorizontalFlip(1).apply(once, Rng.seed(1)).values())
                .isEqualTo(ramp(2, 3, 2).values());
        assertThat(new HorizontalFlip(0).apply(ramp(2, 3, 2), Rng.seed(1)).values())
                .isEqualTo(ramp(2, 3, 2).values());
    }

    @Test
    void jitterOfNoStrengthIsNothing() {
        float[] same = new ColorJitter(0, 0, 0).apply(ramp(4, 4, 3), Rng.seed(1)).values();
        for (int i = 0; i < same.length; i++) {
            assertThat(same[i]).isCloseTo(ramp(4, 4, 3).values()[i], within(1e-6f));
        }
        for (float x : new ColorJitter(0.9, 0.9, 0.9).apply(ramp(4, 4, 3), Rng.seed(2)).values()) {
            assertThat(x).isBetween(0f, 1f);
        }
    }

    @Test
    void cutoutIsASquare() {
        FloatImage x = new FloatImage(new float[100], 10, 10, 1);
        Arrays.fill(x.values(), 1);
        int black = 0;
        for (float v : new Cutout(4).apply(x, Rng.seed(3)).values()) {
            black += v == 0 ? 1 : 0;
        }
        assertThat(black).isBetween(4, 16);
    }

    @Test
    void affineOfNoStrengthIsNothing() {
        assertThat(new RandomAffine(0, 0, 0).apply(ramp(5, 4, 2), Rng.seed(1)).values())
                .isEqualTo(ramp(5, 4, 2).values());
    }

    @Test
    void normalisedSetHasMeanZeroAndDeviationOne() {
        var digits = DrawnDigits.draw(50, 1);
        var normalize = Normalize.of(digits);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < digits.size(); i++) {
            float[] x = new float[digits.sampleLength()];
            digits.sample(i, x, 0);
            normalize.apply(x);
            for (float v : x) {
                sum += v;
                squares += (double) v * v;
            }
        }
        double n = 50.0 * digits.sampleLength();
        assertThat(sum / n).isCloseTo(0, within(1e-5));
        assertThat(squares / n).isCloseTo(1, within(1e-4));
        assertThatThrownBy(() -> new Normalize(List.of(0.0), List.of(0.0)))
                .hasMessageStartingWith("normalize: ");
    }

    @Test
    void resizeChangesTheSize() {
        FloatImage y = new Resize(3, 5, Filter.BILINEAR).apply(ramp(6, 6, 3), Rng.seed(1));
        assertThat(y.height()).isEqualTo(3);
        assertThat(y.width()).isEqualTo(5);
    }

    private static FloatImage ramp(int h, int w, int c) {
        float[] x = new float[h * w * c];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i + 1f) / x.length;
        }
        return new FloatImage(x, h, w, c);
    }
}
