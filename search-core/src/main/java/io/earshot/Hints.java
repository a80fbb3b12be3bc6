package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.FacetCounts;
import io.earshot.internal.Fields;
import io.earshot.internal.HitCollector;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Says why an answer may be empty although nothing was mistyped: what was asked for by name is not
 * there. Whatever it tells comes of the scope alone.
 *
 * <p>Looks only where something is missing, so that an answer with hits costs no more. Made for one
 * request; not thread-safe.
 */
final class Hints {
  private static final int MOST_FILTERS = 20; // each costs a search
  private static final int MOST_CHANNELS = 10;
  private static final String NO_MATCH = "matches no interaction here";

  private final ScopedSearcher searcher;
  private final Spelling.Probe probe;
  private final QueryWarnings hints = new QueryWarnings();

  /** For what that searcher searches. */
  Hints(ScopedSearcher searcher, Spelling.Probe probe) {
    this.searcher = searcher;
    this.probe = probe;
  }

  /** All that was found, in the order it was looked for. */
  List<String> list() {
    return hints.list();
  }

  /** Looks whether anything is known of a customer. */
  void customer(String id) {
    if (searcher.liveDocs() == 0) {
      hints.add("no interaction of customer \"" + QueryWarnings.printable(id) + "\" is indexed");
    }
  }

  /** Looks for what keeps a query from finding anything. */
  void nothingFound(Query query) throws IOException {
    if (searcher.liveDocs() > 0) {
      new Causes().rewritten(query);
    }
  }

  /** Goes through a query, and leaves it as it is. */
  private final class Causes extends QueryRewriter {
    private int filters;

    @Override
    Query rewritten(Query query) throws IOException {
      switch (query) {
        case Query.Not not -> {
          return not; // to exclude what is not there keeps nothing from being found
        }
        case Query.AllOf all -> alternatives(all.queries());
        case Query.SaidBy said -> speakers(said.who());
        case Query.OnChannel on -> filter(on, this::channels);
        case Query.Has has ->
            filter(
                has, () -> QueryFilters.isPart(has.what()) ? "" : ": " + QueryFilters.takes("has"));
        case Query.Directed directed -> filter(directed);
        case Query.From from -> filter(from);
        case Query.WithAgent with -> filter(with);
        case Query.Tagged tagged -> filter(tagged);
        case Query.InLanguage in -> filter(in);
        case Query.FileNamed file -> filter(file);
        case Query.Attribute attribute -> filter(attribute);
        default -> {}
      }
      return super.rewritten(query);
    }

    private void filter(Query filter) throws IOException {
      filter(filter, () -> "");
    }

    private void filter(Query filter, Detail detail) throws IOException {
      if (!isThere(filter)) {
        hints.addQuoting(filter.toString(), NO_MATCH + detail.text());
      }
    }

    private boolean isThere(Query filter) throws IOException {
      filters++;
      return filters > MOST_FILTERS || probe.finds(filter) || searcher.timedOut();
    }

    private void speakers(String anyOf) throws IOException {
      for (String who : anyOf.split("\\|", -1)) {
        boolean known =
            Arrays.stream(Role.values()).anyMatch(role -> role.name().equalsIgnoreCase(who))
                || isThere(new Query.From(who))
                || isThere(new Query.WithAgent(who));
        if (!known) {
          hints.addQuoting("said-by:" + who, "names nobody here: " + QueryFilters.takes("said-by"));
        }
      }
    }

    private String channels() throws IOException {
      List<String> channels = new ArrayList<>();
      TermsEnum all = searcher.terms(Fields.CHANNEL);
      for (BytesRef term = all.next();
          term != null && channels.size() <= MOST_CHANNELS;
          term = all.next()) {
        if (searcher.isInScope(new Term(Fields.CHANNEL, BytesRef.deepCopyOf(term)))) {
          channels.add(term.utf8ToString());
        }
      }
      boolean more = channels.size() > MOST_CHANNELS;
      return (channels.size() == 1 ? ": there is " : ": there are ")
          + String.join(", ", more ? channels.subList(0, MOST_CHANNELS) : channels)
          + (more ? " and others" : "");
    }

    private void alternatives(List<Query> all) {
      for (int i = 1; i < all.size() - 1; i++) {
        if (all.get(i) instanceof Query.Words word && word.text().equals("or")) {
          hints.addPlain("or", "OR between alternatives is upper case");
        }
      }
    }
  }

  /** What else there is to say. */
  private interface Detail {
    String text() throws IOException;
  }

  /** Looks whether what counted nothing is a facet or an attribute at all. */
  void facets(Map<String, Map<String, Long>> counts) throws IOException {
    for (Map.Entry<String, Map<String, Long>> facet : counts.entrySet()) {
      boolean empty = facet.getValue().isEmpty() && searcher.liveDocs() > 0;
      if (empty && !SearchRequest.STANDARD_FACETS.contains(facet.getKey())) {
        facet(facet.getKey());
      }
    }
  }

  /** Filters do not care how an attribute's name is capitalized, facets do. */
  private void facet(String name) throws IOException {
    HitCollector having =
        new HitCollector(
            HitCollector.Order.NEWEST,
            1,
            Optional.empty(),
            Optional.of(new FacetCounts(Set.of(name), ZoneOffset.UTC)),
            Optional.empty());
    String folded = Analysis.folded(name);
    searcher.collect(new TermQuery(new Term(Fields.HAS, Analysis.cut(folded))), having);
    if (having.facets().values().stream().anyMatch(counts -> !counts.isEmpty())) {
      return;
    }
    List<String> names = new ArrayList<>(SearchRequest.STANDARD_FACETS);
    for (Found found : having.best()) {
      names.addAll(
          HitReader.interaction(searcher.getIndexReader(), found.doc()).attributes().keySet());
    }
    if (!names.contains(name)) { // else its values are too long to count
      String other =
          names.stream()
              .filter(one -> Analysis.folded(one).equals(folded))
              .map(one -> "; there is \"" + QueryWarnings.printable(one) + "\"")
              .findFirst()
              .orElse("");
      hints.addQuoting(name, "is no facet, and nothing here has such an attribute" + other);
    }
  }
}
