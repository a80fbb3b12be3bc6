package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.transcription.ConfusionNetwork.Choice;
import io.earshot.transcription.Hypothesis.Heard;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ConfusionNetworkTest {
  @Test
  void choices_oneReading_itsWordsForCertain() {
    List<Choice> choices = ConfusionNetwork.of(List.of(reading(100, "money back"))).choices();

    assertThat(texts(choices)).containsExactly("money", "back");
    assertThat(choices).allSatisfy(choice -> assertThat(choice.share()).isEqualTo(1));
    assertThat(choices).allSatisfy(choice -> assertThat(choice.others()).isEmpty());
  }

  @Test
  void choices_readingsAgreeAgainstTheFirst_theirWordWins() {
    List<Choice> choices =
        ConfusionNetwork.of(
                List.of(
                    reading(100, "my name is karen"),
                    reading(99.9, "my name is kevin"),
                    reading(99.8, "her name is kevin")))
            .choices();

    assertThat(texts(choices)).containsExactly("my", "name", "is", "kevin");
    assertThat(choices.getLast().share()).isBetween(0.6, 0.7);
    assertThat(choices.getLast().others())
        .singleElement()
        .satisfies(
            other -> {
              assertThat(other.getKey()).isEqualTo("karen");
              assertThat(other.getValue()).isBetween(0.3, 0.4);
            });
  }

  @Test
  void choices_mostReadingsHaveNothingThere_wordLeftOut() {
    List<Choice> choices =
        ConfusionNetwork.of(
                List.of(
                    reading(100, "yes i please"),
                    reading(99.9, "yes please"),
                    reading(99.8, "yes please")))
            .choices();

    assertThat(texts(choices)).containsExactly("yes", "please");
  }

  @Test
  void choices_mostReadingsHaveOneMore_wordPutIn() {
    List<Choice> choices =
        ConfusionNetwork.of(
                List.of(
                    reading(100, "yes please"),
                    reading(99.9, "oh yes please"),
                    reading(99.8, "oh yes please thanks"),
                    reading(99.7, "oh yes please thanks")))
            .choices();

    assertThat(texts(choices)).containsExactly("oh", "yes", "please");
  }

  @Test
  void choices_worseByFar_noAlternative() {
    List<Choice> choices =
        ConfusionNetwork.of(List.of(reading(100, "four"), reading(70, "for"))).choices();

    assertThat(choices.getFirst().others()).isEmpty();
  }

  @Test
  void choices_nothingHeard_none() {
    assertThat(ConfusionNetwork.of(List.of()).choices()).isEmpty();
    assertThat(ConfusionNetwork.of(List.of(reading(1, ""))).choices()).isEmpty();
  }

  @Property(tries = 300)
  void choices_anyReadings_sharesOfAPlaceAddUpToOneAtMost(
      @ForAll @Size(min = 1, max = 8)
          List<@StringLength(max = 9) @CharRange(from = 'a', to = 'd') String> readings,
      @ForAll @DoubleRange(min = 0.1, max = 20) double step) {
    List<Hypothesis> hypotheses = new ArrayList<>();
    for (String letters : readings) {
      hypotheses.add(
          reading(-step * hypotheses.size(), String.join(" ", letters.split("", -1)).strip()));
    }

    for (Choice choice : ConfusionNetwork.of(hypotheses).choices()) {
      double sum =
          choice.share() + choice.others().stream().mapToDouble(other -> other.getValue()).sum();
      assertThat(sum).isLessThanOrEqualTo(1 + 1e-9);
      assertThat(choice.others())
          .allSatisfy(other -> assertThat(other.getValue()).isLessThanOrEqualTo(choice.share()));
    }
  }

  @Test
  void calibration_anyShare_growsWithItAndStaysInside() {
    double last = 0;
    for (int i = 0; i <= 100; i++) {
      double confidence = Calibration.confidence(i / 100.0);
      assertThat(confidence).isStrictlyBetween(0.0, 1.0).isGreaterThanOrEqualTo(last);
      last = confidence;
    }
    assertThat(Calibration.confidence(0.5)).isCloseTo(0.65, within(0.01));
  }

  static Hypothesis reading(double score, String text) {
    List<Heard> words = new ArrayList<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      words.add(new Heard(word, words.size(), words.size() + 1));
    }
    return new Hypothesis(words, score);
  }

  private static List<String> texts(List<Choice> choices) {
    return choices.stream().map(choice -> choice.word().text()).toList();
  }
}
