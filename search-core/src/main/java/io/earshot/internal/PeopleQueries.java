package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Finds people and files by words of their names that stand side by side. */
public final class PeopleQueries {
  private final ScopedSearcher searcher;

  /** For names in that scope. */
  public PeopleQueries(ScopedSearcher searcher) {
    this.searcher = searcher;
  }

  /**
   * What is named so.
   *
   * @param name words; of the last only the beginning if an asterisk follows
   */
  public Query named(String field, String name) throws IOException {
    Optional<String> telephone = Identifiers.telephoneDigits(name);
    if (telephone.isEmpty()) {
      return sideBySide(field, name);
    }
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term(field, telephone.get())), Occur.SHOULD)
        .add(sideBySide(field, name), Occur.SHOULD)
        .build();
  }

  private Query sideBySide(String field, String name) throws IOException {
    List<String> words = Analysis.words(name);
    if (words.isEmpty()) {
      return new MatchNoDocsQuery("no words in it");
    }
    MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
    for (String word : words.subList(0, words.size() - 1)) {
      phrase.add(new Term(field, word));
    }
    if (name.endsWith("*")) {
      List<Term> begun = thatBegin(field, words.getLast());
      if (begun.isEmpty()) {
        return new MatchNoDocsQuery("no name begins so");
      }
      phrase.add(begun.toArray(Term[]::new));
    } else {
      phrase.add(new Term(field, words.getLast()));
    }
    return phrase.build();
  }

  private List<Term> thatBegin(String field, String prefix) throws IOException {
    List<Term> terms = new ArrayList<>();
    TermsEnum all = searcher.terms(field);
    BytesRef begin = new BytesRef(prefix);
    if (all.seekCeil(begin) == TermsEnum.SeekStatus.END) {
      return terms;
    }
    for (BytesRef term = all.term();
        term != null && StringHelper.startsWith(term, begin);
        term = all.next()) {
      Term found = new Term(field, BytesRef.deepCopyOf(term));
      if (searcher.isInScope(found)) {
        terms.add(found);
      }
    }
    return terms;
  }
}
