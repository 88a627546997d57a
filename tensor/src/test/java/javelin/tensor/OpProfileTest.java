package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.tensor.ops.Exp;

import org.junit.jupiter.api.Test;

import java.util.List;

class OpProfileTest {
    @Test
    void addsUpOpsOfAKind() {
        var profile = new OpProfile();
        Tensor x = Tensor.ones(4, 3);
        OpWatch.during(profile, () -> Exp.exp(Exp.exp(x.matmul(Tensor.ones(3, 5)))));
        List<OpProfile.Row> rows = profile.rows();
        assertThat(rows).extracting(OpProfile.Row::op).containsExactlyInAnyOrder("exp", "matmul");
        OpProfile.Row exp = rows.get(rows.getFirst().op().equals("exp") ? 0 : 1);
        OpProfile.Row matmul = rows.get(rows.getFirst().op().equals("exp") ? 1 : 0);
        assertThat(exp.calls()).isEqualTo(2);
        assertThat(exp.macs()).isZero();
        assertThat(exp.gflops()).isZero();
        assertThat(matmul.macs()).isEqualTo(4 * 3 * 5);
        assertThat(profile.nanos()).isEqualTo(exp.nanos() + matmul.nanos());
        assertThat(rows.get(0).nanos()).isGreaterThanOrEqualTo(rows.get(1).nanos());
    }
}
