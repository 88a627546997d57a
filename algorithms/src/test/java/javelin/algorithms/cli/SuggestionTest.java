package javelin.algorithms.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SuggestionTest {
    @Test
    void distanceCountsEdits() {
        assertThat(Suggestion.distance("resnet20", "resnet20")).isZero();
        assertThat(Suggestion.distance("resnet2", "resnet20")).isEqualTo(1);
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void farWordsAreNotSuggested() {
        assertThat(Suggestion.text("banana", List.of("train", "demo"))).isEmpty();
        assertThat(Suggestion.text("resnet999", List.of("resnet8", "resnet20"))).isEmpty();
        assertThat(Suggestion.text("Train", List.of("train", "demo")))
                .isEqualTo(" (did you mean 'train'?)");
    }
}
