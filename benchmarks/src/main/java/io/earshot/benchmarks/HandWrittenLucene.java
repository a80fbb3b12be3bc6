package io.earshot.benchmarks;

import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.CustomSeparatorBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * What a careful developer writes on Lucene alone: the same index sort, the same words and stems,
 * offsets in the postings, a filter on the customer, and the UnifiedHighlighter. The baseline.
 *
 * <p>It may do less: all that is searched is one field, counting ends early (as {@link
 * IndexSearcher#search(Query, int)} does by default), the words of a query come already split, and
 * the answer is snippets alone: no id, no date, no count, no moments. A hit does not know who
 * spoke, nor when. A passage is a line, which is a turn: breaking at sentences, the highlighter's
 * default, takes longer. The highlighter's other settings are its defaults; without {@code
 * WEIGHT_MATCHES} it is about a fifth faster, and no longer marks phrases exactly as they match.
 */
final class HandWrittenLucene implements AutoCloseable {
  private static final FieldType TEXT = new FieldType();

  static {
    TEXT.setTokenized(true);
    TEXT.setStored(true);
    TEXT.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    TEXT.freeze();
  }

  private final FSDirectory directory;
  private final IndexWriter writer;
  private final Analyzer analyzer = new ExactAndStem();
  private DirectoryReader reader;
  private IndexSearcher searcher;

  HandWrittenLucene(Path path) throws IOException {
    directory = FSDirectory.open(path);
    writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(analyzer)
                .setRAMBufferSizeMB(64)
                .setIndexSort(
                    new Sort(
                        new SortField("customer", SortField.Type.STRING),
                        new SortField("startedAt", SortField.Type.LONG, true))));
    reader = DirectoryReader.open(writer);
    searcher = searcher(reader);
  }

  private static IndexSearcher searcher(DirectoryReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // never caches a term's query: only a cost
    return searcher;
  }

  private static final class ExactAndStem extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new ICUTokenizer();
      return new TokenStreamComponents(source, new StemBeside(new ICUFoldingFilter(source)));
    }
  }

  /** After each word its marked English stem, at the same position. */
  private static final class StemBeside extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment =
        addAttribute(PositionIncrementAttribute.class);
    private final EnglishStemmer stemmer = new EnglishStemmer();
    private boolean stemIsNext;

    private StemBeside(TokenStream input) {
      super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (stemIsNext) {
        stemIsNext = false;
        stemmer.setCurrent(term.buffer().clone(), term.length());
        stemmer.stem();
        term.setEmpty()
            .append("en\u001f")
            .append(new String(stemmer.getCurrentBuffer(), 0, stemmer.getCurrentBufferLength()));
        increment.setPositionIncrement(0);
        return true;
      }
      stemIsNext = input.incrementToken();
      return stemIsNext;
    }

    @Override
    public void reset() throws IOException {
      super.reset();
      stemIsNext = false;
    }
  }

  void add(Interaction interaction) throws IOException {
    Document document = new Document();
    String customer = interaction.customers().getFirst();
    document.add(new StringField("id", interaction.id(), Field.Store.YES));
    document.add(new StringField("customer", customer, Field.Store.NO));
    document.add(new SortedDocValuesField("customer", new BytesRef(customer)));
    document.add(new NumericDocValuesField("startedAt", interaction.startedAt().toEpochMilli()));
    document.add(new Field("text", text(interaction), TEXT));
    document.add(
        new StoredField(
            "json", InteractionJson.write(interaction).getBytes(StandardCharsets.UTF_8)));
    writer.updateDocument(new Term("id", interaction.id()), document);
  }

  /** All that is searched by word, a line each: subject, turns, what they quote, signatures. */
  private static String text(Interaction interaction) {
    StringBuilder text = new StringBuilder();
    interaction.subject().ifPresent(subject -> text.append(subject).append('\n'));
    for (Turn turn : interaction.turns()) {
      text.append(turn.text()).append('\n');
      turn.quotedText().ifPresent(quoted -> text.append(quoted).append('\n'));
      turn.signature().ifPresent(signature -> text.append(signature).append('\n'));
    }
    return text.toString();
  }

  void commit() throws IOException {
    writer.commit();
    reader.close();
    reader = DirectoryReader.open(writer);
    searcher = searcher(reader);
  }

  /** Number of interactions that hold all the words. */
  int count(String customer, String... words) throws IOException {
    return searcher.count(query(customer, words));
  }

  /** The snippets of the ten best hits that hold all the words. */
  String[] search(String customer, String... words) throws IOException {
    Query query = query(customer, words);
    TopDocs hits = searcher.search(query, 10);
    return highlighter().highlight("text", query, hits, 3);
  }

  private UnifiedHighlighter highlighter() {
    return UnifiedHighlighter.builder(searcher, analyzer)
        .withMaxLength(Integer.MAX_VALUE - 1)
        .withBreakIterator(() -> new CustomSeparatorBreakIterator('\n'))
        .build();
  }

  private static Query query(String customer, String... words) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    EnglishStemmer stemmer = new EnglishStemmer();
    for (String word : words) {
      stemmer.setCurrent(word);
      stemmer.stem();
      query.add(
          new SynonymQuery.Builder("text")
              .addTerm(new Term("text", word))
              .addTerm(new Term("text", "en\u001f" + stemmer.getCurrent()), 0.6f)
              .build(),
          Occur.MUST);
    }
    query.add(new TermQuery(new Term("customer", customer)), Occur.FILTER);
    return query.build();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    writer.close();
    directory.close();
  }
}
