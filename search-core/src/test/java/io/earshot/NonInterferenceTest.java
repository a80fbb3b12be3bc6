package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * With everybody else's interactions removed, each answer to a customer's history is the same to
 * the byte: what others wrote is neither shown nor to be told from what is shown, from its order,
 * its scores or their reasons.
 */
class NonInterferenceTest {
  private static final Clock CLOCK = Clock.fixed(MAY.plus(Duration.ofDays(40)), ZoneOffset.UTC);

  private static final List<String> ENGLISH =
      List.of(
          ("please sorry because refund refunds refunded order ordered orders kettle kettles kettel lamp broken"
                  + " invoice wegen die numero ORD-2026-4512 ORD-2026-4513 +44_7700_900112 07700_900113"
                  + " 0x80070057 E-1042 kim.doe@example.com https://shop.example/orders/4512 4512 2026 GB29_NWBK_6016_1331")
              .split(" "));

  private static final List<String> GERMAN =
      List.of(
          "bitte wegen die Bestellung Bestellungen Rechnungen Wasserkocher kaputt refund kettle ORD-2026-4512 4512"
              .split(" "));

  private static final List<String> FRENCH =
      List.of(
          "merci les commandes commande remboursement bouilloire refund numero E-1042".split(" "));

  private static final List<String> TYPED =
      List.of(
          "refund",
          "please refund",
          "sorry kettle order",
          "refund kettle giraffe",
          "\"refund order\"",
          "\"kettles refunded\" OR lamp",
          "kettel",
          "kettlee lamp",
          "refnud",
          "bestelung wasserkocher",
          "kettel~2 refund",
          "ref* kettle",
          "die wegen",
          "wegen refund",
          "numero lamp",
          "4512",
          "ord 2026 4512",
          "ORD20264512",
          "2026-4512 kettle",
          "900112",
          "07700 900112",
          "+44 7700 900113 refund",
          "e1042 broken",
          "0x80070057",
          "kim.doe",
          "shop.example 4512",
          "1331 refund",
          "-kettle",
          "refund -ORD-2026-4512",
          "refund NEAR/3 kettle",
          "refund NEAR/9 ORD20264512",
          "turn:(refund lamp)",
          "said-by:customer refund lamp",
          "channel:chat order",
          "lang:de refund",
          "has:orderStatus refund",
          "channel:phone refund",
          "from:kim refund",
          "subject:order kettle",
          "");

  @Provide
  Arbitrary<RandomHistory> histories() {
    return RandomHistory.any();
  }

  @Provide
  Arbitrary<List<Query>> queries() {
    return RandomQuery.any(2).list().ofSize(4);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(
      tries = 50,
      generation = GenerationMode.RANDOMIZED,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void answers_withAndWithoutOtherCustomers_sameToTheByte(
      @ForAll("histories") RandomHistory history,
      @ForAll("histories") RandomHistory others,
      @ForAll("queries") List<Query> queries,
      @ForAll("seeds") long seed) {
    Random random = new Random(seed);
    List<Interaction> mine = new ArrayList<>(history.interactions());
    mine.addAll(written("mine", "c-1", random));
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open();
        InteractionIndex crowded = InteractionIndex.builder().inMemory().open()) {
      mine.forEach(one -> alone.add(ofCustomer("c-1", one)));
      crowd(crowded, mine, others.interactions(), random);
      List<SearchRequest> requests = new ArrayList<>();
      queries.forEach(query -> requests.add(request(SearchRequest.builder(query), random)));
      for (int i = 0; i < 8; i++) {
        String typed = any(TYPED, random);
        requests.add(request(SearchRequest.builder(typed), random));
      }
      Interaction like = any(mine, random);

      for (SearchRequest request : requests) {
        String of = request.query() + " " + request.sort() + " " + request.grouping();
        assertThat(search(crowded, request)).as(of).isEqualTo(search(alone, request));
        assertThat(history(crowded, request)).as(of).isEqualTo(history(alone, request));
        assertThat(like(crowded, like, request)).as(of).isEqualTo(like(alone, like, request));
      }
      assertThat(rest(crowded)).isEqualTo(rest(alone));
    }
  }

  // ---- Histories.

  private static Interaction ofCustomer(String customer, Interaction interaction) {
    return interaction.toBuilder().customers(List.of(customer)).build();
  }

  /** Mine among others', in any order, with all that may have been there before. */
  private static void crowd(
      InteractionIndex index, List<Interaction> mine, List<Interaction> others, Random random) {
    List<Runnable> changes = new ArrayList<>();
    for (Interaction one : mine) {
      List<Interaction> versions = new ArrayList<>();
      if (random.nextInt(3) == 0) { // was somebody else's
        versions.add(ofCustomer("c-2", one));
      }
      if (random.nextInt(3) == 0) { // was about something else, in another language
        versions.add(text(one.id(), "c-1", random.nextInt(3), random));
      }
      versions.add(one);
      changes.add(
          () -> {
            for (Interaction version : versions) {
              index.add(version);
              if (random.nextInt(4) == 0) {
                index.commit();
              }
            }
          });
    }
    List<Interaction> theirs = new ArrayList<>(written("theirs", "c-0", random));
    theirs.addAll(written("more", "c-10", random));
    for (Interaction other : others) {
      String json = InteractionJson.write(ofCustomer("c-2", other));
      String renamed = json.replace("\"id\":\"" + other.id(), "\"id\":\"other-" + other.id());
      theirs.add(InteractionJson.read(renamed).interaction());
    }
    for (Interaction other : theirs) {
      changes.add(
          () -> {
            index.add(other);
            if (random.nextInt(4) == 0) {
              index.remove(other.id());
            }
            if (random.nextInt(6) == 0) {
              index.add(other);
              index.commit();
            }
          });
    }
    for (int i = 0; i < 3; i++) {
      Interaction was = text("was" + i, "c-1", random.nextInt(3), random);
      index.add(was);
      changes.add(() -> index.remove(was.id()));
    }
    changes.add(() -> index.customer("c-1").suggest("k")); // so that something is kept too early
    changes.add(() -> index.customer("c-1").search("kettle refund"));
    Collections.shuffle(changes, random);
    changes.forEach(Runnable::run);
  }

  private static List<Interaction> written(String name, String customer, Random random) {
    int languages = 1 + random.nextInt(3);
    List<Interaction> written = new ArrayList<>();
    for (int i = random.nextInt(9); i >= 0; i--) {
      written.add(text(name + i, customer, random.nextInt(languages), random));
    }
    return written;
  }

  private static Interaction text(String id, String customer, int language, Random random) {
    List<String> words = List.of(ENGLISH, GERMAN, FRENCH).get(language);
    String tag = List.of("en", "de", "fr").get(language);
    var startedAt = MAY.plus(Duration.ofHours(random.nextInt(200)));
    Interaction written =
        random.nextBoolean()
            ? chat(id, customer, startedAt, line(words, random), line(words, random))
            : mail(
                id,
                customer,
                startedAt,
                line(words, random),
                Turn.builder("kim@example.com")
                    .text(line(words, random))
                    .quotedText(line(words, random))
                    .build());
    return written.toBuilder().language(tag).build();
  }

  private static String line(List<String> words, Random random) {
    List<String> line = new ArrayList<>();
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      line.add(any(words, random).replace('_', ' '));
    }
    return String.join(" ", line) + ".";
  }

  // ---- Requests.

  private static SearchRequest request(SearchRequest.Builder builder, Random random) {
    builder
        .clock(CLOCK)
        .limit(any(List.of(1, 2, 3, 5, 20), random))
        .passages(1 + random.nextInt(3))
        .sort(random.nextBoolean() ? SortOrder.RELEVANCE : any(List.of(SortOrder.values()), random))
        .grouping(random.nextBoolean() ? Grouping.NONE : any(List.of(Grouping.values()), random))
        .facets(random.nextBoolean())
        .relaxing(random.nextInt(4) > 0)
        .closeHits(random.nextInt(4) > 0)
        .explaining(random.nextBoolean());
    if (random.nextBoolean()) {
      builder.ranking(profile(random));
    }
    return builder.build();
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static RankingProfile profile(Random random) {
    return RankingProfile.builder()
        .rarity(any(List.of(RankingProfile.Rarity.values()), random))
        .recency(random.nextInt(2), Duration.ofDays(1 + random.nextInt(100)))
        .channel(Channel.EMAIL, random.nextInt(3))
        .passage(random.nextInt(3))
        .phrase(random.nextInt(3))
        .build();
  }

  // ---- Answers, with all that is in them but the time they took.

  private static String search(InteractionIndex index, SearchRequest request) {
    return pages(request, page -> index.customer("c-1").search(page));
  }

  private static String like(InteractionIndex index, Interaction like, SearchRequest request) {
    return pages(request, page -> index.customer("c-1").moreLikeThis(like, page));
  }

  private interface Asked {
    SearchResult ask(SearchRequest request);
  }

  private static String pages(SearchRequest request, Asked asked) {
    StringBuilder answer = new StringBuilder();
    SearchResult page = asked.ask(request);
    add(page, answer);
    for (int i = 0; page.nextCursor().isPresent() && i < 30; i++) {
      page = asked.ask(request.toBuilder().cursor(page.nextCursor().get()).build());
      add(page, answer);
    }
    return answer.toString();
  }

  private static void add(SearchResult page, StringBuilder answer) {
    answer.append(page.query()).append(page.customer()).append(page.understood());
    answer.append("\ntotal ").append(page.total()).append(page.totalIsExact());
    answer.append(" relaxed ").append(page.relaxed()).append(page.didYouMean());
    answer.append(page.facets()).append(page.coverage()).append(page.warnings());
    answer.append(page.timedOut()).append(page.nextCursor().isPresent());
    page.hits().forEach(hit -> add(hit, answer.append("\nhit ")));
    page.closeHits().forEach(hit -> add(hit, answer.append("\nclose ")));
    answer.append("\n");
  }

  private static void add(Hit hit, StringBuilder answer) {
    answer.append(hit.id()).append(' ').append(Double.toHexString(hit.score()));
    answer.append(hit.customer()).append(hit.channel()).append(hit.direction());
    answer.append(hit.startedAt()).append(hit.subject()).append(hit.thread()).append(hit.lacks());
    answer.append(hit.matchedBy()).append(hit.group()).append(hit.explanation());
    answer.append(hit.passages());
  }

  private static String history(InteractionIndex index, SearchRequest request) {
    HistoryPage page =
        index
            .customer("c-1")
            .history(request.toBuilder().sort(SortOrder.NEWEST).grouping(Grouping.NONE).build());
    StringBuilder answer = new StringBuilder();
    page.interactions().forEach(one -> answer.append(InteractionJson.write(one)));
    return answer.append(page.total()).append(page.warnings()).toString();
  }

  private static String rest(InteractionIndex index) {
    CustomerHistory history = index.customer("c-1");
    StringBuilder answer = new StringBuilder();
    for (String begun :
        List.of("k", "ref", "o", "please r", "45", "ORD", "077", "\"refund o", "best", "from:k")) {
      answer.append(begun).append(history.suggest(begun)).append("\n");
    }
    return answer.append(history.summary(CLOCK)).toString();
  }
}
