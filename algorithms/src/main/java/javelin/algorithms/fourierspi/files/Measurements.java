package javelin.algorithms.fourierspi.files;

import javelin.nn.io.AtomicFile;
import javelin.nn.io.FormatException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measured numbers.
///
/// | file | content |
/// |---|---|
/// | `.csv` | a row per line of the camera, or all numbers of a frame in one row or one column; separated by commas, semicolons, tabs or spaces; lines that begin with `#` and one line of headings are left out |
/// | `.npy` | NumPy's format, little-endian 32- or 64-bit floats or integers of 8 to 64 bits, one or two axes |
///
/// @param values `[lines, samples]`, all finite
/// @param lines lines
/// @param samples numbers of each
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Measurements(double[] values, int lines, int samples) {
    /// Reads a file for a schedule.
    ///
    /// @param wanted samples of one line or frame
    /// @throws FormatException if the file is damaged, holds something that is no finite number, or
    ///   does not fit the schedule
    public static Measurements read(Path file, int wanted) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        double[][] rows =
                name.endsWith(".npy")
                        ? NpyFile.read(Files.readAllBytes(file), file.toString())
                        : csv(text(file), file.toString());
        boolean column = Arrays.stream(rows).allMatch(r -> r.length == 1) && wanted > 1;
        if (column) {
            rows = new double[][] {Arrays.stream(rows).mapToDouble(r -> r[0]).toArray()};
        }
        double[] values = new double[Math.multiplyExact(rows.length, wanted)];
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != wanted) {
                throw new FormatException(
                        file.toString(),
                        column
                                ? "holds %d numbers, the schedule has %d samples"
                                        .formatted(rows[r].length, wanted)
                                : "row %d has %d numbers, the schedule has %d samples"
                                        .formatted(r + 1, rows[r].length, wanted));
            }
            for (int i = 0; i < wanted; i++) {
                if (!Double.isFinite(rows[r][i])) {
                    throw new FormatException(
                            file.toString(),
                            "row %d, number %d is %s".formatted(r + 1, i + 1, rows[r][i]));
                }
                values[r * wanted + i] = rows[r][i];
            }
        }
        return new Measurements(values, rows.length, wanted);
    }

    /// Lines of a file, without the mark that some programs begin UTF-8 with.
    private static List<String> text(Path file) throws IOException {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.getFirst().startsWith("\uFEFF")) {
                lines.set(0, lines.getFirst().substring(1));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is no text in UTF-8");
        }
    }

    private static double[][] csv(List<String> lines, String source) throws FormatException {
        List<double[]> rows = new ArrayList<>();
        boolean first = true;
        for (int l = 0; l < lines.size(); l++) {
            String line = lines.get(l).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s*[,;\\t]\\s*|\\s+", -1);
            double[] row = new double[words.length];
            boolean heading = first && Arrays.stream(words).allMatch(Measurements::isName);
            first = false;
            if (heading) {
                continue;
            }
            for (int i = 0; i < words.length; i++) {
                if (!isNumber(words[i])) {
                    throw new FormatException(
                            source,
                            "line %d, number %d: '%s' is no number"
                                    .formatted(l + 1, i + 1, words[i]));
                }
                row[i] = Double.parseDouble(words[i]);
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new FormatException(source, "holds no numbers");
        }
        return rows.toArray(double[][]::new);
    }

    private static boolean isNumber(String word) {
        return word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    /// Whether a word can head a column: no number, and none of the words for a missing one.
    private static boolean isName(String word) {
        return !isNumber(word)
                && !word.isEmpty()
                && !word.toLowerCase(Locale.ROOT)
                        .matches("[-+]?(nan|inf|infinity|n/?a|null|none|-)");
    }

    /// Writes numbers as CSV, a row per line.
    public static void write(Path file, double[] values, int samples) throws IOException {
        AtomicFile.write(
                file,
                out -> {
                    var text = new StringBuilder();
                    for (int i = 0; i < values.length; i++) {
                        text.append(values[i]).append(i % samples == samples - 1 ? '\n' : ',');
                        if (text.length() > 1 << 16) {
                            out.write(
                                    text.toString()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                            text.setLength(0);
                        }
                    }
                    out.write(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                });
    }

    /// How many numbers are the largest or the smallest of all, if more than one in five hundred
    /// is: a sign that the converter's range was exceeded. Else 0.
    public int atTheRails() {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(0);
        if (low == high) {
            return 0;
        }
        int atLow = 0;
        int atHigh = 0;
        for (double v : values) {
            atLow += v == low ? 1 : 0;
            atHigh += v == high ? 1 : 0;
        }
        int least = Math.max(2, values.length / 500);
        return (atLow > least ? atLow : 0) + (atHigh > least ? atHigh : 0);
    }
}
