package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment.Results;
import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment.Shown;
import javelin.algorithms.fourierspi.experiment.NoiseStudy;
import javelin.algorithms.fourierspi.experiment.QrStudy;
import javelin.algorithms.fourierspi.experiment.SpeedStudy;
import javelin.algorithms.fourierspi.recognition.Rate;
import javelin.algorithms.fourierspi.stream.LineStream;
import javelin.algorithms.report.Findings;
import javelin.algorithms.report.LineChart;
import javelin.algorithms.report.Report;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Results of `run fourier-spi` as lines, fields and a page.
final class FourierSpiReport {
    private FourierSpiReport() {}

    static List<String> lines(Results r) {
        List<String> all = new ArrayList<>();
        all.add("QR codes read at 10 %%: %s".formatted(r.tenth().rate()));
        all.add("QR codes read at 2 %%:  %s".formatted(r.fiftieth().rate()));
        for (SpeedStudy.Row row : r.speed()) {
            all.add("%s, %s: %s".formatted(row.target(), row.solver(), verdict(row)));
        }
        for (NoiseStudy.Row row : r.inNoise()) {
            all.add(
                    text(
                            "QR codes with %.0f dB and %d bits, %s: %s",
                            row.snr(), row.bits(), row.side(), row.rate()));
        }
        all.add(
                text(
                        "stream: %,.0f lines/s by one thread; at %,.0f lines/s %,d of %,d lost",
                        r.stream().free().rate(),
                        r.stream().needed(),
                        r.stream().paced().lost(),
                        r.stream().paced().lost() + r.stream().paced().lines()));
        all.addAll(CytometryReport.lines(r.cytometry()));
        return all;
    }

    private static String verdict(SpeedStudy.Row row) {
        double own = row.opponent().result().ownPsnr();
        double fourier = row.fourier().psnr();
        if (Double.isNaN(row.ratio())) {
            return text(
                    "never as good; %.1f times the Fourier time to its own stop (%.1f dB, Fourier"
                            + " %.1f dB)",
                    row.ownRatio(), own, fourier);
        }
        String end =
                row.gain() > 0
                        ? text(
                                "the better picture in the end, %.1f dB after %.1f times",
                                own, row.ownRatio())
                        : text("ends worse, at %.1f dB", own);
        return text(
                "%.1f times the Fourier time at equal quality, %.1f dB; %s",
                row.ratio(), fourier, end);
    }

    static Map<String, @Nullable Object> metrics(Results r) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("qr_tenth", qr(r.tenth()));
        all.put("qr_fiftieth", qr(r.fiftieth()));
        all.put("qr_tenth_ideal", qr(r.ideal()));
        var curve = new LinkedHashMap<String, @Nullable Object>();
        r.curve().forEach((k, result) -> curve.put(String.valueOf(k), qr(result)));
        all.put("qr_by_coefficients", curve);
        var noise = new LinkedHashMap<String, @Nullable Object>();
        r.noise().forEach((db, result) -> noise.put(String.valueOf(db), qr(result)));
        all.put("qr_by_snr_db", noise);
        var frames = new LinkedHashMap<String, @Nullable Object>();
        r.frames().forEach((percent, result) -> frames.put(String.valueOf(percent), qr(result)));
        all.put("qr_in_frames_by_percent", frames);
        all.put("speed", r.speed().stream().map(FourierSpiReport::fields).toList());
        all.put(
                "qr_against_opponents",
                r.inNoise().stream().map(FourierSpiReport::fields).toList());
        var stream = new LinkedHashMap<String, @Nullable Object>();
        stream.put("needed_lines_per_s", r.stream().needed());
        stream.put("agrees", r.stream().agrees());
        stream.put("free", fields(r.stream().free()));
        stream.put("paced", fields(r.stream().paced()));
        all.put("stream", stream);
        all.put("cytometry", CytometryReport.fields(r.cytometry()));
        return all;
    }

    private static Map<String, @Nullable Object> qr(QrStudy.Result q) {
        var one = rate(q.rate());
        var versions = new LinkedHashMap<String, @Nullable Object>();
        q.byVersion().forEach((v, rate) -> versions.put(String.valueOf(v), rate(rate)));
        one.put("by_version", versions);
        one.put("psnr_db", q.psnr());
        one.put("clipped", q.clipped());
        return one;
    }

    private static Map<String, @Nullable Object> rate(Rate rate) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("read", rate.good());
        one.put("codes", rate.trials());
        one.put("rate", rate.value());
        one.put("low", rate.low());
        one.put("high", rate.high());
        return one;
    }

    private static Map<String, @Nullable Object> fields(SpeedStudy.Row row) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("target", row.target());
        one.put("solver", row.opponent().name());
        var own = row.opponent().result();
        one.put("operator", row.opponent().operator());
        one.put("pulses", row.fourier().pulses());
        one.put("fourier_seconds", row.fourierSeconds());
        one.put("fourier_psnr_db", row.fourier().psnr());
        one.put("seconds_to_equal", row.toEqual());
        one.put("iterations_to_equal", own.oracleIteration());
        one.put("own_seconds", row.ownSeconds());
        one.put("own_iterations", own.ownIterations());
        one.put("own_psnr_db", own.ownPsnr());
        one.put("best_psnr_db", own.bestPsnr());
        one.put("setup_seconds", own.setupSeconds());
        one.put("ratio", row.ratio());
        one.put("own_ratio", row.ownRatio());
        var fewest = row.fewestPulses();
        one.put("fewest_pulses", fewest.isPresent() ? fewest.getAsInt() : null);
        one.put("fewest_seconds", row.opponent().fewestSeconds() / row.lines());
        return one;
    }

    private static Map<String, @Nullable Object> fields(NoiseStudy.Row row) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("snr_db", row.snr());
        one.put("bits", row.bits());
        one.put("side", row.side());
        one.putAll(rate(row.rate()));
        one.put("psnr_db", row.psnr());
        return one;
    }

    static Map<String, @Nullable Object> fields(LineStream.Result s) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("lines", s.lines());
        one.put("lost", s.lost());
        one.put("seconds", s.seconds());
        one.put("busy_seconds", s.busySeconds());
        one.put("lines_per_s", s.rate());
        one.put("median_latency_s", s.medianLatency());
        one.put("p99_latency_s", s.p99Latency());
        one.put("collections", s.collections());
        return one;
    }

    static Report of(Results r, Findings findings, Map<String, @Nullable Object> json) {
        var report = new Report("Fourier single-pixel imaging");
        report.text(
                "Each laser pulse paints a sinusoid on a line, one detector measures what passes,"
                        + " and an inverse Fourier transform makes lines of the numbers. The"
                        + " instrument is simulated with all its imperfections, 50 dB, 8 bits.");
        report.section("Claims").claims(findings.claims());
        report.section("In short");
        lines(r).forEach(report::text);
        codes(report, r);
        pictures(report, r.shown());
        report.section("Time to a picture")
                .text(
                        "No noise, one thread, a tenth of the pulses. Times: to the first iterate as"
                                + " good as the Fourier picture, found by looking at the truth, over"
                                + " the Fourier time. Opponents have the weights that are best for"
                                + " another picture of the kind. Above zero, the last column says by"
                                + " how much the opponent ends with the better picture. Lines: time"
                                + " of one.")
                .table(
                        List.of(
                                "picture",
                                "opponent",
                                "Fourier µs",
                                "Fourier dB",
                                "to equal ms",
                                "iterations",
                                "times",
                                "own stop ms",
                                "times",
                                "fewest pulses",
                                "own dB",
                                "gain dB"),
                        r.speed().stream().map(FourierSpiReport::cells).toList());
        report.section("QR codes against compressed sensing, with noise")
                .text(
                        "Lines of 800 pixels, 80 pulses each, the same noise for all. Joint ADMM"
                                + " knows all lines at once.")
                .table(
                        List.of("noise", "side", "read", "95 % from", "to", "PSNR dB"),
                        r.inNoise().stream().map(FourierSpiReport::cells).toList());
        var s = r.stream();
        report.section("Stream")
                .table(
                        List.of("", "lines/s", "lost", "busy", "latency, median", "p99", "pauses"),
                        List.of(
                                cells("as fast as it goes", s.free()),
                                cells("at the instrument's pace", s.paced())));
        CytometryReport.add(report, r.cytometry());
        var settings = new LinkedHashMap<String, @Nullable Object>();
        for (String key :
                List.of(
                        "preset", "seeds", "seconds", "version", "commit", "jdk", "device",
                        "simd")) {
            settings.put(key, json.get(key));
        }
        return report.section("Settings").facts(settings);
    }

    private static void codes(Report report, Results r) {
        report.section("QR codes");
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells("10 %, all imperfections", r.tenth()));
        rows.add(cells("2 %, all imperfections", r.fiftieth()));
        rows.add(cells("10 %, none", r.ideal()));
        r.curve().forEach((k, q) -> rows.add(cells(k + " coefficients", q)));
        r.noise().forEach((db, q) -> rows.add(cells(db + " dB, 12 bits", q)));
        r.frames()
                .forEach((percent, q) ->
                        rows.add(cells("frames of 256², %d %%".formatted(percent), q)));
        report.table(
                List.of("setting", "read", "95 % from", "to", "version 1", "2", "3", "PSNR dB"),
                rows);
        if (!r.curve().isEmpty()) {
            report.figure(chart("coefficients", r.curve()), "Codes read by number of coefficients");
            report.figure(
                    chart("signal-to-noise ratio, dB", r.noise()), "Codes read by noise, at 10 %");
        }
        for (QrStudy.Result q : List.of(r.tenth(), r.fiftieth())) {
            report.pictures(
                    q.examples().stream()
                            .map(e ->
                                    new Report.Shown(
                                            png(e.picture(), e.width()),
                                            260,
                                            "version %d, %s"
                                                    .formatted(
                                                            e.code().version(),
                                                            e.read() ? "read" : "not read"),
                                            e.read() ? Report.Mood.GOOD : Report.Mood.BAD))
                            .toList());
        }
    }

    private static String chart(String axis, Map<Integer, QrStudy.Result> points) {
        var sorted = new TreeMap<>(points);
        double[] x = sorted.keySet().stream().mapToDouble(k -> k).toArray();
        List<LineChart.Curve> curves = new ArrayList<>();
        for (int v : sorted.firstEntry().getValue().byVersion().keySet()) {
            double[] y = sorted.values().stream().mapToDouble(q -> rate(q, v)).toArray();
            curves.add(new LineChart.Curve("version " + v, x, y));
        }
        return new LineChart(axis, "codes read", false, curves).svg();
    }

    private static double rate(QrStudy.Result q, int version) {
        Rate rate = q.byVersion().get(version);
        return rate == null ? Double.NaN : rate.value();
    }

    private static void pictures(Report report, List<Shown> shown) {
        report.section("Pictures by measurements per pixel");
        for (String target : shown.stream().map(Shown::target).distinct().toList()) {
            report.pictures(
                    shown.stream()
                            .filter(s -> s.target().equals(target))
                            .map(s ->
                                    new Report.Shown(
                                            png(s.result().picture(), s.result().width()),
                                            170,
                                            text(
                                                    "%s, %.0f %%, %.1f dB",
                                                    target,
                                                    100 * s.ratio(),
                                                    s.result().quality().psnr()),
                                            Report.Mood.PLAIN))
                            .toList());
        }
    }

    static byte[] png(float[] picture, int width) {
        return Images.png(Picture.ofFloats(picture, picture.length / width, width, 1));
    }

    private static List<String> cells(String name, QrStudy.Result q) {
        List<String> row = new ArrayList<>();
        row.add(name);
        row.add(text("%d of %d", q.rate().good(), q.rate().trials()));
        row.add(text("%.3f", q.rate().low()));
        row.add(text("%.3f", q.rate().high()));
        for (int v = 1; v <= 3; v++) {
            Rate rate = q.byVersion().get(v);
            row.add(rate == null ? "-" : text("%.2f", rate.value()));
        }
        row.add(text("%.1f", q.psnr()));
        return row;
    }

    private static List<String> cells(SpeedStudy.Row row) {
        boolean never = Double.isNaN(row.ratio());
        var own = row.opponent().result();
        var fewest = row.fewestPulses();
        return List.of(
                row.target(),
                row.solver(),
                text("%.2f", row.fourierSeconds() * 1e6),
                text("%.1f", row.fourier().psnr()),
                never ? "never" : text("%.3f", row.toEqual() * 1e3),
                never ? "-" : text("%d", own.oracleIteration()),
                never ? "-" : text("%,.1f", row.ratio()),
                text("%.3f", row.ownSeconds() * 1e3),
                text("%,.1f", row.ownRatio()),
                fewest.isPresent()
                        ? text("%d of %d", fewest.getAsInt(), row.fourier().pulses())
                        : "-",
                text("%.1f", own.ownPsnr()),
                text("%+.1f", row.gain()));
    }

    private static List<String> cells(NoiseStudy.Row row) {
        return List.of(
                text("%.0f dB, %d bits", row.snr(), row.bits()),
                row.side(),
                text("%d of %d", row.rate().good(), row.rate().trials()),
                text("%.3f", row.rate().low()),
                text("%.3f", row.rate().high()),
                text("%.1f", row.psnr()));
    }

    private static List<String> cells(String name, LineStream.Result s) {
        return List.of(
                name,
                text("%,.0f", s.rate()),
                text("%,d", s.lost()),
                text("%.0f %%", 100 * s.busySeconds() / s.seconds()),
                text("%.3f ms", s.medianLatency() * 1e3),
                text("%.3f ms", s.p99Latency() * 1e3),
                text("%d", s.collections()));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
