package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private InteractionIndex index;

  @BeforeEach
  @BeforeTry
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  @AfterTry
  void closeIndex() {
    index.close();
  }

  private Optional<String> meant(String query) {
    return index.customer("c-1").search(query).didYouMean();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "kettel, kettle",
        "Kettel BROKN, kettle broken",
        "`\"full refnd\"`, `\"full refund\"`",
        "kettel -refund, kettle -refund",
        "said-by:customer (kettel OR xyzzy), said-by:customer (kettle OR xyzzy)",
        "kettel NEAR/3 broken, kettle NEAR/3 broken",
        "kettel WITHIN/2m refnd, kettle WITHIN/2m refund",
        "kettel channel:chat, kettle channel:chat",
        "e-mial, e-mail",
        "kettle’z brokn, kettle broken",
      })
  void didYouMean_mistyped_closestWordsOfTheScope(String typed, String expected) {
    index.add(chat("1", "c-1", MAY, "my kettle is broken", "a full order by e-mail"));
    index.add(chat("2", "c-1", MAY, "my kettle is broken", "full refund then"));
    if (typed.contains("-refund")) {
      index.remove("2");
    }

    assertThat(meant(typed)).contains(expected);
    assertThat(index.customer("c-1").search(expected).total()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"dor, door", "teh, the", "fro, for", "hause, house"})
  void didYouMean_severalAsClose_withTheSameFirstLetter(String typed, String expected) {
    index.add(chat("1", "c-1", MAY, "the door of a house", "for whom"));
    index.add(chat("2", "c-1", MAY, "cause for concern", "clause for you"));

    assertThat(meant(typed)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kettles", // holds its stem
        "kettel channel:call", // corrected, it finds nothing either
        "kettel*",
        "xettxx~1",
        "tag:kettel",
        "-kettle",
        "ab",
        "4521", // a number is not corrected
        "4513x",
        "4512xx", // nor is what holds one
        "keyboard", // only a stranger's
        "kaxtlx",
        "zzzzzz",
        "ket",
        "",
      })
  void didYouMean_nothingToCorrect_none(String typed) {
    index.add(chat("1", "c-1", MAY, "my kettle is an 4512 and 4512x"));
    index.add(chat("2", "c-2", MAY, "keyboards kaxtle ketl"));

    assertThat(meant(typed)).isEmpty();
  }

  @Test
  void didYouMean_severalAsNear_mostFrequentThenAlphabet() {
    index.add(chat("1", "c-1", MAY, "kettly", "kettlo"));
    index.add(chat("2", "c-1", MAY, "kettlo"));
    index.add(chat("3", "c-1", MAY, "lampy lampa"));

    assertThat(meant("kettlx")).contains("kettlo");
    assertThat(meant("lampx")).contains("lampa");
  }

  @Test
  void didYouMean_nearerThoughRarer_nearest() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-1", MAY, "kettxx"));
    index.add(chat("3", "c-1", MAY, "kettxx"));

    assertThat(meant("kettel")).contains("kettle"); // a swap is one edit
  }

  @Test
  void didYouMean_somethingFound_none() {
    index.add(chat("1", "c-1", MAY, "kettel"));
    index.add(chat("2", "c-1", MAY, "kettle"));

    assertThat(meant("kettel")).isEmpty();
  }

  @Test
  void didYouMean_wordOfASubject_correctedToIt() {
    index.add(mail("1", "c-1", MAY, "Warranty", Turn.builder("kim@example.com").text("x").build()));

    assertThat(meant("subject:waranty")).contains("subject:warranty");
    assertThat(meant("waranty")).contains("warranty");
  }

  @Test
  void didYouMean_wordThatWasRemoved_none() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-1", MAY, "lamp"));
    assertThat(meant("kettel")).contains("kettle");

    index.remove("1");

    assertThat(meant("kettel")).isEmpty();
  }

  @Test
  void didYouMean_everyone_wordsOfAll() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-2", MAY, "lamp"));

    assertThat(index.everyone().search("kettel").didYouMean()).contains("kettle");
    assertThat(index.everyone().search("x".repeat(255)).didYouMean()).isEmpty();
  }

  @Test
  void search_typo_everyoneAsOneCustomer() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    for (String query : List.of("kettel~", "kttl~2", "kette~1", "xettel~1")) {
      assertThat(index.everyone().search(query).total())
          .isEqualTo(index.customer("c-1").search(query).total());
    }
  }

  @Provide
  Arbitrary<List<List<String>>> histories() {
    return Arbitraries.of("kettle", "kettles", "kitten", "lamp", "lump", "sofa", "soda", "order")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(90);
  }

  @Provide
  Arbitrary<String> typed() {
    return Arbitraries.of(
        "kettel", "kittle", "lomp", "limp kettxe", "sota", "\"oder limp\"", "lmap");
  }

  @Property(tries = 40)
  void didYouMean_withAndWithoutOtherCustomers_sameAndInScope(
      @ForAll("histories") List<List<String>> mine,
      @ForAll("histories") List<List<String>> others,
      @ForAll("typed") String typed,
      @ForAll boolean commits) {
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open()) {
      Crowd.fill(alone, index, mine, others, commits);

      Optional<String> meant = meant(typed);

      assertThat(meant).isEqualTo(alone.customer("c-1").search(typed).didYouMean());
      List<String> asTyped = List.of(typed.replace("\"", "").split(" "));
      for (String word : meant.orElse("").replace("\"", "").split(" ")) {
        // What nothing is close to stays, and the hits lack it.
        assertThat(
                word.isEmpty()
                    || asTyped.contains(word)
                    || mine.stream().anyMatch(turns -> turns.contains(word)))
            .isTrue();
      }
    }
  }

  @Test
  void didYouMean_correctedHasMostOfTheWords_isOfferedBesideTheRelaxedHits() {
    index.add(chat("1", "c-1", MAY, "an appointment"));
    index.add(chat("2", "c-1", MAY, "a table"));

    assertThat(meant("appointmant table")).contains("appointment table");
    assertThat(meant("appointmant giraffe")).contains("appointment giraffe");
    assertThat(
            index
                .customer("c-1")
                .search(SearchRequest.builder("appointmant table").relaxing(false).build())
                .didYouMean())
        .isEmpty();
  }
}
