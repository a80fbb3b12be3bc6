package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
import org.junit.jupiter.params.provider.ValueSource;

class SuggestTest {
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

  private List<String> suggest(String typed) {
    return texts(index.customer("c-1").suggest(typed));
  }

  private static List<String> texts(List<Suggestion> suggestions) {
    return suggestions.stream().map(Suggestion::text).toList();
  }

  private static List<String> texts(List<Suggestion> suggestions, SuggestionKind kind) {
    return texts(suggestions.stream().filter(one -> one.kind() == kind).toList());
  }

  @Test
  void suggest_beginningOfAWord_wordsOfThisCustomerByInteractions() {
    index.add(chat("1", "c-1", MAY, "kettle", "keys"));
    index.add(chat("2", "c-1", MAY, "keys keys"));
    index.add(chat("3", "c-2", MAY, "keyboard"));

    List<Suggestion> suggestions = index.customer("c-1").suggest("Ke");

    assertThat(suggestions)
        .containsExactly(
            new Suggestion("keys", SuggestionKind.WORD, 2),
            new Suggestion("kettle", SuggestionKind.WORD, 1),
            new Suggestion("keys keys", SuggestionKind.PHRASE, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"you'", "you\u2019", "hello you'"})
  void suggest_apostropheAtTheEnd_wordsThatGoOnBehindIt(String typed) {
    index.add(chat("1", "c-1", MAY, "hello you want what you're shown"));

    assertThat(suggest(typed)).first().asString().endsWith("you're");
    assertThat(suggest(typed)).allMatch(suggested -> suggested.contains("you're"));
  }

  @Test
  void suggest_inflections_mostFrequentFirstOthersLast() {
    index.add(chat("1", "c-1", MAY, "refunded", "refund", "refurbished"));
    index.add(chat("2", "c-1", MAY, "refunded"));

    assertThat(suggest("ref")).containsExactly("refunded", "refurbished", "refund");
    assertThat(texts(index.customer("c-1").suggest("ref", 2)))
        .containsExactly("refunded", "refurbished");
  }

  @Test
  void suggest_severalWords_goOnAsWrittenSideBySide() {
    index.add(chat("1", "c-1", MAY, "Please cancel my Order today", "cancel my old plan?"));
    index.add(chat("2", "c-1", MAY.plusSeconds(9), "cancel my order. Other things are fine"));
    index.add(chat("3", "c-1", MAY, "cancel my", "oven"));
    index.add(chat("4", "c-2", MAY, "cancel my offer"));

    List<Suggestion> suggestions = index.customer("c-1").suggest("Do CANCEL my o");

    assertThat(suggestions.getFirst())
        .isEqualTo(new Suggestion("Do CANCEL my order", SuggestionKind.PHRASE, 2));
    assertThat(texts(suggestions, SuggestionKind.PHRASE))
        .containsExactly(
            "Do CANCEL my order",
            "Do CANCEL my old",
            "Do CANCEL my old plan",
            "Do CANCEL my order today");
    assertThat(texts(suggestions, SuggestionKind.WORD))
        .containsExactly("Do CANCEL my other", "Do CANCEL my oven");
  }

  @Test
  void suggest_oneWord_alsoHowItGoesOn() {
    index.add(chat("1", "c-1", MAY, "cancel my order"));
    index.add(chat("2", "c-1", MAY, "cancel my plan"));

    assertThat(suggest("canc"))
        .containsExactly("cancel", "cancel my", "cancel my order", "cancel my plan");
    assertThat(suggest("cancel "))
        .containsExactly("cancel my", "cancel my order", "cancel my plan");
  }

  @Test
  void suggest_people_byAnyWordOfNameOrAddress() {
    index.add(chat("1", "c-1", MAY, "kidding"));
    Turn turn = Turn.builder("kim@example.com").text("x").build();
    Interaction mail = mail("2", "c-1", MAY, "Hello", turn);
    index.add(
        mail.toBuilder()
            .participants(List.of(mail.participants().getFirst().withAddress("kim@example.com")))
            .build());

    assertThat(suggest("ki"))
        .containsExactly("kidding", "from:\"Kim Doe\"", "from:kim@example.com");
    assertThat(suggest("DO")).containsExactly("from:\"Kim Doe\"");
    assertThat(suggest("exam")).containsExactly("from:kim@example.com");
    assertThat(suggest("-do")).containsExactly("-from:\"Kim Doe\"");
    assertThat(suggest("\"do")).isEmpty();
    assertThat(suggest("subject:do")).isEmpty();
  }

  @Test
  void suggest_behindOtherWords_onlyThePeopleWhoseNameGoesOn() {
    index.add(chat("1", "c-1", MAY, "washing kidding"));

    assertThat(suggest("washing k")).containsExactly("washing kidding");
    assertThat(suggest("with nina k"))
        .containsExactly("with from:\"Nina Kraus\"", "with nina kidding");
    assertThat(suggest("kraus n")).isEmpty();
    assertThat(suggest("washing from:k"))
        .containsExactlyInAnyOrder("washing from:\"Kim Doe\"", "washing from:\"Nina Kraus\"");
  }

  @Test
  void suggest_behindOtherWords_identifiersOnceADigitIsTyped() {
    index.add(chat("1", "c-1", MAY, "washing ORD-2026-4512 okay"));

    assertThat(suggest("or")).contains("ORD-2026-4512");
    assertThat(suggest("washing or")).doesNotContain("washing ORD-2026-4512");
    assertThat(suggest("washing 45")).startsWith("washing ORD-2026-4512");
    assertThat(suggest("washing ord 2026 4")).startsWith("washing ORD-2026-4512");
    assertThat(suggest("-45")).startsWith("-ORD-2026-4512");
  }

  @Test
  void suggest_signInFrontOfAnIdentifier_typedOnce() {
    index.add(chat("1", "c-1", MAY, "call +49 171 9876543 okay"));

    assertThat(suggest("+49 1")).startsWith("+49 171 9876543");
    assertThat(suggest("+49 1")).noneMatch(one -> one.contains("++"));
    assertThat(suggest("call +49 1")).startsWith("call +49 171 9876543");
    assertThat(suggest("49 1")).startsWith("+49 171 9876543");
  }

  @Test
  void suggest_addressThatIsBegun_addressesAndNothingThatNobodyWrote() {
    index.add(chat("1", "c-1", MAY, "to kim_doe+orders@example.com please", "or kim@example.com"));

    assertThat(suggest("kim.doe@")).containsExactly("kim_doe+orders@example.com");
    assertThat(suggest("kim@ex")).startsWith("kim@example.com");
    assertThat(suggest("kim@ex")).noneMatch(one -> one.endsWith("orders"));
  }

  @Test
  void suggest_people_findWhatTheyWrote() {
    index.add(chat("1", "c-1", MAY, "kettle", "keys"));

    for (String typed : List.of("ki", "kim d", "nina", "kettle nina k", "kr")) {
      List<Suggestion> people =
          index.customer("c-1").suggest(typed).stream()
              .filter(one -> one.kind() == SuggestionKind.PERSON)
              .toList();
      assertThat(people).hasSize(1);
      assertThat(index.customer("c-1").search(people.getFirst().text()).total()).isEqualTo(1);
    }
  }

  @Test
  void suggest_behindFilters_peopleWhereThereArePeople() {
    index.add(chat("1", "c-1", MAY, "nice kettle"));

    assertThat(suggest("kettle from:ni")).containsExactly("kettle from:\"Nina Kraus\"");
    assertThat(suggest("agent:\"Nina K")).containsExactly("agent:\"Nina Kraus");
    assertThat(suggest("agent:\"n")).containsExactly("agent:\"Nina Kraus");
    assertThat(suggest("tag:ni")).isEmpty();
    assertThat(suggest("tag:\"nice ket")).isEmpty();
    assertThat(suggest("subject:ni").getFirst()).isEqualTo("subject:nice");
    assertThat(suggest("-ni").getFirst()).isEqualTo("-nice");
    assertThat(suggest("first:60s(ni").getFirst()).isEqualTo("first:60s(nice");
  }

  @Test
  void suggest_withinQuotationMarks_onlyWhatGoesOnSo() {
    index.add(chat("1", "c-1", MAY, "full refund", "reply"));

    assertThat(suggest("\"re")).startsWith("\"refund", "\"reply");
    assertThat(suggest("\"full re")).containsExactly("\"full refund");
    assertThat(suggest("\"no full re")).isEmpty();
    assertThat(suggest("\"full refund\"")).isEmpty();
  }

  @Test
  void suggest_wordThatIsAlsoAName_shownOnceAsTheName() {
    index.add(chat("1", "c-1", MAY, "Kim here, about B7714", "hello Kim, B7714?"));

    List<Suggestion> names = index.customer("c-1").suggest("ki");

    assertThat(names.stream().map(Suggestion::text).filter("kim"::equalsIgnoreCase))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(index.customer("c-1").suggest("B7"))
        .extracting(Suggestion::text, Suggestion::kind)
        .containsExactly(tuple("B7714", SuggestionKind.IDENTIFIER));
  }

  @Test
  void suggest_partsOfOneWord_onlyWhatStandsSideBySide() {
    index.add(chat("1", "c-1", MAY, "e-mail about ORD-2026-4512", "made 2027"));

    assertThat(suggest("e-m")).containsExactly("e-mail", "e-mail about");
    assertThat(suggest("ORD-20").getFirst()).isEqualTo("ORD-2026-4512");
    assertThat(suggest("ORD-")).contains("ORD-2026");
  }

  @Test
  void suggest_removedAndReplaced_notSuggested() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-1", MAY, "keys"));
    assertThat(suggest("ke")).contains("kettle");

    index.remove("1");

    assertThat(suggest("ke")).containsExactly("keys");
  }

  @Test
  void suggest_manyInteractions_countedAnewAfterEachChange() {
    for (int i = 0; i < 150; i++) {
      index.add(chat("i" + i, "c-1", MAY.plusSeconds(i), "kettle number " + i));
      index.add(chat("o" + i, "c-2", MAY.plusSeconds(i), "kerosene"));
    }
    assertThat(index.customer("c-1").suggest("ket", 1))
        .containsExactly(new Suggestion("kettle", SuggestionKind.WORD, 150));

    index.add(chat("new", "c-1", MAY, "kettle"));
    index.remove("i7");
    index.remove("i8");

    assertThat(index.customer("c-1").suggest("ke", 1))
        .containsExactly(new Suggestion("kettle", SuggestionKind.WORD, 149));
    assertThat(index.customer("c-2").suggest("ke", 1))
        .containsExactly(new Suggestion("kerosene", SuggestionKind.WORD, 150));
  }

  @Test
  void suggest_everyone_wordsOfAllWithoutStems() {
    index.add(chat("1", "c-1", MAY, "refunds of kettles"));
    index.add(chat("2", "c-2", MAY, "refunds engaged"));
    index.add(chat("3", "c-2", MAY, "refuse"));
    index.remove("3");

    assertThat(index.everyone().suggest("ref"))
        .containsExactly(
            new Suggestion("refunds", SuggestionKind.WORD, 2),
            new Suggestion("refunds engaged", SuggestionKind.PHRASE, 1),
            new Suggestion("refunds of", SuggestionKind.PHRASE, 1),
            new Suggestion("refunds of kettles", SuggestionKind.PHRASE, 1));
    assertThat(texts(index.everyone().suggest("en"))).containsExactly("engaged");
  }

  @Test
  void suggest_limit_respectedWithPlacesForPeople() {
    List<String> words = new ArrayList<>();
    for (char c = 'a'; c <= 'z'; c++) {
      words.add("ki" + c + "x");
    }
    index.add(chat("1", "c-1", MAY, String.join(" ", words)));

    List<Suggestion> suggestions = index.customer("c-1").suggest("ki", 10);

    assertThat(suggestions).hasSize(10);
    assertThat(suggestions.getLast())
        .isEqualTo(new Suggestion("from:\"Kim Doe\"", SuggestionKind.PERSON, 1));
    assertThat(index.customer("c-1").suggest("ki", 1)).hasSize(1);
    assertThat(index.customer("c-1").suggest("ki", 100)).hasSizeGreaterThan(26);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101, Integer.MAX_VALUE})
  void suggest_limitOutOfRange_refused(int limit) {
    assertThatThrownBy(() -> index.customer("c-1").suggest("a", limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be in [1, 100], got " + limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\"", "(", ":", "-", "*", "...", "\ud800", "kettle)", "\u202e", "\n\t"})
  void suggest_nothingToComplete_nothing(String typed) {
    index.add(chat("1", "c-1", MAY, "kettle"));

    assertThat(suggest(typed)).isEmpty();
  }

  @Test
  void suggest_hugeText_answersAtOnce() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    assertThat(suggest("a".repeat(100_000))).isEmpty();
    assertThat(suggest("a ".repeat(50_000) + "ket")).hasSize(1);
    assertThat(suggest("\"".repeat(100_001))).isEmpty();
  }

  @Property(tries = 200)
  void suggest_anyText_neverThrowsAndKeepsWhatStandsInFront(
      @ForAll String typed, @ForAll List<String> turns) {
    index.add(chat("1", "c-1", MAY, turns.toArray(String[]::new)));

    for (String text : List.of(typed, String.join(" ", turns), turns + " " + typed)) {
      int from = text.lastIndexOf(' ') + 1;
      for (Suggestion suggestion : index.customer("c-1").suggest(text, 100)) {
        if (suggestion.kind() == SuggestionKind.WORD
            || suggestion.kind() == SuggestionKind.PHRASE) { // a name may begin in front
          assertThat(suggestion.text()).startsWith(text.substring(0, from));
        }
        assertThat(suggestion.interactions()).isEqualTo(1);
      }
    }
  }

  @Provide
  Arbitrary<List<List<String>>> histories() {
    Arbitrary<String> turn =
        Arbitraries.of("red", "reds", "blue", "bluer", "kettle", "kim", "key", "kettel", "nina")
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(words -> String.join(" ", words));
    return turn.list().ofMinSize(1).ofMaxSize(3).list().ofMinSize(1).ofMaxSize(120);
  }

  @Provide
  Arbitrary<String> typed() {
    return Arbitraries.of(
            "r", "re", "k", "ke", "kettl", "red ", "red k", "blue key ", "\"red r", "n")
        .injectDuplicates(0.1);
  }

  @Property(tries = 40)
  void suggest_withAndWithoutOtherCustomers_sameAnswerAndTrue(
      @ForAll("histories") List<List<String>> mine,
      @ForAll("histories") List<List<String>> others,
      @ForAll("typed") String typed,
      @ForAll boolean commits) {
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open()) {
      Crowd.fill(alone, index, mine, others, commits);

      List<Suggestion> suggestions = index.customer("c-1").suggest(typed, 40);

      assertThat(suggestions).isEqualTo(alone.customer("c-1").suggest(typed, 40));
      assertThat(new HashSet<>(texts(suggestions))).hasSameSizeAs(suggestions);
      for (Suggestion suggestion : suggestions) {
        if (suggestion.kind() == SuggestionKind.WORD) {
          String word = suggestion.text().substring(typed.lastIndexOf(' ') + 1);
          assertThat(suggestion.interactions())
              .isPositive()
              .isEqualTo(mine.stream().filter(turns -> words(turns).contains(word)).count());
        } else if (suggestion.kind() == SuggestionKind.PHRASE) {
          String[] phrase = suggestion.text().replace("\"", "").split(" ");
          String pair = phrase[phrase.length - 2] + " " + phrase[phrase.length - 1];
          assertThat(mine)
              .anyMatch(
                  turns ->
                      turns.stream().anyMatch(t -> (" " + t + " ").contains(" " + pair + " ")));
        }
      }
    }
  }

  private static Set<String> words(List<String> turns) {
    return Set.of(
        new HashSet<>(List.of(String.join(" ", turns).split(" "))).toArray(String[]::new));
  }

  @Test
  void suggest_sampleConversations_everyWordIsItsCustomersOwn() throws IOException {
    Path file = Path.of(System.getProperty("earshot.data", "absent"), "chat/conversations.jsonl");
    assumeTrue(Files.exists(file), "no sample data: set -Dearshot.data=DIR to run this test");
    List<Interaction> all = new ArrayList<>();
    Set<String> customers = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      Interaction interaction = InteractionJson.read(line).interaction();
      index.add(interaction);
      all.add(interaction);
      customers.addAll(interaction.customers());
    }

    for (String customer : customers) {
      List<String> texts =
          all.stream()
              .filter(one -> one.customers().contains(customer))
              .map(one -> String.join("\n", one.turns().stream().map(Turn::text).toList()))
              .map(text -> text.toLowerCase(Locale.ROOT))
              .toList();
      for (String typed : List.of("o", "re", "acc", "my ", "can you h")) {
        for (Suggestion suggestion : index.customer(customer).suggest(typed)) {
          if (suggestion.kind() == SuggestionKind.WORD) {
            String word = suggestion.text().substring(typed.lastIndexOf(' ') + 1);
            long holding = texts.stream().filter(text -> text.contains(word)).count();
            assertThat(suggestion.interactions()).isBetween(1L, holding);
          }
        }
      }
    }
  }
}
