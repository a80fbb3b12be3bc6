package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;

/**
 * Turns a query's tree into a Lucene query over the searched fields.
 *
 * <p>A word counts where it counts most: in each field, exact form and stem are one term, and of
 * the fields the best is taken.
 */
public final class QueryCompiler {
  private static final float STEM_WEIGHT = 0.6f;
  private static final float OTHER_FIELDS = 0.1f;

  private final ScopedSearcher searcher;
  private final String language;

  /** Compiles queries in that language, a BCP 47 tag, for that searcher. */
  public QueryCompiler(ScopedSearcher searcher, String language) {
    this.searcher = searcher;
    this.language = language;
  }

  /** The Lucene query for a clause. */
  public Query compile(Clause clause) throws IOException {
    return switch (clause) {
      case Clause.Words words -> sideBySide(words.text());
      case Clause.Phrase phrase -> sideBySide(phrase.text());
      case Clause.Not not -> all(List.of(not));
      case Clause.AnyOf any -> any(any.clauses());
      case Clause.AllOf all -> all(all.clauses());
    };
  }

  private Query any(List<Clause> clauses) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (Clause clause : clauses) {
      any.add(compile(clause), Occur.SHOULD);
    }
    return any.build();
  }

  private Query all(List<Clause> clauses) throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean onlyExclusions = true;
    for (Clause clause : clauses) {
      if (clause instanceof Clause.Not not) {
        all.add(compile(not.clause()), Occur.MUST_NOT);
      } else {
        all.add(compile(clause), Occur.MUST);
        onlyExclusions = false;
      }
    }
    if (onlyExclusions) {
      all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return all.build();
  }

  private Query sideBySide(String text) throws IOException {
    Tokens tokens = Analysis.tokens(text, language);
    if (tokens.size() == 0) {
      return new MatchNoDocsQuery("no words in it");
    }
    List<Query> fields = new ArrayList<>();
    for (Fields.Searched field : Fields.searched()) {
      Query query = tokens.size() == 1 ? word(field, tokens) : phrase(field, tokens);
      fields.add(field.weight() == 1 ? query : new BoostQuery(query, field.weight()));
    }
    return new DisjunctionMaxQuery(fields, OTHER_FIELDS);
  }

  private static Query word(Fields.Searched field, Tokens tokens) {
    Term exact = new Term(field.name(), tokens.exact(0));
    if (!tokens.hasStem(0)) {
      return new TermQuery(exact);
    }
    return new SynonymQuery.Builder(field.name())
        .addTerm(exact)
        .addTerm(new Term(field.name(), tokens.stem(0)), STEM_WEIGHT)
        .build();
  }

  /** Of each position only the forms that the scope holds: others must not weigh in its score. */
  private Query phrase(Fields.Searched field, Tokens tokens) throws IOException {
    MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
    for (int i = 0; i < tokens.size(); i++) {
      List<Term> forms = new ArrayList<>();
      forms.add(new Term(field.name(), tokens.exact(i)));
      if (tokens.hasStem(i)) {
        forms.add(new Term(field.name(), tokens.stem(i)));
      }
      List<Term> inScope = new ArrayList<>();
      for (Term form : forms) {
        if (searcher.isInScope(form)) {
          inScope.add(form);
        }
      }
      if (inScope.isEmpty()) {
        return new MatchNoDocsQuery("a word of the phrase is not there");
      }
      phrase.add(inScope.toArray(Term[]::new));
    }
    return phrase.build();
  }
}
