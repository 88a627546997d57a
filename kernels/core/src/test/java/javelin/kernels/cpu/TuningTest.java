package javelin.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class TuningTest {
    @TempDir private Path folder;

    private final List<Integer> measured = new ArrayList<>();

    @Test
    void remembersTheFastestWayInItsFile() throws IOException {
        Path file = folder.resolve("tuning");
        assertEquals(7, choose(new Tuning(file, "here")));
        assertEquals(List.of(30, 7, 20), measured);
        assertEquals(
                List.of("javelin tuning 1", "here", "p = b | a 30.00 | b 7.000 | c 20.00"),
                Files.readAllLines(file));
        assertEquals(7, choose(new Tuning(file, "here")), "from the file");
        assertEquals(3, measured.size(), "nothing is measured twice");
    }

    @Test
    void trustsTheFileAndNotTheClock() throws IOException {
        Path file = Files.writeString(folder.resolve("t"), head("here") + "p = c | c 1\n");
        assertEquals(20, choose(new Tuning(file, "here")));
        assertTrue(measured.isEmpty());
    }

    @Test
    void measuresAnewOnAnotherMachine() throws IOException {
        Path file = Files.writeString(folder.resolve("t"), head("there") + "p = c | c 1\n");
        assertEquals(7, choose(new Tuning(file, "here")));
        assertEquals("here", Files.readAllLines(file).get(1));
    }

    @Test
    void measuresAnewIfTheFileIsDamaged() throws IOException {
        for (String text :
                List.of("", "\n", "something else\n", head("here") + "p = c | c 1\nnonsense\n")) {
            Path file = Files.writeString(folder.resolve("t"), text);
            assertEquals(7, choose(new Tuning(file, "here")), text);
        }
        Path bytes = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertEquals(7, choose(new Tuning(bytes, "here")));
    }

    @Test
    void measuresAnewIfTheWayIsUnknown() throws IOException {
        Path file = Files.writeString(folder.resolve("t"), head("here") + "p = z | z 1\n");
        assertEquals(7, choose(new Tuning(file, "here")));
    }

    @Test
    void goesOnWhereItCannotWrite() {
        Path file = folder.resolve("absent").resolve("t");
        var tuning = new Tuning(file, "here");
        assertEquals(7, choose(tuning));
        assertEquals(7, choose(tuning));
        assertEquals(3, measured.size(), "remembered in this JVM");
        assertFalse(Files.exists(file));
    }

    private static String head(String machine) {
        return "javelin tuning 1\n" + machine + "\n";
    }

    private int choose(Tuning tuning) {
        Map<String, Integer> ways = new LinkedHashMap<>();
        ways.put("a", 30);
        ways.put("b", 7);
        ways.put("c", 20);
        return tuning.fastest(
                "p",
                ways,
                way -> {
                    measured.add(way);
                    return way;
                });
    }
}
