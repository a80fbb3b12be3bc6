package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.RankingProfile;
import io.earshot.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ways to search that the module comes with. */
class ConfigurationTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private static SearchRequest request(Configuration configuration) throws IOException {
    return configuration.request().apply(Tiny.collection("earshot").topics().getFirst());
  }

  @Test
  void ablations_all_differFromEachOtherAndStandInTheDoc() throws IOException {
    String doc =
        Files.readString(Path.of(System.getProperty("earshot.home"), "docs", "ranking.md"));
    List<Configuration> ablations = Configuration.ablations(CLOCK);

    Set<String> ways = new HashSet<>();
    for (Configuration one : ablations) {
      SearchRequest request = request(one);
      ways.add(
          request.ranking().orElse(RankingProfile.standard())
              + " "
              + request.closeHits()
              + " "
              + request.relaxing());
      assertThat(doc).contains("| `" + one.name() + "` |");
    }
    assertThat(ways).hasSameSizeAs(ablations).doesNotContain("standard true true");
    assertThat(ablations).extracting(Configuration::name).doesNotHaveDuplicates();
  }

  @Test
  void ranked_profile_isInTheRequestAndAllElseAsEarshotComes() throws IOException {
    RankingProfile profile = RankingProfile.builder().quotes(1).build();

    SearchRequest request = request(Configuration.ranked("quoting", profile, CLOCK));

    assertThat(request.ranking()).contains(profile);
    assertThat(request.query()).isEqualTo(request(Configuration.earshot(CLOCK)).query());
    assertThat(request.limit()).isEqualTo(Configuration.DEPTH);
    assertThat(request(Configuration.earshot(CLOCK)).ranking()).isEmpty();
  }
}
