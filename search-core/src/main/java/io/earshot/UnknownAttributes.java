package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Fields;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Tokens;
import java.io.IOException;
import org.apache.lucene.index.Term;

/** A colon stands in many a text: only what an interaction in scope has is an attribute. */
final class UnknownAttributes extends QueryRewriter {
  private final ScopedSearcher searcher;
  private final QueryWarnings warnings;

  /** Makes text of the attributes that nothing there has, each with a warning. */
  UnknownAttributes(ScopedSearcher searcher, QueryWarnings warnings) {
    this.searcher = searcher;
    this.warnings = warnings;
  }

  @Override
  Query rewritten(Query query) throws IOException {
    return switch (query) {
      case Query.Attribute attribute ->
          isKnown(attribute.name())
              ? attribute
              : text(attribute, attribute.name(), attribute.name() + ":" + attribute.value());
      case Query.AttributeRange range ->
          isKnown(range.name()) ? range : text(range, range.name(), range.toString());
      default -> super.rewritten(query);
    };
  }

  private boolean isKnown(String name) throws IOException {
    return searcher.isInScope(new Term(Fields.HAS, Analysis.cut(Analysis.folded(name))));
  }

  private Query text(Query typed, String name, String text) {
    String value = typed.toString().substring(name.length());
    String meant =
        QueryFilters.closest(name).map(known -> "; did you mean " + known + value + "?").orElse("");
    warnings.addLimited(
        "nothing here has an attribute \"%s\"; %s was searched as text%s"
            .formatted(
                QueryWarnings.printable(name),
                QueryWarnings.printable(typed.toString()),
                QueryWarnings.printable(meant)));
    Tokens tokens = Analysis.tokens(text, "");
    if (tokens.size() <= QueryWords.MAX_PHRASE) {
      return QueryWords.inQuotes(text);
    }
    warnings.add(QueryWords.LONG_PHRASE);
    return new Query.Phrase(QueryWords.cutPhrase(text, tokens));
  }
}
