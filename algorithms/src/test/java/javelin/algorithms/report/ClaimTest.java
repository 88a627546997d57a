package javelin.algorithms.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Rules are applied to the values beside them.
class ClaimTest {
    private static Claim rate(double value) {
        return Claim.atLeast("qr", "codes are read", "rate", 0.95, Map.of("rate", value), 0.0125);
    }

    @Test
    void aClaimHoldsWithinItsBound() {
        assertThat(rate(0.95).holds()).isTrue();
        assertThat(rate(0.94).holds()).isFalse();
        assertThat(rate(Double.NaN).holds()).isFalse();
        assertThat(rate(1).margin()).isEqualTo(1 - 0.95);
        Claim none = Claim.atMost("none", "none is read", "read", 0, Map.of("read", 1.0), null);
        assertThat(none.holds()).isFalse();
        assertThat(none.margin()).isEqualTo(-1);
    }

    @Test
    void fieldsSayRuleAndValues() {
        assertThat(rate(0.94).fields())
                .containsEntry("id", "qr")
                .containsEntry("rule", "rate >= 0.95")
                .containsEntry("holds", false)
                .containsEntry("values", Map.of("rate", 0.94))
                .containsEntry("error", 0.0125);
        assertThat(rate(Double.NaN).fields()).containsEntry("margin", null);
        assertThat(rate(0.94))
                .hasToString("does NOT hold: codes are read (rate >= 0.95; rate 0.94)");
    }

    @Test
    void aRuleNeedsItsValue() {
        assertThatThrownBy(() -> Claim.atLeast("a", "b", "rate", 1, Map.of("read", 1.0), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("claim a: no value 'rate' among [read]");
    }

    @Test
    void findingsHaveTheCommonForm() {
        var findings =
                new Findings(
                        "dcp",
                        "smoke",
                        List.of(1L, 2L),
                        List.of(new Findings.Data("drawn digits", null)),
                        List.of(rate(0.96)),
                        Map.of("accuracy", 0.5),
                        1.5);
        assertThat(findings.fields(Map.of("commit", "abc")))
                .containsOnlyKeys(
                        "experiment",
                        "preset",
                        "seeds",
                        "commit",
                        "data",
                        "claims",
                        "metrics",
                        "seconds")
                .containsEntry("seeds", List.of(1L, 2L));
    }
}
