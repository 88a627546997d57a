package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment.Results;
import javelin.algorithms.fourierspi.recognition.Rate;
import javelin.algorithms.report.Claim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the experiment claims, and the rules.
public final class FourierSpiClaims {
    private static final double READ = 0.95;
    private static final double TIMES = 100;
    private static final double CELLS = 100_000;

    private FourierSpiClaims() {}

    /// All claims.
    public static List<Claim> of(Results r) {
        return List.of(
                Claim.atLeast(
                        "qr-tenth",
                        "QR codes are read from a tenth of the measurements",
                        "rate",
                        READ,
                        values(r.tenth().rate()),
                        error(r.tenth().rate())),
                Claim.atMost(
                        "qr-fiftieth",
                        "no QR code is read from a fiftieth of the measurements",
                        "read",
                        0,
                        values(r.fiftieth().rate()),
                        null),
                faster(r.speed()),
                stream(r.stream()),
                cells(r.cytometry().speed()));
    }

    private static Map<String, Double> values(Rate rate) {
        var values = new LinkedHashMap<String, Double>();
        values.put("rate", rate.value());
        values.put("read", (double) rate.good());
        values.put("codes", (double) rate.trials());
        return values;
    }

    private static double error(Rate rate) {
        return (rate.high() - rate.low()) / 2;
    }

    /// One-shot methods are no iterative opponents; one that is never as good has no time at equal
    /// quality.
    private static Claim faster(List<SpeedStudy.Row> rows) {
        List<SpeedStudy.Row> iterative =
                rows.stream().filter(o -> o.opponent().result().ownIterations() > 1).toList();
        var values = new LinkedHashMap<String, Double>();
        int under = 0;
        int never = 0;
        for (SpeedStudy.Row row : iterative) {
            if (Double.isNaN(row.ratio())) {
                never++;
            } else {
                values.put(row.target() + ", " + row.solver(), row.ratio());
                under += row.ratio() < TIMES ? 1 : 0;
            }
        }
        values.put("opponents", (double) iterative.size());
        values.put("never as good", (double) never);
        values.put("under 100 times", iterative.isEmpty() ? Double.NaN : under);
        return Claim.atMost(
                "speed",
                "a picture takes a hundredth of the time of every iterative opponent to one as good",
                "under 100 times",
                0,
                values,
                null);
    }

    private static Claim stream(StreamStudy.Result s) {
        var values = new LinkedHashMap<String, Double>();
        boolean whole = s.agrees() && s.paced().lost() == 0;
        values.put("lines/s, none lost", whole ? s.free().rate() : 0);
        values.put("lost at the instrument's pace", (double) s.paced().lost());
        values.put("instrument", s.needed());
        return Claim.atLeast(
                "stream",
                "one thread reconstructs lines as fast as the instrument measures them",
                "lines/s, none lost",
                s.needed(),
                values,
                null);
    }

    private static Claim cells(CytometryStudy.Throughput t) {
        var values = new LinkedHashMap<String, Double>();
        boolean whole = t.paced().stream().lost() == 0;
        values.put("cells/s, no line lost", whole ? t.free().rate() : 0);
        values.put("arriving", t.arrivals());
        values.put("lines lost at that pace", (double) t.paced().stream().lost());
        return Claim.atLeast(
                "cells",
                "100,000 cells a second pass trigger, reconstruction, segmentation, features and classifier",
                "cells/s, no line lost",
                CELLS,
                values,
                null);
    }
}
