package javelin.algorithms.cli;

import static javelin.algorithms.cli.Run.javelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.targets.Drawings;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.nn.io.Json;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SpiCommandTest {
    @TempDir private Path folder;

    private Path phantom() throws IOException {
        Path file = folder.resolve("phantom.png");
        Images.write(file, Picture.ofFloats(Drawings.phantom(64), 64, 64, 1));
        return file;
    }

    private static double psnr(Path results) throws IOException {
        Map<?, ?> json = Json.parseObject(Files.readString(results), "results");
        return ((Number) ((Map<?, ?>) ((List<?>) json.get("pictures")).getFirst()).get("psnr_db"))
                .doubleValue();
    }

    @Test
    void simulatedNumbersAreReconstructedAgain() throws IOException {
        Path out = folder.resolve("sim");
        Run run =
                javelin(
                        "spi",
                        "simulate",
                        "" + phantom(),
                        "--mode",
                        "frame",
                        "--size",
                        "64",
                        "--ratio",
                        "2",
                        "--ideal",
                        "--out",
                        "" + out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(psnr(out.resolve("results.json")))
                .isGreaterThan(30); // pixels average their parts
        assertThat(out.resolve("report.html")).exists();
        Path again = folder.resolve("again");
        Run second =
                javelin(
                        "spi", "reconstruct",
                        "--measurements", "" + out.resolve("phantom.csv"),
                        "--schedule", "" + out.resolve("phantom-schedule.json"),
                        "--out", "" + again);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(Images.read(again.resolve("picture.png")).width()).isEqualTo(64);
        String[] levels = Files.readString(again.resolve("picture.csv")).split("[,\n]", -1);
        Picture truth = Images.read(out.resolve("phantom-truth.png"));
        double error = 0;
        for (int i = 0; i < 64 * 64; i++) {
            error += Math.abs(Double.parseDouble(levels[i]) - (truth.pixels()[i] & 0xff) / 255.0);
        }
        assertThat(error / (64 * 64)).isLessThan(0.01);
        assertThat(second.err()).contains("no blank");
    }

    @Test
    void linesOfACodeAreRead() throws IOException {
        QrCode code = QrCode.random(1, Rng.seed(3));
        Path file = folder.resolve("code.png");
        Images.write(file, Picture.ofFloats(code.drawn(232, 232, 0, 1), 232, 232, 1));
        Run run =
                javelin(
                        "spi",
                        "simulate",
                        "" + file,
                        "--size",
                        "400",
                        "--ratio",
                        "0.2",
                        "--snr",
                        "50",
                        "--out",
                        "" + folder.resolve("qr"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("QR code '" + code.text() + "'");
    }

    @Test
    void measurementsMayComeFromNumPy() throws IOException {
        Path out = folder.resolve("line");
        assertThat(
                        javelin(
                                        "spi",
                                        "simulate",
                                        "" + phantom(),
                                        "--size",
                                        "64",
                                        "--ratio",
                                        "0.5",
                                        "--ideal",
                                        "--out",
                                        "" + out)
                                .code())
                .isZero();
        List<String> rows = Files.readAllLines(out.resolve("phantom.csv"));
        int columns = rows.getFirst().split(",", -1).length;
        String head =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }\n"
                        .formatted(rows.size(), columns);
        var bytes =
                ByteBuffer.allocate(10 + head.length() + 8 * rows.size() * columns)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) head.length()).put(head.getBytes(StandardCharsets.US_ASCII));
        for (String row : rows) {
            for (String word : row.split(",", -1)) {
                bytes.putDouble(Double.parseDouble(word));
            }
        }
        Path npy = Files.write(folder.resolve("m.npy"), bytes.array());
        for (String name : List.of("" + npy, "" + out.resolve("phantom.csv"))) {
            Run run =
                    javelin(
                            "spi",
                            "reconstruct",
                            "--measurements",
                            name,
                            "--schedule",
                            "" + out.resolve("phantom-schedule.json"),
                            "--out",
                            "" + folder.resolve(name.endsWith("npy") ? "a" : "b"));
            assertThat(run.code()).as(run.err()).isZero();
        }
        assertThat(Files.readString(folder.resolve("a/picture.csv")))
                .isEqualTo(Files.readString(folder.resolve("b/picture.csv")));
    }

    @Test
    void patternsAreWrittenWithTheirSchedule() throws IOException {
        Path out = folder.resolve("patterns");
        Run run =
                javelin(
                        "spi",
                        "patterns",
                        "--mode",
                        "frame",
                        "--size",
                        "16x8",
                        "--steps",
                        "3",
                        "--ratio",
                        "0.2",
                        "--out",
                        "" + out);
        assertThat(run.code()).as(run.err()).isZero();
        try (var files = Files.list(out)) {
            assertThat(files.filter(f -> f.toString().endsWith(".png"))).hasSize(27);
        }
        assertThat(out.resolve("schedule.json")).exists();
        Picture first = Images.read(out.resolve("pattern-00000-u0-v0-phase0.png"));
        assertThat(first.at(3, 3, 0)).isEqualTo(255);
        Path dithered = folder.resolve("dithered");
        assertThat(
                        javelin(
                                        "spi",
                                        "patterns",
                                        "--mode",
                                        "frame",
                                        "--size",
                                        "16",
                                        "--ratio",
                                        "0.1",
                                        "--dither",
                                        "--out",
                                        "" + dithered)
                                .code())
                .isZero();
        Picture second = Images.read(dithered.resolve("pattern-00004-u1-v0-phase0.png"));
        assertThat(second.width()).isEqualTo(32);
        double light = 0;
        for (byte b : second.pixels()) {
            assertThat(b == 0 || b == -1).isTrue();
            light += b == 0 ? 0 : 1;
        }
        assertThat(light / second.pixels().length).isBetween(0.45, 0.55);
    }

    /// What moves is seen by each pulse of a line at another place: the late ones, of high
    /// frequencies, see slanting stripes shifted.
    @Test
    void motionWithinALineIsTakenBack() throws IOException {
        float[] stripes = new float[256 * 256];
        for (int i = 0; i < stripes.length; i++) {
            int x = i % 256;
            int y = i / 256;
            double turns = (14 * x + 10 * y) / 256.0;
            stripes[i] = (float) (0.5 + 0.45 * Math.cos(2 * Math.PI * turns));
        }
        Path object = folder.resolve("phantom.png");
        Images.write(object, Picture.ofFloats(stripes, 256, 256, 1));
        double[] psnr = new double[3];
        String[] ways = {"none", "linear", "cubic"};
        for (int i = 0; i < 3; i++) {
            Path out = folder.resolve(ways[i]);
            Run run =
                    javelin(
                            "spi",
                            "simulate",
                            "" + object,
                            "--size",
                            "64",
                            "--ratio",
                            "1",
                            "--snr",
                            "55",
                            "--deskew",
                            ways[i],
                            "--out",
                            "" + out);
            assertThat(run.code()).as(run.err()).isZero();
            psnr[i] = psnr(out.resolve("results.json"));
        }
        assertThat(psnr[1]).isGreaterThan(psnr[0] + 4);
        assertThat(psnr[2]).isGreaterThan(psnr[0] + 4);
        Path out = folder.resolve("none");
        String[] pictures = new String[2];
        for (int i = 0; i < 2; i++) {
            Path again = folder.resolve("again-" + ways[i]);
            Run run =
                    javelin(
                            "spi",
                            "reconstruct",
                            "--measurements",
                            "" + out.resolve("phantom.csv"),
                            "--schedule",
                            "" + out.resolve("phantom-schedule.json"),
                            "--blank",
                            "" + out.resolve("phantom-blank.csv"),
                            "--deskew",
                            ways[i],
                            "--out",
                            "" + again);
            assertThat(run.code()).as(run.err()).isZero();
            pictures[i] = Files.readString(again.resolve("picture.csv"));
        }
        assertThat(pictures[0]).isNotEqualTo(pictures[1]);
        assertThat(javelin("spi", "simulate", "" + object, "--deskew", "linea").err())
                .contains("linear");
        assertThat(javelin("spi", "simulate", "" + object, "--ideal", "--deskew", "linear").err())
                .contains("--deskew: nothing moves");
    }

    /// Schedule and blank hold all that the simulation knows of its instrument.
    @Test
    void linesAreReconstructedAsTheSimulationSawThem() throws IOException {
        Path out = folder.resolve("sim");
        Run first =
                javelin(
                        "spi",
                        "simulate",
                        "" + phantom(),
                        "--size",
                        "64",
                        "--ratio",
                        "1",
                        "--snr",
                        "55",
                        "--out",
                        "" + out);
        assertThat(first.code()).as(first.err()).isZero();
        Path again = folder.resolve("again");
        Run second =
                javelin(
                        "spi", "reconstruct",
                        "--measurements", "" + out.resolve("phantom.csv"),
                        "--schedule", "" + out.resolve("phantom-schedule.json"),
                        "--blank", "" + out.resolve("phantom-blank.csv"),
                        "--out", "" + again);
        assertThat(second.code()).as(second.err()).isZero();
        Picture one = Images.read(out.resolve("phantom.png"));
        Picture two = Images.read(again.resolve("picture.png"));
        double far = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            far += Math.abs((one.pixels()[i] & 0xff) - (two.pixels()[i] & 0xff));
        }
        assertThat(far / one.pixels().length).as("of 255").isLessThan(2);
        String schedule = Files.readString(out.resolve("phantom-schedule.json"));
        assertThat(schedule).contains("\"response\"");
        for (String bad : List.of("[[1]]", "7", "[[1, 0]]", "[[0, \"x\"]]")) {
            Path file = folder.resolve("bad.json");
            Files.writeString(
                    file,
                    schedule.replaceFirst(
                            "(?s)\"response\": \\[.*?\\](?=,\\s*\"samples\")",
                            "\"response\": " + bad));
            Run run =
                    javelin(
                            "spi", "reconstruct",
                            "--measurements", "" + out.resolve("phantom.csv"),
                            "--schedule", "" + file);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("respons").hasLineCount(1);
        }
    }

    @Test
    void everyOrderOfFrequenciesCanBeAskedFor() throws IOException {
        String picture = "" + phantom();
        for (String order :
                List.of("square", "spiral", "radial", "variable-density", "importance")) {
            Path out = folder.resolve(order);
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "spi",
                                    "simulate",
                                    picture,
                                    "--mode",
                                    "frame",
                                    "--size",
                                    "32",
                                    "--ratio",
                                    "0.5",
                                    "--ideal",
                                    "--order",
                                    order,
                                    "--out",
                                    "" + out));
            if (order.equals("importance")) {
                words.addAll(List.of("--examples", picture));
            }
            Run run = javelin(words.toArray(String[]::new));
            assertThat(run.code()).as(run.err()).isZero();
        }
        // Taken by the picture's own spectrum, as much energy as can be is measured.
        double best = psnr(folder.resolve("importance/results.json"));
        assertThat(best).isGreaterThan(psnr(folder.resolve("square/results.json")));
        assertThat(best).isGreaterThan(psnr(folder.resolve("radial/results.json")));
        assertThat(
                        javelin(
                                        "spi",
                                        "simulate",
                                        picture,
                                        "--mode",
                                        "frame",
                                        "--order",
                                        "importance")
                                .err())
                .contains("--order importance and --examples need each other");
        assertThat(javelin("spi", "simulate", picture, "--order", "radial").err())
                .contains("--order radial is for --mode frame");
        assertThat(javelin("spi", "patterns", "--mode", "frame", "--order", "radiel").err())
                .contains("radial");
    }

    /// Light besides the patterns reaches the mean only if the mean is that of all numbers.
    @Test
    void theMeanMayComeFromAllNumbers() throws IOException {
        Path out = folder.resolve("sim");
        Run first =
                javelin(
                        "spi",
                        "simulate",
                        "" + phantom(),
                        "--mode",
                        "frame",
                        "--size",
                        "16",
                        "--ratio",
                        "1",
                        "--ideal",
                        "--out",
                        "" + out);
        assertThat(first.code()).as(first.err()).isZero();
        StringBuilder brighter = new StringBuilder();
        for (String word : Files.readString(out.resolve("phantom.csv")).strip().split(",", -1)) {
            brighter.append(brighter.isEmpty() ? "" : ",").append(Double.parseDouble(word) + 7);
        }
        Path lit = Files.writeString(folder.resolve("lit.csv"), brighter);
        double[] means = new double[3];
        for (int i = 0; i < 3; i++) {
            Path again = folder.resolve("mean-" + i);
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "spi", "reconstruct",
                                    "--measurements", "" + lit,
                                    "--schedule", "" + out.resolve("phantom-schedule.json"),
                                    "--out", "" + again));
            if (i > 0) {
                words.addAll(List.of("--dark", i == 1 ? "7" : "0"));
            }
            Run run = javelin(words.toArray(String[]::new));
            assertThat(run.code()).as(run.err()).isZero();
            String[] levels =
                    Files.readString(again.resolve("picture.csv")).strip().split("[,\n]", -1);
            for (String level : levels) {
                means[i] += Double.parseDouble(level) / levels.length;
            }
        }
        assertThat(means[1]).isCloseTo(means[0], within(1e-5));
        assertThat(means[2] - means[1]).isCloseTo(7 / 0.5 / 256, within(1e-5));
    }

    @Test
    void badInputIsToldInOneSentence() throws IOException {
        Path out = folder.resolve("sim");
        javelin(
                "spi",
                "simulate",
                "" + phantom(),
                "--mode",
                "frame",
                "--size",
                "16",
                "--ratio",
                "0.5",
                "--ideal",
                "--out",
                "" + out);
        String schedule = "" + out.resolve("phantom-schedule.json");
        String good = Files.readString(out.resolve("phantom.csv"));
        Path bad = folder.resolve("bad.csv");
        String[] contents = {
            good.substring(good.indexOf(',') + 1),
            "1," + good,
            good.replaceFirst("[0-9.]+,", "x,"),
            good.replaceFirst("[0-9.]+,", "NaN,"),
            good.replaceAll("[-0-9.E]+", "nan") + good, // a row of them is no heading
            "\u00e9",
            "",
            good + good
        };
        String[] messages = {
            "schedule has",
            "schedule has",
            "'x' is no number",
            "'NaN' is no number",
            "'nan' is no number",
            "is no text in UTF-8",
            "holds no numbers",
            "give each frame alone"
        };
        for (int i = 0; i < contents.length; i++) {
            Files.writeString(bad, contents[i], StandardCharsets.ISO_8859_1);
            Run run =
                    javelin(
                            "spi",
                            "reconstruct",
                            "--measurements",
                            "" + bad,
                            "--schedule",
                            schedule,
                            "--out",
                            "" + folder.resolve("never"));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains(messages[i]).hasLineCount(1);
        }
        assertThat(folder.resolve("never")).doesNotExist();
        assertThat(
                        javelin(
                                        "spi",
                                        "reconstruct",
                                        "--measurements",
                                        "" + folder,
                                        "--schedule",
                                        schedule)
                                .err())
                .contains("is a folder; give a file");
        Path wrong = Files.writeString(folder.resolve("s.json"), "{\"format\": \"x\"}");
        assertThat(
                        javelin(
                                        "spi",
                                        "reconstruct",
                                        "--measurements",
                                        "" + bad,
                                        "--schedule",
                                        "" + wrong)
                                .err())
                .contains("is no schedule");
        assertThat(javelin("spi", "simulate", "" + phantom(), "--ratio", "9").code()).isEqualTo(2);
        assertThat(javelin("spi", "simulate", "" + phantom(), "--steps", "2").err())
                .contains("3 steps or more");
        assertThat(javelin("spi", "patterns", "--size", "0").code()).isNotZero();
        assertThat(javelin("spi", "simulate", "" + phantom(), "--ratio", "0.001").err())
                .contains("less than one coefficient of 4 pulses; take 0.0050 or more");
        assertThat(javelin("spi", "simulate", "" + phantom(), "--bits", "40").err())
                .contains("instrument: bits must be 0, or from 2 to 16, got 40")
                .hasLineCount(1);
        Path strip = folder.resolve("strip.png");
        Images.write(strip, Picture.ofFloats(new float[3000], 3000, 1, 1));
        assertThat(javelin("spi", "simulate", "" + strip).err())
                .contains("1 x 3000 pixels makes 2400000 lines of 80 numbers; crop it")
                .hasLineCount(1);
        assertThat(javelin("run", "fourier-spi", "--preset", "smal").err()).contains("small");
    }

    @Test
    void clippingAndSizeAreWarnedOf() throws IOException {
        Path out = folder.resolve("zoom");
        Run run =
                javelin(
                        "spi",
                        "simulate",
                        "" + phantom(),
                        "--mode",
                        "frame",
                        "--size",
                        "16",
                        "--zoom",
                        "2",
                        "--out",
                        "" + out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("object larger than the field: 75 %");
        Run all =
                javelin(
                        "spi",
                        "simulate",
                        "" + phantom(),
                        "--size",
                        "16",
                        "--ratio",
                        "4",
                        "--out",
                        "" + folder.resolve("all"));
        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.err())
                .contains("all 9 coefficients are measured, which is a ratio of 2.25 and not 4.0");
        assertThat(Files.readString(folder.resolve("all/report.html")))
                .contains("Warning: all 9 coefficients");
        Path rails = folder.resolve("rails.csv");
        String numbers = Files.readString(out.resolve("phantom.csv"));
        String cut = numbers.strip().replaceAll("1?\\d\\d\\.\\d+", "99.0");
        Files.writeString(rails, cut);
        Run second =
                javelin(
                        "spi",
                        "reconstruct",
                        "--measurements",
                        "" + rails,
                        "--schedule",
                        "" + out.resolve("phantom-schedule.json"),
                        "--out",
                        "" + folder.resolve("r"));
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("clipped");
    }
}
