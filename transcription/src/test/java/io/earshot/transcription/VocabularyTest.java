package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.transcription.ConfusionNetwork.Choice;
import io.earshot.transcription.Hypothesis.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void apply_phraseAmongTheReadings_preferredToANarrowWinner() {
    List<Choice> heard =
        List.of(choice("this", 1), choice("is", 1), choice("karen", 0.6, "kevin", 0.3));

    assertThat(apply(heard, "Kevin")).containsExactly("this", "is", "kevin");
    assertThat(new Vocabulary(List.of("kevin")).apply(heard).getLast().others())
        .extracting(Map.Entry::getKey)
        .containsExactly("karen");
  }

  @Test
  void apply_phraseFarBehind_asHeard() {
    assertThat(apply(List.of(choice("karen", 0.9, "kevin", 0.05)), "kevin"))
        .containsExactly("karen");
  }

  @Test
  void apply_onlyPartOfAPhraseAmongTheReadings_asHeard() {
    List<Choice> heard = List.of(choice("smart", 1), choice("sitter", 0.5, "meter", 0.01));

    assertThat(apply(heard, "smart meter")).containsExactly("smart", "sitter");
  }

  @Test
  void apply_partIsTheSameAndTheRestSoundsAlike_phrase() {
    assertThat(apply(List.of(choice("daniel", 1), choice("right", 0.9)), "Daniel Wright"))
        .containsExactly("daniel", "wright");
  }

  @Test
  void apply_nameTheModelDoesNotKnow_putTogetherFromWhatItHeard() {
    List<Choice> heard = List.of(choice("my", 1), choice("aqua", 0.7), choice("spin", 0.7));

    assertThat(apply(heard, "AquaSpin")).containsExactly("my", "aquaspin");
    List<Choice> result = new Vocabulary(List.of("AquaSpin")).apply(heard);
    assertThat(result.getLast().word().startSeconds()).isEqualTo(1);
    assertThat(result.getLast().word().endSeconds()).isEqualTo(3);
    assertThat(result.getLast().others())
        .extracting(Map.Entry::getKey)
        .containsExactly("aqua spin");
  }

  @Test
  void apply_certainWordThatOnlySoundsAlike_asHeard() {
    assertThat(apply(List.of(choice("right", 1)), "wright")).containsExactly("right");
  }

  @Test
  void apply_shortWord_notPutInForAnotherShortOne() {
    assertThat(apply(List.of(choice("an", 0.6)), "ann")).containsExactly("an");
  }

  @Test
  void apply_emptyVocabularyOrBlankPhrases_asHeard() {
    List<Choice> heard = List.of(choice("hello", 0.5));

    assertThat(new Vocabulary(List.of()).apply(heard)).isEqualTo(heard);
    assertThat(new Vocabulary(List.of("", "  ")).apply(heard)).isEqualTo(heard);
  }

  private static List<String> apply(List<Choice> heard, String... phrases) {
    // places have times of their own: second by second
    List<Choice> timed = new ArrayList<>();
    for (Choice each : heard) {
      timed.add(
          new Choice(
              new Heard(each.word().text(), timed.size(), timed.size() + 1),
              each.share(),
              each.others()));
    }
    return new Vocabulary(List.of(phrases))
        .apply(timed).stream().map(choice -> choice.word().text()).toList();
  }

  private static Choice choice(String word, double share) {
    return new Choice(new Heard(word, 1, word.equals("spin") ? 3 : 2), share, List.of());
  }

  private static Choice choice(String word, double share, String other, double others) {
    return new Choice(new Heard(word, 1, 2), share, List.of(Map.entry(other, others)));
  }
}
