package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

class EditsTest {
  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("abc\u00e9").ofMinLength(1).ofMaxLength(7);
  }

  @Property(tries = 200)
  void to_anyWords_asLucenesAutomataSay(
      @ForAll("words") String word,
      @ForAll List<@From("words") String> candidates,
      @ForAll @IntRange(min = 1, max = 2) int most) {
    Edits edits = new Edits(word, most);

    for (String candidate : candidates) {
      int expected = 0;
      while (expected <= most && !automaton(word, expected).run(candidate)) {
        expected++;
      }
      assertThat(edits.to(new BytesRef(candidate))).isEqualTo(expected);
    }
  }

  private static CharacterRunAutomaton automaton(String word, int edits) {
    return new CharacterRunAutomaton(
        Operations.determinize(new LevenshteinAutomata(word, true).toAutomaton(edits), 100_000));
  }
}
