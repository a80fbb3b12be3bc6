package io.earshot;

import static io.earshot.Samples.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GroupingPropertiesTest {
  private static final Clock NOW = Clock.fixed(MAY, ZoneOffset.UTC);

  /** An interaction without a name and a customer. */
  record Draft(int hours, int thread, List<String> words, boolean chat) {
    Interaction of(String id, String customer) {
      Interaction.Builder interaction =
          Samples.chat(
              id, customer, MAY.plus(Duration.ofHours(hours)), String.join(" ", words), "kettle")
              .toBuilder();
      if (thread > 0) {
        interaction.thread("t" + thread);
      }
      return chat
          ? interaction.build()
          : Samples.mail(
                  id,
                  customer,
                  MAY.plus(Duration.ofHours(hours)),
                  words.getFirst(),
                  Turn.of("kim@example.com", String.join(" ", words) + " kettle"))
              .toBuilder()
              .thread(thread > 0 ? "t" + thread : id)
              .build();
    }
  }

  @Provide
  Arbitrary<List<Draft>> histories() {
    Arbitrary<List<String>> words =
        Arbitraries.of(
                "kettle leaks gasket spout toaster burns slices parcel depot courier ORD-1001 ORD-1002"
                    .split(" "))
            .list()
            .ofMinSize(1)
            .ofMaxSize(8);
    return Combinators.combine(
            Arbitraries.integers().between(0, 24 * 40),
            Arbitraries.integers().between(0, 4),
            words,
            Arbitraries.of(true, false))
        .as(Draft::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  private static SearchRequest request(String query, Grouping grouping, SortOrder sort) {
    return SearchRequest.builder(query)
        .grouping(grouping)
        .sort(sort)
        .clock(NOW)
        .facets(true)
        .limit(100)
        .build();
  }

  private static String shown(SearchResult result) {
    StringBuilder shown = new StringBuilder(result.total() + " " + result.facets());
    for (Hit hit : result.hits()) {
      shown.append('\n').append(hit.id()).append(' ').append(hit.score());
      shown.append(' ').append(hit.group()).append(' ').append(hit.passages());
    }
    return shown.toString();
  }

  @Property(tries = 60)
  void everything_withAndWithoutOtherCustomers_sameAnswer(
      @ForAll("histories") List<Draft> mine,
      @ForAll("histories") List<Draft> others,
      @ForAll Grouping grouping,
      @ForAll SortOrder sort) {
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open();
        InteractionIndex crowded = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < mine.size(); i++) {
        alone.add(mine.get(i).of("m" + i, "c-1"));
      }
      for (int i = mine.size() - 1; i >= 0; i--) { // another order, and several segments
        crowded.add(mine.get(i).of("m" + i, "c-1"));
        crowded.add(others.get(i % others.size()).of("o" + i, "c-2"));
        crowded.add(others.get(i % others.size()).of("p" + i, "c-0"));
        if (i % 4 == 0) {
          crowded.commit();
        }
      }
      crowded.add(mine.getFirst().of("m0", "c-1")); // so that a deleted one lies about
      CustomerHistory one = alone.customer("c-1");
      CustomerHistory other = crowded.customer("c-1");
      Interaction asked = others.getFirst().of("asked", "c-3");

      for (String query : List.of("kettle", "leaks", "")) {
        SearchRequest request = request(query, grouping, sort);
        assertThat(shown(other.search(request))).isEqualTo(shown(one.search(request)));
        assertThat(shown(other.moreLikeThis(asked, request)))
            .isEqualTo(shown(one.moreLikeThis(asked, request)));
      }
      assertThat(other.summary(NOW)).isEqualTo(one.summary(NOW));
    }
  }

  @Property(tries = 60)
  void search_grouped_pagesTogetherAreAllGroupsOnceInOrder(
      @ForAll("histories") List<Draft> mine, @ForAll Grouping grouping, @ForAll SortOrder sort) {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < mine.size(); i++) {
        index.add(mine.get(i).of("m" + i, "c-1"));
      }
      SearchRequest all = request("kettle", grouping, sort);
      SearchRequest few = all.toBuilder().limit(2).build();
      List<String> expected =
          index.customer("c-1").search(all).hits().stream()
              .map(GroupingPropertiesTest::shown)
              .toList();
      List<String> seen = new ArrayList<>();

      SearchResult page = index.customer("c-1").search(few);
      page.hits().forEach(hit -> seen.add(shown(hit)));
      while (page.nextCursor().isPresent()) {
        String cursor = page.nextCursor().get();
        page = index.customer("c-1").search(few.toBuilder().cursor(cursor).build());
        page.hits().forEach(hit -> seen.add(shown(hit)));
        assertThat(page.total()).isEqualTo(mine.size());
      }

      assertThat(seen).isEqualTo(expected);
      if (grouping != Grouping.NONE) {
        Set<String> members = new HashSet<>();
        long matched = 0;
        for (Hit hit : index.customer("c-1").search(all).hits()) {
          HitGroup group = hit.group().orElseThrow();
          matched += group.matched();
          group.timeline().forEach(entry -> assertThat(members.add(entry.id())).isTrue());
        }
        assertThat(matched).isEqualTo(mine.size());
      }
    }
  }

  private static String shown(Hit hit) {
    return hit.id() + " " + hit.score() + " " + hit.group();
  }

  @Property(tries = 60)
  void search_changesBetweenPages_unchangedGroupsAreNeitherLostNorRepeated(
      @ForAll("histories") List<Draft> mine,
      @ForAll("histories") List<Draft> added,
      @ForAll SortOrder sort) {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < mine.size(); i++) {
        index.add(mine.get(i).of("m" + i, "c-1"));
      }
      SearchRequest all = request("kettle OR leaks", Grouping.THREAD, sort);
      SearchRequest few = all.toBuilder().limit(1).build();
      List<String> before = threads(index.customer("c-1").search(all));
      Set<String> changed = new HashSet<>();
      List<String> seen = new ArrayList<>();

      SearchResult page = index.customer("c-1").search(few);
      seen.addAll(threads(page));
      for (int i = 0; page.nextCursor().isPresent(); i++) {
        Draft draft = added.get(i % added.size());
        Interaction another =
            new Draft(draft.hours, draft.thread == 1 ? 1 : 9, draft.words, draft.chat)
                .of("new" + i, "c-1");
        index.add(another);
        changed.add(another.thread().orElse(""));
        index.commit();
        if (i % 3 == 1) {
          Interaction gone = mine.get(i % mine.size()).of("m" + i % mine.size(), "c-1");
          changed.add(gone.thread().orElse(gone.id()));
          index.remove(gone.id());
        }
        String cursor = page.nextCursor().get();
        page = index.customer("c-1").search(few.toBuilder().cursor(cursor).build());
        seen.addAll(threads(page));
      }

      before.removeAll(changed);
      seen.removeAll(changed);
      assertThat(seen).isEqualTo(before);
    }
  }

  private static List<String> threads(SearchResult result) {
    List<String> threads = new ArrayList<>();
    for (Hit hit : result.hits()) {
      threads.add(hit.thread().orElse(hit.id()));
    }
    return threads;
  }

  @Property(tries = 40)
  void search_episodesAndChangesThatShareNothing_areNeitherLostNorRepeated(
      @ForAll("histories") List<Draft> mine, @ForAll SortOrder sort) {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < mine.size(); i++) {
        index.add(mine.get(i).of("m" + i, "c-1"));
      }
      SearchRequest all = request("kettle", Grouping.EPISODE, sort);
      SearchRequest few = all.toBuilder().limit(1).build();
      List<String> before = Samples.ids(index.customer("c-1").search(all));
      List<String> seen = new ArrayList<>();

      SearchResult page = index.customer("c-1").search(few);
      seen.addAll(Samples.ids(page));
      for (int i = 0; page.nextCursor().isPresent(); i++) {
        index.add(
            Samples.chat("new" + i, "c-1", MAY.plusSeconds(i), "unheard" + i + "x of" + i + "y"));
        if (i % 2 == 1) {
          index.remove("new" + (i - 1));
        }
        index.commit();
        String cursor = page.nextCursor().get();
        page = index.customer("c-1").search(few.toBuilder().cursor(cursor).build());
        seen.addAll(Samples.ids(page));
      }

      assertThat(seen).isEqualTo(before);
    }
  }
}
