package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordErrorRateTest {
  @Test
  void of_oneErrorOfEachKind_counted() {
    WordErrorRate rate =
        WordErrorRate.of(
            List.of("my", "order", "is", "late", "again", "please"),
            List.of("my", "border", "is", "very", "late", "again"));

    assertThat(rate).isEqualTo(new WordErrorRate(1, 1, 1, 6));
    assertThat(rate.rate()).isEqualTo(0.5);
  }

  @Test
  void of_equalWords_noError() {
    WordErrorRate rate = WordErrorRate.of(List.of("thank", "you"), List.of("thank", "you"));

    assertThat(rate).isEqualTo(new WordErrorRate(0, 0, 0, 2));
    assertThat(rate.rate()).isZero();
  }

  @Test
  void of_emptySides_insertionsOrDeletionsOnly() {
    List<String> two = List.of("thank", "you");

    assertThat(WordErrorRate.of(List.of(), two)).isEqualTo(new WordErrorRate(0, 0, 2, 0));
    assertThat(WordErrorRate.of(two, List.of())).isEqualTo(new WordErrorRate(0, 2, 0, 2));
    assertThat(WordErrorRate.of(List.of(), List.of())).isEqualTo(WordErrorRate.NONE);
    assertThat(WordErrorRate.of(List.of(), two).rate()).isEqualTo(2);
  }

  @Test
  void plus_twoRecordings_rateOverAllWords() {
    WordErrorRate sum = new WordErrorRate(1, 0, 0, 1).plus(new WordErrorRate(0, 0, 0, 9));

    assertThat(sum.rate()).isEqualTo(0.1);
  }

  @Test
  void constructor_negativeCount_refusedWithTheCounts() {
    assertThatThrownBy(() -> new WordErrorRate(0, -1, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0, -1, 0 of 3");
  }
}
