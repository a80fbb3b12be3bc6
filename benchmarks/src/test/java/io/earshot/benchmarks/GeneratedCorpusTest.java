package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedCorpusTest {
  private static List<Interaction> corpus(int size) {
    List<Interaction> corpus = new ArrayList<>();
    new GeneratedCorpus(size).forEach(corpus::add);
    return corpus;
  }

  @Test
  void knownCustomers_hundredThousand_haveTheirSizes() {
    Map<String, Integer> sizes = new HashMap<>();
    Set<String> ids = new HashSet<>();

    new GeneratedCorpus(100_000)
        .forEach(
            interaction -> {
              sizes.merge(interaction.customers().getFirst(), 1, Integer::sum);
              ids.add(interaction.id());
            });

    assertThat(sizes)
        .containsEntry("c-small", 10)
        .containsEntry("c-medium", 1_000)
        .containsEntry("c-large", 50_000)
        .hasSizeGreaterThan(7_000);
    assertThat(ids).hasSize(100_000);
  }

  @Test
  void forEach_twice_sameInteractions() {
    assertThat(corpus(500)).isEqualTo(corpus(500));
  }

  @Test
  void knownCustomer_corporaOfTwoSizes_sameHistory() {
    List<Interaction> small = corpus(200);
    List<Interaction> large = corpus(2_000);

    small.removeIf(interaction -> !interaction.customers().contains("c-small"));
    large.removeIf(interaction -> !interaction.customers().contains("c-small"));

    assertThat(small).hasSize(10).isEqualTo(large);
  }

  @Test
  void customerOf_corpusTooSmall_saysSo() {
    assertThatThrownBy(() -> new GeneratedCorpus(5_000).customerOf(50_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no customer has 50,000");
  }

  @Test
  void interactions_thousands_lookLikeReal() {
    List<Interaction> corpus = corpus(3_000);

    assertThat(share(corpus, i -> i.channel().equals(Channel.CALL))).isBetween(0.17, 0.23);
    assertThat(share(corpus, i -> i.subject().isPresent())).isBetween(0.4, 0.6);
    assertThat(share(corpus, i -> i.turns().getFirst().quotedText().isPresent()))
        .isBetween(0.03, 0.15);
    assertThat(share(corpus, i -> i.turns().stream().anyMatch(GeneratedCorpusTest::namesOrder)))
        .isBetween(0.3, 0.7);
    assertThat(corpus)
        .allMatch(i -> i.startedAt().isAfter(GeneratedCorpus.FIRST))
        .allMatch(i -> i.startedAt().isBefore(GeneratedCorpus.END))
        .allMatch(i -> i.participants().stream().allMatch(who -> who.address().isPresent()))
        .filteredOn(i -> i.channel().equals(Channel.CALL))
        .flatExtracting(Interaction::turns)
        .allMatch(turn -> !turn.words().isEmpty());
  }

  private static boolean namesOrder(Turn turn) {
    return turn.text().matches("(?s).*[A-Z]{2}\\d{7}.*");
  }

  private static double share(
      List<Interaction> corpus, java.util.function.Predicate<Interaction> which) {
    return corpus.stream().filter(which).count() / (double) corpus.size();
  }
}
