package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

class DataSetsTest {
    @TempDir Path folder;

    @Test
    void mnist() throws Exception {
        Splits read = DataSets.open("mnist", TestData.of("mnist"));
        assertThat(read.train().histogram())
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(read.validation()).isNull();
        assertThat(read.test()).isNotNull();
        assertThat(read.test().histogram())
                .containsExactly(801, 882, 814, 821, 790, 738, 771, 822, 758, 803);
        assertThat(read.train().height()).isEqualTo(28);
        assertThat(read.sources()).hasSize(4);
        assertThat(read.sources().getFirst().file()).isEqualTo("train-images-60000-idx3-ubyte.gz");
        assertThat(read.sources().getFirst().sha256())
                .isEqualTo("538740d0f89342d0f3f55f0e73c2f8be0986b1e954cf7390672a7ddab351e548");
        Splits divided = read.withValidation(0.1, 3);
        assertThat(divided.validation()).isNotNull();
        assertThat(divided.validation().size() + divided.train().size()).isEqualTo(60_000);
        assertThat(divided.validation().size()).isBetween(5_990, 6_010);
    }

    @Test
    void cifar10() throws Exception {
        Splits read = DataSets.open("cifar10", TestData.of("cifar10").getParent());
        assertThat(read.train().histogram()).containsOnly(800).hasSize(10);
        assertThat(read.validation()).isNotNull();
        assertThat(read.validation().histogram()).containsOnly(100).hasSize(10);
        assertThat(read.test()).isNotNull();
        assertThat(read.test().histogram()).containsExactly(57, 56, 56, 67, 56, 44, 79, 59, 60, 66);
        assertThat(read.classes()).startsWith("airplane", "automobile").endsWith("truck");
        assertThat(read.withValidation(0.5, 1)).isSameAs(read);
    }

    @Test
    void flowers() throws Exception {
        Splits read = DataSets.open("flowers64", TestData.of("flowers64"));
        assertThat(read.train().histogram()).containsOnly(160).hasSize(5);
        assertThat(read.validation()).isNotNull();
        assertThat(read.validation().histogram()).containsOnly(20);
        assertThat(read.train().height()).isEqualTo(64);
    }

    @Test
    void cellsOfOneFrameStayTogether() throws Exception {
        Splits read = DataSets.open("cells", TestData.of("cells_bccd").getParent());
        assertThat(read.classes()).containsExactly("RBC", "WBC", "Platelets");
        assertThat(read.validation()).isNotNull();
        assertThat(read.test()).isNotNull();
        int all = read.train().size() + read.validation().size() + read.test().size();
        assertThat(all).isEqualTo(600);
        assertThat(read.test().size()).isBetween(60, 66);
        assertThat(read.sources()).hasSize(2);
    }

    @Test
    void faces() throws Exception {
        Splits read = DataSets.open("faces", TestData.of("faces_orl"));
        assertThat(read.train().histogram()).containsOnly(7).hasSize(39);
        assertThat(read.train().height()).isEqualTo(112);
        assertThat(read.train().width()).isEqualTo(92);
    }

    @Test
    void drawnNeedsNoFolder() throws Exception {
        Splits read = DataSets.drawn(30, 0, 10, 4);
        assertThat(read.train().size()).isEqualTo(30);
        assertThat(read.validation()).isNull();
        assertThat(read.sources()).isEmpty();
        assertThat(read.withValidation(0.2, 0).validation()).isNotNull();
    }

    @Test
    void partsDoNotOverlap() throws Exception {
        ByteImages all = DrawnDigits.draw(200, 1);
        Splits divided = Splits.of("x", all, 5, List.of());
        Set<String> seen = new HashSet<>();
        for (ByteImages part :
                new ByteImages[] {divided.train(), divided.validation(), divided.test()}) {
            IntStream.range(0, part.size())
                    .forEach(i -> seen.add(Arrays.toString(part.picture(i).pixels())));
        }
        assertThat(seen).hasSize(200);
    }

    @Test
    void saysWhatIsMissingWhere() throws Exception {
        assertThatThrownBy(() -> DataSets.open("mnist", folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(
                        folder
                                + ": no data set mnist; looked for train-images*idx3-ubyte(.gz) here and in mnist, MNIST, MNIST/raw");
        Files.write(folder.resolve("train-images-idx3-ubyte"), IdxTest.images(1, 2, 2));
        assertThatThrownBy(() -> DataSets.open("mnist", folder))
                .hasMessageContaining("is not complete; looked for train-labels*idx1-ubyte(.gz)");
        assertThatThrownBy(() -> DataSets.open("imagenet", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose one of mnist, cifar10");
        assertThatThrownBy(() -> DataSets.open("mnist", null)).hasMessageContaining("JAVELIN_DATA");
    }

    @Test
    void hashIsThatOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "abc");
        assertThat(DataSets.sha256(file))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
