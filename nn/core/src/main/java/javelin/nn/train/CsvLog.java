package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Two tables that grow while a network is trained, in a folder: `steps.csv` with a row per step,
/// `epochs.csv` with a row per epoch.
///
/// A run that starts at step `s` first drops the rows of later steps, so a resumed run leaves
/// neither gaps nor duplicates. Numbers are written so that they can be read back exactly.
public final class CsvLog implements TrainListener {
    private static final List<String> STEP_COLUMNS =
            List.of("step", "epoch", "loss", "rate", "gradient_norm", "seconds");

    private final Path folder;
    private @Nullable Table steps;
    private @Nullable Table epochs;

    /// Tables in `folder`, which is made when the run starts.
    public CsvLog(Path folder) {
        this.folder = folder;
    }

    @Override
    public void onStart(Run run) {
        List<String> columns = new ArrayList<>(List.of("step", "epoch"));
        columns.addAll(run.metrics());
        try {
            Files.createDirectories(folder);
            steps = Table.open(folder.resolve("steps.csv"), STEP_COLUMNS, run.step());
            epochs = Table.open(folder.resolve("epochs.csv"), columns, run.step());
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    @Override
    public void onStep(Step s) {
        write(steps, s.step(), s.epoch(), s.loss(), s.rate(), s.gradientNorm(), s.seconds());
    }

    @Override
    public void onEpochEnd(Epoch e) {
        if (epochs == null) {
            return;
        }
        List<Object> cells = new ArrayList<>(List.of(e.step(), e.epoch()));
        for (String metric : epochs.columns().subList(2, epochs.columns().size())) {
            Double value = e.metrics().get(metric);
            cells.add(value == null ? "" : value);
        }
        write(epochs, cells.toArray());
    }

    @Override
    public void onStop(Stop stop) {
        for (Table table : new Table[] {steps, epochs}) {
            try {
                if (table != null) {
                    table.channel().close();
                }
            } catch (IOException e) {
                throw failure(table.file(), e);
            }
        }
        steps = null;
        epochs = null;
    }

    private static void write(@Nullable Table table, Object... cells) {
        if (table == null) {
            return;
        }
        try {
            table.write(List.of(cells));
        } catch (IOException e) {
            throw failure(table.file(), e);
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        return new UncheckedIOException(
                new IOException("csv: cannot write %s: %s".formatted(file, why), e));
    }

    /// A file of rows in ascending order of their first column.
    private record Table(Path file, List<String> columns, FileChannel channel) {
        static Table open(Path file, List<String> columns, long lastStep) throws IOException {
            String header = String.join(",", columns) + "\n";
            long keep = Files.isRegularFile(file) ? endOfRows(file, header, lastStep) : 0;
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var table = new Table(file, List.copyOf(columns), channel);
            try {
                if (Files.isRegularFile(file)) {
                    channel.truncate(keep).position(keep);
                }
                if (keep == 0) {
                    table.append(header);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return table;
        }

        /// Bytes up to the last complete row of a step that is not after `lastStep`.
        private static long endOfRows(Path file, String header, long lastStep) throws IOException {
            String text = Files.readString(file);
            if (text.indexOf('\n') < 0) {
                return 0; // ended while the header was written
            }
            if (!text.startsWith(header)) {
                throw new IOException(
                        "it has other columns than this run (%s); move it away"
                                .formatted(header.strip()));
            }
            int end = header.length();
            for (int next = text.indexOf('\n', end); next >= 0; next = text.indexOf('\n', end)) {
                String row = text.substring(end, next);
                if (Long.parseLong(row.substring(0, row.indexOf(','))) > lastStep) {
                    break;
                }
                end = next + 1;
            }
            return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        }

        void write(List<Object> cells) throws IOException {
            append(cells.stream().map(String::valueOf).collect(Collectors.joining(",")) + "\n");
        }

        private void append(String text) throws IOException {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
