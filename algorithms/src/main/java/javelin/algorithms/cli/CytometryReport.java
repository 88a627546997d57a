package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.cytometry.Cell;
import javelin.algorithms.fourierspi.cytometry.Cytometer;
import javelin.algorithms.fourierspi.cytometry.EventMatching;
import javelin.algorithms.fourierspi.experiment.CytometryStudy;
import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment.Cytometry;
import javelin.algorithms.report.Report;
import javelin.nn.metrics.ConfusionMatrix;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The flow cytometer's part of [FourierSpiReport].
final class CytometryReport {
    private CytometryReport() {}

    static List<String> lines(Cytometry c) {
        List<String> all = new ArrayList<>();
        c.settings()
                .forEach((name, a) ->
                        all.add(
                                text(
                                        "cells, %s: %.3f detected, %.3f told apart",
                                        name, a.events().detectionRate(), a.linear().accuracy())));
        CytometryStudy.Throughput t = c.speed();
        all.add(
                text(
                        "cells: %,.0f/s on two threads; with %,.0f/s arriving %,d of %,d lines lost",
                        t.free().rate(),
                        t.arrivals(),
                        t.paced().stream().lost(),
                        t.paced().stream().lost() + t.paced().stream().lines()));
        return all;
    }

    static Map<String, @Nullable Object> fields(Cytometry c) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        var settings = new LinkedHashMap<String, @Nullable Object>();
        c.settings().forEach((name, a) -> settings.put(name, fields(a)));
        all.put("one_by_one", settings);
        var flow = new LinkedHashMap<String, @Nullable Object>();
        flow.put("events", fields(c.flow().events()));
        flow.put("cells_overlapping", c.flow().overlapping());
        flow.put("cells_found", c.flow().found());
        flow.put("spurious", c.flow().spurious());
        flow.put("accuracy", c.flow().linear().accuracy());
        all.put("random_flow", flow);
        var speed = new LinkedHashMap<String, @Nullable Object>();
        speed.put("arrivals_per_s", c.speed().arrivals());
        speed.put("needed_lines_per_s", c.speed().needed());
        speed.put("free", fields(c.speed().free()));
        speed.put("paced", fields(c.speed().paced()));
        all.put("throughput", speed);
        return all;
    }

    private static Map<String, @Nullable Object> fields(CytometryStudy.Accuracy a) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("events", fields(a.events()));
        one.put("cells_found", a.found());
        one.put("spurious", a.spurious());
        one.put("diameter_correlation", a.correlation());
        one.put("linear", fields(a.linear()));
        one.put("quadratic", fields(a.quadratic()));
        one.put("network", fields(a.network()));
        one.put(
                "roc_areas",
                IntStream.range(0, a.areas().length).mapToObj(k -> a.areas()[k]).toList());
        return one;
    }

    private static Map<String, @Nullable Object> fields(ConfusionMatrix m) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("accuracy", m.accuracy());
        one.put("recall", IntStream.range(0, m.classes()).mapToObj(m::recall).toList());
        one.put(
                "truth_by_answer",
                IntStream.range(0, m.classes())
                        .mapToObj(i ->
                                IntStream.range(0, m.classes())
                                        .mapToObj(j -> m.count(i, j))
                                        .toList())
                        .toList());
        return one;
    }

    private static Map<String, @Nullable Object> fields(EventMatching e) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("cells", e.cells());
        one.put("events", e.events());
        one.put("detected", e.detected());
        one.put("missed", e.missed());
        one.put("doubled", e.doubled());
        one.put("coincidences", e.coincidences());
        one.put("empty", e.empty());
        return one;
    }

    private static Map<String, @Nullable Object> fields(Cytometer.Streamed s) {
        var one = FourierSpiReport.fields(s.stream());
        one.put("events", s.events());
        one.put("cells", s.cells());
        one.put("cells_per_s", s.rate());
        return one;
    }

    static void add(Report report, Cytometry c) {
        report.section("Flow cytometry")
                .text(
                        "Cells of three classes: small, large with a large nucleus, large with a"
                                + " small one. Events are found by the light of each line alone;"
                                + " their lines are reconstructed, cells cut out, measured by 19"
                                + " features and classified by a linear (LDA) or quadratic (QDA)"
                                + " discriminant or a small network. First one by one:")
                .table(
                        List.of(
                                "coefficients × phases",
                                "detected",
                                "doubled",
                                "spurious",
                                "diameter, correlation",
                                "LDA",
                                "QDA",
                                "network",
                                "recall " + names()),
                        c.settings().entrySet().stream()
                                .map(e -> cells(e.getKey(), e.getValue()))
                                .toList());
        CytometryStudy.Flow f = c.flow();
        report.text(
                text(
                        "At random, 100,000 a second on average: of %,d cells %.0f %% share a height"
                                + " with another one. %,d missed by the trigger, %,d in two events,"
                                + " %,d events with several cells; %.3f found in the pictures, %,d"
                                + " places are no cell, %.3f of the found ones told apart.",
                        f.events().cells(),
                        100 * f.overlapping(),
                        f.events().missed(),
                        f.events().doubled(),
                        f.events().coincidences(),
                        f.found(),
                        f.spurious(),
                        f.linear().accuracy()));
        report.pictures(
                List.of(
                        new Report.Shown(
                                FourierSpiReport.png(f.picture(), f.width()),
                                170,
                                "part of the flow, 40 µm wide",
                                Report.Mood.PLAIN)));
        report.text("Through the whole chain, on two threads:")
                .table(
                        List.of("", "cells/s", "events/s", "lines/s", "lines lost", "p99 latency"),
                        List.of(
                                cells("as fast as it goes", c.speed().free()),
                                cells(
                                        text("%,.0f cells/s arrive", c.speed().arrivals()),
                                        c.speed().paced())));
    }

    private static String names() {
        return String.join(", ", Stream.of(Cell.Kind.values()).map(Cell.Kind::name).toList());
    }

    private static List<String> cells(String name, CytometryStudy.Accuracy a) {
        return List.of(
                name,
                text("%d of %d", a.events().detected(), a.events().cells()),
                text("%d", a.events().doubled()),
                text("%d", a.spurious()),
                text("%.3f", a.correlation()),
                text("%.3f", a.linear().accuracy()),
                text("%.3f", a.quadratic().accuracy()),
                text("%.3f", a.network().accuracy()),
                String.join(
                        ", ",
                        IntStream.range(0, a.linear().classes())
                                .mapToObj(k -> text("%.2f", a.linear().recall(k)))
                                .toList()));
    }

    private static List<String> cells(String name, Cytometer.Streamed s) {
        return List.of(
                name,
                text("%,.0f", s.rate()),
                text("%,.0f", s.events() / s.seconds()),
                text("%,.0f", s.stream().rate()),
                text("%,d", s.stream().lost()),
                text("%.3f ms", s.stream().p99Latency() * 1e3));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
