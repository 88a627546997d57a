package javelin.algorithms.cli;

import javelin.nn.io.FormatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The curve of a run, read back from its `steps.csv`: all parts of a run that was resumed.
///
/// @param steps numbers of the steps, from 1
/// @param loss loss of each step, to the last bit
/// @param rate learning rate of each step
/// @param seconds time of each step
@SuppressWarnings("ArrayRecordComponent") // columns to read, never compared
record StepTable(double[] steps, double[] loss, double[] rate, double[] seconds) {
    /// Reads a table.
    ///
    /// @throws IOException if it cannot be read or has other columns
    static StepTable read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> head = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        double[][] columns = new double[4][Math.max(0, lines.size() - 1)];
        List<String> wanted = List.of("step", "loss", "rate", "seconds");
        for (int c = 0; c < 4; c++) {
            int at = head.indexOf(wanted.get(c));
            if (at < 0) {
                throw new FormatException(file.toString(), "has no column " + wanted.get(c));
            }
            for (int i = 1; i < lines.size(); i++) {
                columns[c][i - 1] = Double.parseDouble(cells(lines.get(i)).get(at));
            }
        }
        return new StepTable(columns[0], columns[1], columns[2], columns[3]);
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",", -1));
    }

    /// Time of all steps together.
    double totalSeconds() {
        double sum = 0;
        for (double s : seconds) {
            sum += s;
        }
        return sum;
    }
}
