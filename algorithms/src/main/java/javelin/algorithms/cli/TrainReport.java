package javelin.algorithms.cli;

import javelin.algorithms.report.Confusion;
import javelin.algorithms.report.LineChart;
import javelin.algorithms.report.LineChart.Curve;
import javelin.algorithms.report.Report;
import javelin.nn.data.Splits;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page about a training run.
final class TrainReport {
    private TrainReport() {}

    /// Result, curves, confusion matrix, settings and origin.
    static Report of(
            Training training,
            Training.Result result,
            Confusion confusion,
            Map<String, @Nullable Object> json) {
        Recipe recipe = training.recipe();
        var report =
                new Report("%s on %s".formatted(recipe.model(), training.sets().description()));
        var facts = new LinkedHashMap<String, Object>();
        for (String key : List.of("validation_accuracy", "test_accuracy")) {
            if (json.get(key) instanceof Double d) {
                facts.put(key.replace('_', ' '), TrainCommand.percent(d));
            }
        }
        facts.put(
                "parameters",
                String.format(Locale.ROOT, "%,d", result.classifier().network().parameterCount()));
        facts.put(
                "speed",
                String.format(Locale.ROOT, "%,.0f images per second", result.imagesPerSecond()));
        report.facts(facts);
        curves(report, result);
        report.section("Which class was taken for which").html(confusion.html());
        report.section("Settings").facts(recipe.toJson());
        origin(report, training.sets(), json);
        return report;
    }

    /// Loss of each step, loss and accuracy of each epoch, learning rate.
    static void curves(Report report, Training.Result result) {
        StepTable table = result.table();
        report.section("Curves")
                .figure(
                        chart(
                                "step",
                                "loss",
                                true,
                                new Curve("training", table.steps(), table.loss())),
                        "Loss of each step, before the step.")
                .figure(
                        chart(
                                "epoch",
                                "loss",
                                false,
                                Curve.of("training", result.history().values("loss")),
                                Curve.of("validation", result.history().values("validation_loss"))),
                        "Mean loss of each epoch.")
                .figure(
                        chart(
                                "epoch",
                                "part",
                                false,
                                Curve.of(
                                        "validation accuracy",
                                        result.history().values("validation_accuracy"))),
                        "Part of the validation images that was recognised.")
                .figure(
                        chart(
                                "step",
                                "rate",
                                false,
                                new Curve("learning rate", table.steps(), table.rate())),
                        "Learning rate.");
    }

    private static String chart(String x, String y, boolean logarithmic, Curve... curves) {
        return new LineChart(x, y, logarithmic, List.of(curves)).svg();
    }

    /// Program, machine and data.
    static void origin(Report report, Sets sets, Map<String, @Nullable Object> json) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        for (String key :
                List.of(
                        "version", "commit", "jdk", "system", "device", "threads", "simd",
                        "flags")) {
            facts.put(key, json.get(key));
        }
        report.section("Where this comes from").facts(facts);
        List<List<String>> rows = new ArrayList<>();
        for (Splits.Source file : sets.sources()) {
            rows.add(
                    List.of(
                            file.file(),
                            String.format(Locale.ROOT, "%,d", file.bytes()),
                            file.sha256()));
        }
        report.text(
                "Data: %s; SHA-256 of the training images %s"
                        .formatted(sets.description(), Sets.hash(sets.train())));
        if (!rows.isEmpty()) {
            report.table(List.of("file", "bytes", "SHA-256"), rows);
        }
    }
}
