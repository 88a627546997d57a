package javelin.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        assertEquals(List.of(30, 7, 20, 30, 7, 20, 30, 7, 20), measured, "in turns");
        assertEquals(
                List.of("javelin tuning 2", "[here]", "p = b | a 30.00 | b 7.000 | c 20.00"),
                Files.readAllLines(file));
        assertEquals(7, choose(new Tuning(file, "here")), "from the file");
        assertEquals(9, measured.size(), "nothing is measured twice");
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
        assertEquals(
                List.of("javelin tuning 2", "[there]", "p = c | c 1", "[here]"),
                Files.readAllLines(file).subList(0, 4),
                "what the other machine measured is kept");
    }

    @Test
    void measuresAnewIfTheFileIsDamaged() throws IOException {
        for (String text :
                List.of("", "javelin tuning 1\nx\n", head("here") + "p = c | c 1\nnonsense\n")) {
            Path file = Files.writeString(folder.resolve("t"), text);
            assertEquals(7, choose(new Tuning(file, "here")), text);
            assertEquals("javelin tuning 2", Files.readAllLines(file).getFirst(), text);
        }
    }

    @Test
    void leavesFilesAloneThatAreNotItsOwn() throws IOException {
        byte[][] contents = {"my notes\n".getBytes(UTF_8), {'\n'}, {(byte) 0xff, (byte) 0xfe, 0}};
        for (byte[] content : contents) {
            Path file = Files.write(folder.resolve("t"), content);
            assertEquals(7, choose(new Tuning(file, "here")));
            assertArrayEquals(content, Files.readAllBytes(file));
        }
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
        assertEquals(9, measured.size(), "remembered in this JVM");
        assertFalse(Files.exists(file));
    }

    private static String head(String machine) {
        return "javelin tuning 2\n[" + machine + "]\n";
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
