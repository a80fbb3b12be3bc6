package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryDepthTest {
  private static final Query REFUND = new Query.Words("refund");
  private static final Query KETTLE = new Query.Words("kettle");

  private static Query nested(int depth, UnaryOperator<Query> outer) {
    Query query = KETTLE;
    for (int i = 1; i < depth; i++) {
      query = outer.apply(query);
    }
    return query;
  }

  static Stream<UnaryOperator<Query>> nodes() {
    return Stream.of(
        inner -> new Query.AllOf(List.of(REFUND, inner)),
        inner -> new Query.AnyOf(List.of(inner, REFUND)),
        inner -> new Query.AnyOf(List.of(new Query.AllOf(List.of(inner)))),
        Query.Not::new,
        inner -> new Query.SaidBy("kim", inner),
        Query.SameTurn::new,
        inner -> new Query.Near(inner, REFUND, 5));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void builder_aHundredThousandDeep_isRefusedAndSaysWhatToDo(UnaryOperator<Query> outer) {
    Query deep = nested(100_000, outer);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.builder(deep))
        .withMessageContaining("deep, at most 500")
        .withMessageContaining("AllOf");
  }

  @Test
  @Timeout(20)
  void builder_manyPathsToTheSameParts_isRefusedByItsDepth() {
    Query deep = nested(501, inner -> new Query.AnyOf(List.of(inner, inner)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.builder(deep))
        .withMessageContaining("501 deep");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 400})
  @Timeout(20)
  void builder_manyPathsToTheSameParts_isRefusedByTheirNumber(int levels) {
    Query all = nested(levels, inner -> new Query.AllOf(List.of(inner, inner)));
    Query near = nested(levels, inner -> new Query.Near(inner, inner, 5));

    for (Query query : List.of(all, near)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SearchRequest.builder(query))
          .withMessage(
              "the query has more than 100,000 nodes, one that stands in it several times counted"
                  + " each time: leave some out");
    }
  }

  @Test
  @Timeout(20)
  void search_sharedParts_areAllowedUpToTheLimit() {
    Query shared = nested(8, inner -> new Query.AllOf(List.of(inner, inner)));
    List<Query> leaves = Collections.nCopies(QueryDepth.MOST_NODES - 1, KETTLE);

    assertThat(SearchRequest.builder(shared).build().tree()).hasValue(shared);
    assertThat(SearchRequest.builder(new Query.AnyOf(leaves)).build().tree()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.builder(new Query.AllOf(List.of(new Query.AnyOf(leaves)))));
  }

  @Test
  void search_asDeepAsAllowed_answers() {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      index.add(chat("1", "c", MAY, "the refund of the kettle"));
      Query all = nested(QueryDepth.MOST, inner -> new Query.AllOf(List.of(REFUND, inner)));
      Query mixed =
          nested(
              QueryDepth.MOST,
              inner ->
                  inner instanceof Query.AllOf
                      ? new Query.AnyOf(List.of(inner, REFUND))
                      : new Query.AllOf(List.of(inner, REFUND)));
      Query said = nested(QueryDepth.MOST, inner -> new Query.SaidBy("kim", inner));
      Query not = nested(QueryDepth.MOST - 1, Query.Not::new); // an even number of them
      Query turn = nested(QueryDepth.MOST, Query.SameTurn::new);

      for (Query query : List.of(all, mixed, said, not, turn)) {
        SearchResult result =
            index.customer("c").search(SearchRequest.builder(query).explaining(true).build());
        assertThat(result.query()).isEqualTo(query.toString());
        assertThat(result.understood()).isEqualTo(query);
        assertThat(result.total()).isEqualTo(1);
      }
    }
  }
}
