package javelin.algorithms.cli;

import javelin.algorithms.dcp.Criterion;
import javelin.algorithms.dcp.Dcp;
import javelin.algorithms.dcp.experiment.DcpClaims.Mean;
import javelin.algorithms.dcp.experiment.DcpExperiment.Results;
import javelin.algorithms.dcp.experiment.DcpExperiment.Speed;
import javelin.algorithms.dcp.experiment.DcpExperiment.Trial;
import javelin.algorithms.report.Findings;
import javelin.algorithms.report.LineChart;
import javelin.algorithms.report.Report;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Results of `run dcp` as lines, fields and a page.
final class DcpReport {
    private static final List<String> HEAD =
            List.of(
                    "method",
                    "accuracy selected",
                    "accuracy trained",
                    "objective",
                    "parameters",
                    "multiply-adds",
                    "seconds");

    private DcpReport() {}

    static List<String> lines(Results r) {
        List<String> all = new ArrayList<>();
        all.add(
                text(
                        "%s: accuracy %.4f, %,d parameters, %,d multiply-adds",
                        r.subject(), r.wide().accuracy(), r.parameters(), r.macs()));
        all.addAll(Table.lines(HEAD, rows(r)));
        for (Speed s : r.speeds()) {
            all.add(
                    text(
                            "%s, batch %d, half of the channels: %.3f ms -> %.3f ms, %.2f times as fast with %.2f times fewer multiply-adds",
                            s.network(),
                            s.batch(),
                            s.latency().wide(),
                            s.latency().small(),
                            s.latency().speedUp(),
                            s.macs()));
        }
        return all;
    }

    private static List<List<String>> rows(Results r) {
        List<List<String>> rows = new ArrayList<>();
        for (Criterion c : Criterion.values()) {
            rows.add(row(PruneSettings.name(c), r.of(c)));
        }
        rows.add(row("dcp, adaptive", r.adaptive()));
        return rows;
    }

    private static List<String> row(String name, List<Trial> trials) {
        boolean fitted = trials.stream().anyMatch(t -> t.objective() != 0);
        return List.of(
                name,
                mean("%.4f", trials, t -> t.selected().accuracy()),
                mean("%.4f", trials, t -> t.trained().accuracy()),
                fitted ? mean("%.3f", trials, Trial::objective) : "",
                mean("%,.0f", trials, Trial::parameters),
                mean("%,.0f", trials, Trial::macs),
                mean("%.0f", trials, Trial::seconds));
    }

    private static String mean(String format, List<Trial> trials, ToDoubleFunction<Trial> value) {
        Mean m = Mean.of(trials.stream().map(value::applyAsDouble).toList());
        Double error = m.error();
        return text(format, m.mean())
                + (error == null || error == 0 ? "" : " ± " + text(format, error));
    }

    static Map<String, @Nullable Object> metrics(Results r) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("subject", r.subject());
        all.put("accuracy", r.wide().accuracy());
        all.put("parameters", r.parameters());
        all.put("macs", r.macs());
        all.put("trials", r.trials().stream().map(DcpReport::fields).toList());
        all.put("speed", r.speeds().stream().map(DcpReport::fields).toList());
        return all;
    }

    private static Map<String, @Nullable Object> fields(Trial t) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("method", PruneSettings.name(t.method()));
        one.put("adaptive", t.adaptive());
        one.put("seed", t.seed());
        one.put("accuracy_selected", t.selected().accuracy());
        one.put("loss_selected", t.selected().loss());
        one.put("accuracy_trained", t.trained().accuracy());
        one.put("loss_trained", t.trained().loss());
        one.put("objective", t.objective());
        one.put("parameters", t.parameters());
        one.put("macs", t.macs());
        one.put("seconds", t.seconds());
        one.put("layers", t.steps().stream().map(DcpReport::fields).toList());
        return one;
    }

    private static Map<String, @Nullable Object> fields(Dcp.Step s) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("layer", s.layer());
        one.put("stage", s.stage());
        one.put("channels", s.channels());
        one.put("kept", s.kept());
        one.put("losses", s.losses());
        return one;
    }

    private static Map<String, @Nullable Object> fields(Speed s) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("network", s.network());
        one.put("batch", s.batch());
        one.put("ms_whole", s.latency().wide());
        one.put("ms_half", s.latency().small());
        one.put("speed_up", s.latency().speedUp());
        one.put("macs_ratio", s.macs());
        return one;
    }

    static Report of(Results r, Findings findings, Map<String, @Nullable Object> json) {
        var report = new Report("Discrimination-aware channel pruning");
        report.text(
                "%s, unpruned %.2f %% right, %,d parameters. Every method removes the same part of each layer, and every small network is trained alike. ± is half of a 95 %% interval over seeds."
                        .formatted(r.subject(), 100 * r.wide().accuracy(), r.parameters()));
        report.section("Claims").claims(findings.claims());
        report.section("Methods").table(HEAD, rows(r));
        report.section("Objective against the number of channels");
        Trial dcp = r.of(Criterion.DCP).getFirst();
        for (int i : shown(dcp)) {
            Dcp.Step step = dcp.steps().get(i);
            report.figure(chart(r, i), "%s, stage %d.".formatted(step.layer(), step.stage()));
        }
        report.section("Selected channels");
        report.text("A row per layer and method, dark where a channel stays; the first seed.");
        for (int i : shown(dcp)) {
            report.figure(channels(r, i), dcp.steps().get(i).layer());
        }
        report.section("Channels per layer with adaptive stopping");
        report.table(List.of("layer", "channels", "kept"), kept(r));
        report.section("Measured speed, half of the channels");
        report.table(
                List.of(
                        "network",
                        "batch",
                        "ms whole",
                        "ms half",
                        "times as fast",
                        "times fewer multiply-adds"),
                r.speeds().stream()
                        .map(s ->
                                List.of(
                                        s.network(),
                                        String.valueOf(s.batch()),
                                        text("%.3f", s.latency().wide()),
                                        text("%.3f", s.latency().small()),
                                        text("%.2f", s.latency().speedUp()),
                                        text("%.2f", s.macs())))
                        .toList());
        report.section("Where it comes from");
        List<List<String>> facts = new ArrayList<>();
        for (String key :
                List.of("preset", "seeds", "commit", "jdk", "device", "threads", "seconds")) {
            facts.add(List.of(key, String.valueOf(json.get(key))));
        }
        return report.table(List.of("what", "value"), facts);
    }

    /// The first, the middle and the last layer.
    private static List<Integer> shown(Trial t) {
        int last = t.steps().size() - 1;
        return List.of(0, last / 2, last).stream().distinct().toList();
    }

    private static String chart(Results r, int layer) {
        List<LineChart.Curve> curves = new ArrayList<>();
        for (Criterion c : Criterion.values()) {
            if (c == Criterion.DCP || c == Criterion.RANDOM) {
                List<Double> losses = r.of(c).getFirst().steps().get(layer).losses();
                double[] x = new double[losses.size()];
                java.util.Arrays.setAll(x, k -> k);
                double[] y = losses.stream().mapToDouble(v -> v).toArray();
                curves.add(new LineChart.Curve(PruneSettings.name(c), x, y));
            }
        }
        return new LineChart("selected channels", "objective", false, curves).svg();
    }

    /// Blocks for the channels that stay, a row per method.
    private static String channels(Results r, int layer) {
        var out = new StringBuilder();
        int channels = r.of(Criterion.DCP).getFirst().steps().get(layer).channels();
        int cell = 8;
        int rows = Criterion.values().length;
        out.append(
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"11\" fill=\"currentColor\">\n"
                        .formatted(
                                110 + channels * cell,
                                rows * 14,
                                110 + channels * cell,
                                rows * 14));
        int y = 0;
        for (Criterion c : Criterion.values()) {
            out.append(
                    "<text x=\"0\" y=\"%d\">%s</text>\n".formatted(y + 10, PruneSettings.name(c)));
            for (int k : r.of(c).getFirst().steps().get(layer).kept()) {
                out.append(
                        "<rect x=\"%d\" y=\"%d\" width=\"7\" height=\"11\"/>\n"
                                .formatted(110 + k * cell, y + 1));
            }
            y += 14;
        }
        return out.append("</svg>").toString();
    }

    private static List<List<String>> kept(Results r) {
        return r.adaptive().getFirst().steps().stream()
                .map(s ->
                        List.of(
                                s.layer(),
                                String.valueOf(s.channels()),
                                String.valueOf(s.kept().size())))
                .toList();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
