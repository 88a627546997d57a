package javelin.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.io.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

class CifarBinaryTest {
    @TempDir Path folder;

    @Test
    void readsPlanesAsPixels() throws Exception {
        Path a = Files.write(folder.resolve("a"), new byte[] {1, 10, 11, 20, 21, 30, 31});
        Path b = Files.write(folder.resolve("b"), new byte[] {0, 1, 2, 3, 4, 5, 6});
        ByteImages read = CifarBinary.read(List.of(a, b), 1, 2, List.of("x", "y"));
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.picture(0).pixels()).containsExactly(10, 20, 30, 11, 21, 31);
        assertThat(read.label(0)).isEqualTo(1);
        assertThat(read.histogram()).containsExactly(1, 1);
    }

    @Test
    void refusesBrokenRecords() throws Exception {
        Path file = Files.write(folder.resolve("a.bin"), new byte[3073 * 2 - 1]);
        assertThatThrownBy(() -> CifarBinary.read(List.of(file), List.of("x")))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessage(
                        file
                                + ": has 6145 bytes, which is not a whole number of records of 3073 (a class and 3 planes of 32 x 32)");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> CifarBinary.read(List.of(file), List.of("x")))
                .isExactlyInstanceOf(FormatException.class);
    }

    @Test
    void refusesLabelsWithoutAClass() throws Exception {
        byte[] records = new byte[3073 * 2];
        records[3073] = 10;
        Path file = Files.write(folder.resolve("a.bin"), records);
        assertThatThrownBy(() -> CifarBinary.read(List.of(file), List.of("x", "y")))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessage(file + ": class 10 at byte 3073; expected 0 to 1");
        assertThatThrownBy(() -> CifarBinary.read(List.of(folder.resolve("no")), List.of("x", "y")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
