package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoreLikeThisTest {
  private static final Interaction LEAK =
      chat("leak", "c-1", MAY, "hello my kettle leaks at the base", "we send you a spare gasket");

  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
    index.add(LEAK);
    index.add(
        chat(
            "copy",
            "c-1",
            MAY.plusSeconds(1),
            "Hello, my kettle leaks at the base.",
            "We send you a spare gasket"));
    index.add(
        chat("again", "c-1", MAY.plusSeconds(2), "the kettle leaks again", "a new gasket comes"));
    index.add(chat("spout", "c-1", MAY.plusSeconds(3), "kettle leaks from its spout"));
    index.add(chat("bill", "c-1", MAY.plusSeconds(4), "hello my invoice is too high"));
    index.add(chat("theirs", "c-2", MAY, "my kettle leaks at the base", "replace the gasket"));
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void moreLikeThis_indexed_findsTheLikeButNeitherItselfNorCopies() {
    SearchResult result = index.customer("c-1").moreLikeThis(LEAK);

    assertThat(ids(result)).containsExactly("again", "spout");
    assertThat(result.total()).isEqualTo(2);
    assertThat(result.relaxed()).isFalse();
    assertThat(result.hits().getFirst().score()).isPositive();
    assertThat(marked(result.hits().getFirst().passages().getFirst()))
        .containsExactly("kettle", "leaks");
  }

  @Test
  void moreLikeThis_notIndexed_works() {
    Interaction asked = chat("new", "c-9", MAY, "Leaking kettles, is that the gasket?");

    assertThat(ids(index.customer("c-1").moreLikeThis(asked)))
        .containsExactlyInAnyOrder("leak", "copy", "again", "spout");
  }

  @Test
  void moreLikeThis_everyone_findsHowItWasSolvedBefore() {
    assertThat(ids(index.everyone().moreLikeThis(LEAK)))
        .containsExactlyInAnyOrder("theirs", "again", "spout");
  }

  @Test
  void moreLikeThis_requestWithAQuery_narrowsAndIsMarkedToo() {
    SearchRequest request = SearchRequest.of("spout channel:chat");

    SearchResult result = index.customer("c-1").moreLikeThis(LEAK, request);

    assertThat(ids(result)).containsExactly("spout");
    assertThat(marked(result.hits().getFirst().passages().getFirst()))
        .containsExactly("kettle", "leaks", "spout");
    assertThat(ids(index.customer("c-1").moreLikeThis(LEAK, SearchRequest.of("channel:email"))))
        .isEmpty();
  }

  @Test
  void moreLikeThis_sharedIdentifier_isEnough() {
    index.add(chat("a", "c-1", MAY, "ORD-4512 was lovely"));
    Interaction asked = chat("new", "c-1", MAY, "where is ORD-4512");

    SearchResult result =
        index
            .customer("c-1")
            .moreLikeThis(asked, SearchRequest.builder("").explaining(true).build());

    assertThat(ids(result)).containsExactly("a");
    Hit hit = result.hits().getFirst();
    assertThat(marked(hit.passages().getFirst())).containsExactly("ORD-4512");
    assertThat(hit.explanation()).filteredOn(line -> line.startsWith("ORD-4512: ")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ring me on +44 20 7946 0958  | where is +442079460958 | 44 20 7946 0958
          ring me on +442079460958     | is it +44-20-7946-0958 | 442079460958
          ring me on (555) 123-4567.   | is it 555.123.4567     | 555) 123-4567
          ring me on 555.123.4567      | is it (555) 123 4567   | 555.123.4567
          for ord 2026 4512 I wait     | where is ORD-2026-4512 | ord 2026 4512
          for ORD-2026-4512 I wait     | where is ord 2026 4512 | 4512
          for ord/2026/4512 I wait     | where is ORD-2026-4512 | ord/2026/4512
          """)
  void moreLikeThis_identifierWrittenOtherwise_isMarkedAsItStands(
      String text, String asked, String marked) {
    index.add(chat("a", "c-9", MAY, "hello", text));
    index.add(chat("b", "c-9", MAY, "hello", "no, " + asked));

    SearchResult result = index.customer("c-9").moreLikeThis(chat("new", "c-9", MAY, asked));

    Hit hit = result.hits().stream().filter(one -> one.id().equals("a")).findFirst().orElseThrow();
    assertThat(hit.passages().getFirst().text()).isEqualTo(text);
    assertThat(marked(hit.passages().getFirst())).contains(marked);
  }

  @Test
  void moreLikeThis_identifierWhoseWordsCannotBeMarked_showsTheOpening() {
    index.add(
        chat("a", "c-9", MAY, "hello", "\u8ba21DD8, is it")); // parted otherwise by its script

    SearchResult result =
        index.customer("c-9").moreLikeThis(chat("new", "c-9", MAY, "where would 1DD8 be"));

    assertThat(ids(result)).containsExactly("a");
    Passage opening = result.hits().getFirst().passages().getFirst();
    assertThat(opening.text()).isEqualTo("hello");
    assertThat(opening.highlights()).isEmpty();
  }

  @Test
  void moreLikeThis_nothingTelling_nothing() {
    Interaction asked = chat("new", "c-1", MAY, "hello, thank you, goodbye");

    SearchResult result = index.customer("c-1").moreLikeThis(asked);

    assertThat(result.hits()).isEmpty();
    assertThat(result.didYouMean()).isEmpty();
    assertThat(index.customer("nobody").moreLikeThis(LEAK).hits()).isEmpty();
  }

  @Test
  void moreLikeThis_pagesFacetsAndGroups_work() {
    SearchRequest one = SearchRequest.builder("").limit(1).facets(true).build();
    List<String> seen = new ArrayList<>();

    SearchResult first = index.customer("c-1").moreLikeThis(LEAK, one);
    seen.addAll(ids(first));
    index.add(chat("new", "c-1", MAY, "my kettle leaks and hums", "the gasket at the base"));
    index.remove("leak"); // what is asked about need not stay
    SearchRequest next = one.toBuilder().cursor(first.nextCursor().orElseThrow()).build();
    seen.addAll(ids(index.customer("c-1").moreLikeThis(LEAK, next)));

    assertThat(seen).containsExactly("again", "spout");
    assertThat(first.facets().get("channel")).containsEntry("chat", 2L);
    Interaction other = LEAK.toBuilder().subject("Other").build();
    assertThatThrownBy(() -> index.customer("c-1").moreLikeThis(other, next))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-112");
    assertThatThrownBy(() -> index.customer("c-1").search(next))
        .isInstanceOf(EarshotException.class);
    assertThat(
            index
                .customer("c-1")
                .moreLikeThis(LEAK, SearchRequest.builder("").grouping(Grouping.EPISODE).build())
                .hits()
                .getFirst()
                .group())
        .isPresent();
  }

  @Test
  void moreLikeThis_withAndWithoutOtherCustomers_sameScores() {
    List<Double> alone =
        index.customer("c-1").moreLikeThis(LEAK).hits().stream().map(Hit::score).toList();

    for (int i = 0; i < 30; i++) {
      index.add(chat("x" + i, "c-2", MAY, "kettle leaks", "gasket"));
    }

    assertThat(index.customer("c-1").moreLikeThis(LEAK).hits().stream().map(Hit::score))
        .isEqualTo(alone);
  }
}
